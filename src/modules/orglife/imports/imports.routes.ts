import { createHash } from 'node:crypto'
import { allowsAll, rehearse } from '../../../kernel/actions/action.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { readUpload } from '../../../kernel/files/uploaded-sheet.ts'
import type { WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { importActionsOf, type SheetRecords } from './imports.actions.ts'
import type { ImportFault } from './imports.contract.ts'
import { importsOf, refuseKnownSheet } from './imports.queries.ts'
import { missingColumns, rowsIn } from './sheet.rules.ts'

/** The organization, where the reader may import for it. */
async function organizationAsked(read: Read, actor: Actor, asked: { permission: string; id: string }) {
  const [organization] = await chosenOrganizations(read, [asked.id])
  const { permission } = asked
  if (!organization || !(await allowsAll(read, actor, { permission, organizations: [organization.no] })))
    throw new Problem('kernel.not_found')
  return organization
}

async function templateOf<Entered>(kind: SheetRecords<Entered>, read: Read) {
  const choices = await kind.choices(read)
  return {
    name: `补录旧${kind.sheet.noun}模板.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    stream: writeWorkbook({
      sheets: [
        {
          name: `旧${kind.sheet.noun}`,
          columns: kind.columns.map(({ title, width }) => ({ title, width: width ?? 16 })),
          rows: [kind.columns.map(({ example }) => example)],
          choices: new Map(
            kind.columns.flatMap(({ title }, at) =>
              choices[title] ? [[at, choices[title]] as [number, readonly string[]]] : [],
            ),
          ),
        },
      ],
    }),
  }
}

/** The same cells are the same sheet, whatever the file's name and when it was saved. */
const fingerprintOf = (rows: readonly WorkbookRow[]): string =>
  createHash('sha256')
    .update(JSON.stringify(rows.map(({ cells }) => cells)))
    .digest('hex')

/** The route that reads a sheet and says what is wrong in it. */
function checkRouteOf<Entered>(kind: SheetRecords<Entered>): Route {
  const { sheet } = kind
  const permission = `${kind.permission}.import` as const
  return uploadRoute(sheet.endpoints.check, {
    permission,
    handle: async ({ query, read, actor, platform, upload }) => {
      const asked = { permission, id: query.organization }
      await read((db) => organizationAsked(db, actor, asked))
      const { rows, date1904 } = await readUpload((await upload()).stream, sheet.most * 10)
      const missing = missingColumns(kind.columns, rows[0])
      if (missing.length > 0)
        throw new Problem('orglife.import_columns', { detail: `表头缺少：${missing.join('、')}。请下载模板填写。` })
      const faults: ImportFault[] = []
      const said = rowsIn(rows, { date1904, faults })
      if (said.length === 0) throw new Problem('orglife.import_empty')
      const fingerprint = fingerprintOf(rows)
      const today = platform.clock.today()
      const records = await read(async (db) => {
        const organization = await organizationAsked(db, actor, asked)
        await refuseKnownSheet(db, { kind: sheet.path, organizationNo: organization.no, fingerprint })
        return kind.checked(db, { organization, today, rows: said, faults })
      })
      if (records.length > sheet.most)
        throw new Problem('orglife.import_too_many', {
          detail: `一次最多导入 ${sheet.most} ${sheet.measure}${sheet.noun}，这份表有 ${records.length} ${sheet.measure}，请分几份。`,
        })
      return { fingerprint, records, faults: faults.toSorted((one, other) => one.row - other.row).slice(0, 500) }
    },
  })
}

/** All routes of a kind of sheet. */
export function importRoutesOf<Entered>(kind: SheetRecords<Entered>): readonly Route[] {
  const { endpoints, path } = kind.sheet
  const permission = `${kind.permission}.import` as const
  const acts = importActionsOf(kind)
  return [
    downloadRoute(endpoints.template, { permission, handle: ({ read }) => read((db) => templateOf(kind, db)) }),
    checkRouteOf(kind),
    route(endpoints.preview, {
      permission,
      handle: async ({ body, actor, requestId, platform }) => {
        const asked = { actor, requestId, idempotencyKey: null, input: body }
        const { id: _, ...effect } = await rehearse(platform, acts.enter, asked)
        return effect
      },
    }),
    route(endpoints.enter, { permission, handle: ({ body, perform }) => perform(acts.enter, body) }),
    route(endpoints.undo, {
      permission: `${kind.permission}.undo_import` as const,
      handle: ({ params, body, perform }) => perform(acts.undo, { ...params, ...body }),
    }),
    route(endpoints.list, {
      permission,
      handle: async ({ query, read, actor }) => ({
        items: await read(async (db) => {
          const { no } = await organizationAsked(db, actor, { permission, id: query.organization })
          return importsOf(db, path, no)
        }),
        next: null,
      }),
    }),
  ]
}
