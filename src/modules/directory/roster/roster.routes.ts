import { perform } from '../../../kernel/actions/action.ts'
import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route, uploadRoute } from '../../../kernel/http/route.ts'
import { applyRosterAction, uploadRosterAction } from './roster.actions.ts'
import * as contract from './roster.contract.ts'
import { beginRosterCheck } from './roster.jobs.ts'
import './roster.policy.ts'
import { importPage, listImports } from './roster.queries.ts'
import { exportRosterAction } from './roster-export.actions.ts'
import { dropStaged, settleStaged, stageUpload } from './roster-staging.store.ts'
import { rosterTemplateSheets } from './roster-template.papers.ts'
import { undoRosterAction } from './roster-undo.actions.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The name as shown in lists: what stands after the last slash, cut to size. It never becomes a path. */
const shownName = (given: string) =>
  Array.from(given.split(/[/\\]/).at(-1) ?? '')
    .slice(0, 100)
    .join('') || '名册.xlsx'

export const rosterRoutes: Route[] = [
  downloadRoute(contract.rosterTemplate, {
    permission: 'directory.roster.view',
    handle: async () => ({ name: '人员名册模板.xlsx', mediaType, stream: writeWorkbook({ sheets: rosterTemplateSheets() }) }),
  }),
  uploadRoute(contract.uploadRoster, {
    permission: 'directory.roster.upload',
    handle: async ({ query, upload, perform: act, platform, actor }) => {
      const file = await upload()
      const staged = await stageUpload(file.stream)
      try {
        const { sha256 } = staged
        const { id } = await act(uploadRosterAction, {
          organizationId: query.organization,
          fileName: shownName(file.name),
          sha256,
        })
        await settleStaged(staged.name, id)
        beginRosterCheck(platform, actor, id)
        return { id }
      } finally {
        await dropStaged(staged.name)
      }
    },
  }),
  route(contract.listRosterImports, {
    permission: 'directory.roster.view',
    handle: ({ query, read }) => read((r) => listImports(r, query)),
  }),
  route(contract.showRosterImport, {
    permission: 'directory.roster.view',
    handle: ({ params, read }) => read((r) => importPage(r, params.id)),
  }),
  route(contract.applyRoster, {
    permission: 'directory.roster.apply',
    handle: async ({ params, perform: act }) => {
      const reply = await act(applyRosterAction, { id: params.id })
      await dropStaged(`${params.id}.xlsx`)
      return reply
    },
  }),
  route(contract.undoRoster, {
    permission: 'directory.roster.undo',
    handle: ({ params, perform: act }) => act(undoRosterAction, { id: params.id }),
  }),
  downloadRoute(contract.exportRoster, {
    permission: 'directory.roster.export',
    handle: async ({ query, platform, actor, requestId }) => {
      // No idempotency key: the reply is the roster, and must not be kept.
      const { sheet, name } = await perform(platform, exportRosterAction, {
        actor,
        requestId,
        idempotencyKey: null,
        input: query,
      })
      return { name: `${name}人员名册-${platform.clock.today()}.xlsx`, mediaType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
]
