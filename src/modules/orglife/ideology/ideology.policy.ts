import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const
const readers = [...keepers, 'unit_leader', 'discipline_secretary', 'inspector'] as const
const of = (title: string, roles: readonly string[]) => ({ title, roles })

permissions({
  'orglife.ideology_keeper.read': of('看意识形态责任人', readers),
  'orglife.ideology_keeper.name': of('登记意识形态责任人', keepers),
  'orglife.ideology_keeper.end': of('结束意识形态责任', keepers),
  'orglife.outlet.read': of('看阵地登记', readers),
  'orglife.outlet.register': of('登记阵地', keepers),
  'orglife.outlet.correct': of('更正阵地登记', keepers),
  'orglife.outlet.review': of('复核阵地', keepers),
  'orglife.outlet.close': of('注销阵地', keepers),
})
