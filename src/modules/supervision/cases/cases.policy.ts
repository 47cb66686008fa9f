import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

/** Who follows up: the city's officers everywhere, the committee's secretary and full-time deputy in their unit. */
const followers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

/** Who answers for the organization concerned, beside the case's owner. */
export const answerers = [...branchKeepers, 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.case.read': {
    title: '看督办事项',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.case.open': { title: '直接立项督办', roles: followers },
  'supervision.case.remind': { title: '发提醒', roles: followers },
  'supervision.case.dismiss': { title: '不采纳立项建议', roles: followers },
  'supervision.case.supervise': { title: '转督办', roles: followers },
  'supervision.case.verify': { title: '核验销号', roles: [...followers, 'discipline_secretary'] },
  'supervision.case.return': { title: '退回继续整改', roles: [...followers, 'discipline_secretary'] },
  'supervision.case.reopen': { title: '重新立项', roles: followers },
  'supervision.case.urge': { title: '催办', roles: followers },
  'supervision.case.put_off': { title: '督办延期', roles: followers },
  'supervision.case.answer': { title: '替本组织报告办理结果', roles: answerers },
  // The owner may be anybody, so the case itself says who; the act asks it.
  'supervision.case.see': { title: '看自己办的督办事项', everybody: 'in_business' },
  'supervision.case.report': { title: '报告办理结果', everybody: 'in_business' },
  'supervision.case.pause': { title: '停表', everybody: 'in_business' },
  'supervision.case.resume': { title: '续表', everybody: 'in_business' },
})
