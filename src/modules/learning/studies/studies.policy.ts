import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const planners = [...above, 'unit_leader', 'discipline_secretary', ...branchKeepers] as const

permissions({
  'learning.study.read': { title: '看学习计划', roles: everyBusinessRole },
  'learning.study.plan': { title: '排学习计划', roles: planners },
  'learning.study.correct': { title: '更正学习计划', roles: planners },
  'learning.study.close': { title: '结束学习计划', roles: planners },
  'learning.study.withdraw': { title: '撤回学习计划', roles: planners },
  'learning.study.questions': { title: '编题库', roles: planners },
  'learning.study.coverage': { title: '看学习计划完成情况', roles: planners },
  /** By name, and only of exactly the branch that is kept. */
  'learning.study.names': { title: '看本支部谁还没有学完', roles: branchKeepers },
  'learning.study.test': { title: '学习和自测', roles: everyBusinessRole },
})
