import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, 'unit_leader', ...branchKeepers] as const

permissions({
  'learning.hours.read': { title: '看学时', roles: everyBusinessRole },
  'learning.hours.create': { title: '记外派培训、填报自学', roles: everyBusinessRole },
  'learning.hours.correct': { title: '更正学习记录', roles: everyBusinessRole },
  'learning.hours.withdraw': { title: '撤回学习记录', roles: everyBusinessRole },
  'learning.hours.confirm': { title: '确认自学', roles: keepers },
  'learning.hours.keep': { title: '代记外派培训', roles: keepers },
  'learning.correction.ask': { title: '申请更正本人学时', roles: everyBusinessRole },
  'learning.correction.answer': { title: '答复学时更正申请', roles: keepers },
})
