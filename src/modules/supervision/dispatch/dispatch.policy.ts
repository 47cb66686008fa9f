import { permissions } from '../../../kernel/access/permissions.ts'
import { above } from '../../directory/grants/roles.contract.ts'

permissions({
  'supervision.dispatch.read': { title: '看季度调度', roles: [...above, 'unit_leader', 'discipline_secretary', 'inspector'] },
})
