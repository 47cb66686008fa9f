import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

/** Whoever keeps an organization keeps its rules. */
export const ruleKeepers = [...branchKeepers, ...above] as const

permissions({
  'supervision.local_rule.read': {
    title: '看制度',
    roles: [...ruleKeepers, 'unit_leader', 'discipline_secretary', 'inspector', 'group_leader', 'member'],
  },
  'supervision.local_rule.enter': { title: '登记制度', roles: ruleKeepers },
  'supervision.local_rule.review': { title: '复核制度', roles: ruleKeepers },
  'supervision.local_rule.revise': { title: '修订制度', roles: ruleKeepers },
  'supervision.local_rule.amend': { title: '更正制度登记', roles: ruleKeepers },
  'supervision.local_rule.repeal': { title: '废止制度', roles: ruleKeepers },
})
