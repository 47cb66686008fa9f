import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const issuers = [...above, 'unit_leader', 'discipline_secretary', ...branchKeepers] as const

permissions({
  'orglife.circular.read': { title: '看通知', roles: everyBusinessRole },
  'orglife.circular.issue': { title: '发通知', roles: issuers },
  'orglife.circular.withdraw': { title: '撤回通知', roles: issuers },
})
