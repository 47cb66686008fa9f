import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

/** Who sends inspectors: the city's officers, secretary and deputy and the discipline secretary in their unit. */
const senders = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'discipline_secretary'] as const

/** Who answers for the visited organization. */
export const visitedKeepers = [
  'unit_leader',
  'committee_secretary',
  'full_time_deputy',
  'general_branch_secretary',
  ...branchKeepers,
] as const

permissions({
  'supervision.inspection.read': {
    title: '看检查',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.inspection.plan': { title: '安排检查', roles: senders },
  'supervision.inspection.announce': { title: '通知检查', roles: senders },
  'supervision.inspection.close': { title: '办结检查', roles: senders },
  'supervision.inspection.cancel': { title: '取消检查', roles: senders },
  'supervision.inspection.remark': { title: '对检查结果作说明', roles: visitedKeepers },
  // Inspectors are named in each inspection; the act asks whether the actor is one of them or sends it.
  'supervision.inspection.see': { title: '看自己参加的检查', everybody: 'in_business' },
  'supervision.inspection.edit': { title: '改检查清单', everybody: 'in_business' },
  'supervision.inspection.start': { title: '开始检查', everybody: 'in_business' },
  'supervision.inspection.answer': { title: '记清单结果', everybody: 'in_business' },
  'supervision.inspection.sign': { title: '双方签字', everybody: 'in_business' },
  'supervision.inspection.resume': { title: '恢复检查', everybody: 'in_business' },
  'supervision.finding.see': { title: '看检查发现', everybody: 'in_business' },
  'supervision.finding.record': { title: '记检查发现', everybody: 'in_business' },
  'supervision.finding.amend': { title: '更正检查发现', everybody: 'in_business' },
  'supervision.finding.withdraw': { title: '撤回检查发现', everybody: 'in_business' },
  'supervision.finding.propose': { title: '由检查发现建议立项', everybody: 'in_business' },
  'supervision.finding.list': { title: '把检查发现列入问题清单', everybody: 'in_business' },
  'supervision.finding.clue': { title: '把检查发现作为线索移交纪检', everybody: 'in_business' },
  'supervision.finding.hand_over': { title: '把检查发现移交纪检', everybody: 'in_business' },
})
