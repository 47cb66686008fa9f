import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const askers = [...above, 'unit_leader', ...branchKeepers, 'group_leader'] as const

permissions({
  'rulebook.relief.read': { title: '看延期和停表', roles: everyBusinessRole },
  'rulebook.relief.ask': { title: '申请延期和停表', roles: askers },
  'rulebook.relief.withdraw': { title: '撤回延期和停表的申请', roles: askers },
  'rulebook.relief.grant': { title: '同意延期、确认停表', roles: above },
  'rulebook.relief.refuse': { title: '不同意延期和停表', roles: above },
  'rulebook.relief.end': { title: '结束停表', roles: above },
})
