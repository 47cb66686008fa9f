import { writeWorkbook, type OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import {
  exemptAction,
  exemptMemberAction,
  isBranchs,
  isBranchsToRevoke,
  revokeExemptionAction,
  revokeMemberExemptionAction,
} from './exemptions.actions.ts'
import {
  type Exemption,
  exempt,
  exemptionStates,
  exportExemptions,
  grounds,
  listExemptions,
  revokeExemption,
  showExemption,
} from './exemptions.contract.ts'
import './exemptions.policy.ts'
import { exemptionShown, exemptionsAsked } from './exemptions.queries.ts'

const mostRows = 20_000

/** The decisions as a sheet; what did not fit is said on a line of its own. */
export function exemptionSheet(items: readonly Exemption[], more: boolean): OutSheet {
  const rows: OutSheet['rows'] = items.map((one) => [
    one.subject.name,
    one.organization.name,
    one.requirement === null ? '按情形' : `${one.requirement} ${one.title ?? ''}`.trim(),
    grounds[one.ground].title,
    one.from,
    one.to,
    exemptionStates[one.state],
    one.reason,
    one.decidedAt ?? '',
    one.decidedOn,
    one.revokedFrom ?? '',
    one.revokeReason ?? '',
  ])
  const said = more ? [...rows, [`只导出前 ${mostRows} 条，请缩小筛选范围后再导出其余的。`]] : rows
  const titles = ['对象', '组织', '要求', '情形', '自', '至', '状态', '理由', '决定组织', '决定日期', '撤销自', '撤销理由']
  return { name: '豁免', columns: titles.map((title) => ({ title, width: 14 })), rows: said }
}

export const exemptionsRoutes: readonly Route[] = [
  route(listExemptions, {
    permission: 'rulebook.exemption.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => exemptionsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(exportExemptions, {
    permission: 'rulebook.exemption.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const { items, next } = await read((db) => exemptionsAsked(db, { ...query, limit: mostRows }, { actor, today }))
      return {
        name: `豁免-${today}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [exemptionSheet(items, next !== null)] }),
      }
    },
  }),
  route(showExemption, {
    permission: 'rulebook.exemption.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => exemptionShown(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(exempt, {
    permission: 'rulebook.exemption.grant_member',
    handle: ({ body, perform }) => perform(isBranchs(body) ? exemptMemberAction : exemptAction, body),
  }),
  route(revokeExemption, {
    permission: 'rulebook.exemption.revoke_member',
    handle: async ({ params, body, read, perform }) => {
      const branchs = await read((db) => isBranchsToRevoke(db, params.id))
      return perform(branchs ? revokeMemberExemptionAction : revokeExemptionAction, { ...body, id: params.id })
    },
  }),
]
