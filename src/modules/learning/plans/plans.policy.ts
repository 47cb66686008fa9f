import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const planners = [...above, 'unit_leader', ...branchKeepers] as const

permissions({
  'learning.plan.read': { title: '看培训计划和覆盖情况', roles: everyBusinessRole },
  'learning.plan.create': { title: '记培训计划', roles: planners },
  'learning.plan.correct': { title: '更正培训计划', roles: planners },
  'learning.plan.withdraw': { title: '撤回培训计划', roles: planners },
})
