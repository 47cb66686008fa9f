import { allowsAll, rehearse } from '../../../kernel/actions/action.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { readUpload } from '../../../kernel/files/uploaded-sheet.ts'
import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { organizationById } from '../../directory/index.ts'
import { agendaCategories, meetingKinds } from '../meetings/meetings.contract.ts'
import { checked } from './check.queries.ts'
import { importMeetingsAction, undoImportAction } from './imports.actions.ts'
import {
  checkImport,
  importMeetings,
  importTemplate,
  listImports,
  mostMeetings,
  previewImport,
  undoImport,
} from './imports.contract.ts'
import './imports.policy.ts'
import { importsOf } from './imports.queries.ts'
import { meetingsIn, missingColumns, sheetColumns } from './sheet.rules.ts'

const permission = 'orglife.meeting.import'

/** The organization, where the reader may import for it. */
async function organizationAsked(read: Read, actor: Actor, id: string) {
  const organization = await organizationById(read, id)
  if (!(await allowsAll(read, actor, { permission, organizations: [organization.no] }))) throw new Problem('kernel.not_found')
  return organization
}

const example = [
  '主题党日、党课',
  '三月主题党日',
  '2025-03-12',
  '三楼会议室',
  '学习重要讲话；讨论志愿服务',
  '政治理论学习',
  '甲一（出差）',
  '乙二',
  '乙二',
  '',
  '月底前走访十户',
]

export const importsRoutes: readonly Route[] = [
  downloadRoute(importTemplate, {
    permission,
    handle: () =>
      Promise.resolve({
        name: '补录旧会议模板.xlsx',
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({
          sheets: [
            {
              name: '旧会议',
              columns: sheetColumns.map((title) => ({ title, width: ['议程', '纪要', '决议'].includes(title) ? 40 : 16 })),
              rows: [example],
              choices: new Map<number, readonly string[]>([
                [0, Object.values(meetingKinds)],
                [5, Object.values(agendaCategories)],
              ]),
            },
          ],
        }),
      }),
  }),
  uploadRoute(checkImport, {
    permission,
    handle: async ({ query, read, actor, platform, upload }) => {
      await read((db) => organizationAsked(db, actor, query.organization))
      const { rows, date1904 } = await readUpload((await upload()).stream, mostMeetings)
      const missing = missingColumns(rows[0])
      if (missing.length > 0)
        throw new Problem('orglife.import_columns', { detail: `表头缺少：${missing.join('、')}。请下载模板填写。` })
      const said = meetingsIn(rows, date1904)
      if (said.meetings.length + said.faults.length === 0) throw new Problem('orglife.import_empty')
      const today = platform.clock.today()
      const judged = await read((db) => checked(db, { organizationId: query.organization, meetings: said.meetings, today }))
      return {
        meetings: judged.meetings,
        faults: [...said.faults, ...judged.faults].toSorted((one, other) => one.row - other.row),
      }
    },
  }),
  route(previewImport, {
    permission,
    handle: async ({ body, actor, platform, requestId }) => {
      const { id: _, ...effect } = await rehearse(platform, importMeetingsAction, {
        actor,
        requestId,
        idempotencyKey: null,
        input: body,
      })
      return effect
    },
  }),
  route(importMeetings, { permission, handle: ({ body, perform }) => perform(importMeetingsAction, body) }),
  route(undoImport, {
    permission: 'orglife.meeting.undo_import',
    handle: ({ params, body, perform }) => perform(undoImportAction, { ...params, ...body }),
  }),
  route(listImports, {
    permission,
    handle: async ({ query, read, actor }) => ({
      items: await read(async (db) => importsOf(db, (await organizationAsked(db, actor, query.organization)).no)),
      next: null,
    }),
  }),
]
