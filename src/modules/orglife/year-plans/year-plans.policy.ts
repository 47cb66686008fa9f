import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const
const of = (title: string) => ({ title, roles: keepers })

permissions({
  'orglife.year_plan.read': { title: '看支部年度计划', roles: everyBusinessRole },
  'orglife.year_plan.propose': of('起草支部年度计划'),
  'orglife.year_plan.add': of('在年度计划里加一项'),
  'orglife.year_plan.move': of('改年度计划的月份'),
  'orglife.year_plan.cancel': of('取消年度计划的一项'),
  'orglife.year_plan.restore': of('恢复年度计划的一项'),
  'orglife.year_plan.approve': { title: '通过支部年度计划', roles: branchKeepers },
  'orglife.year_plan.plan_meeting': of('按年度计划预定会议'),
})
