import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const followers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const
const verifiers = [...followers, 'discipline_secretary'] as const

/** Who answers for the organization concerned, beside the problem's owner. */
export const problemAnswerers = [...branchKeepers, 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.problem.read': {
    title: '看问题清单',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  // Whoever raised one or owns one reads it without any role; the query asks for the relation.
  'supervision.problem.see': { title: '看自己提的和自己办的问题', everybody: 'in_business' },
  'supervision.problem.raise': {
    title: '提问题',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector', 'group_leader', 'member'],
  },
  'supervision.problem.accept': { title: '受理问题', roles: followers },
  'supervision.problem.reject': { title: '不予受理问题', roles: followers },
  'supervision.problem.verify': { title: '核验问题整改', roles: verifiers },
  'supervision.problem.return': { title: '退回继续整改', roles: verifiers },
  'supervision.problem.close': { title: '不等确认，销号', roles: followers },
  'supervision.problem.reopen': { title: '重新整改', roles: followers },
  'supervision.problem.link': { title: '与以前的问题相连', roles: followers },
  'supervision.problem.urge': { title: '催办整改', roles: followers },
  'supervision.problem.put_off': { title: '整改延期', roles: followers },
  'supervision.problem.open_case': { title: '由问题直接立项督办', roles: followers },
  'supervision.problem.answer': { title: '替本组织报告整改结果', roles: problemAnswerers },
  // The problem itself says who: its owner, whoever answers, whoever raised it.
  'supervision.problem.report': { title: '报告整改结果', everybody: 'in_business' },
  'supervision.problem.confirm': { title: '确认自己提的问题已解决', everybody: 'in_business' },
  'supervision.problem.dispute': { title: '说明自己提的问题还没有解决', everybody: 'in_business' },
  'supervision.letter.sift': { title: '筛看匿名来信', roles: ['committee_officer'] },
})
