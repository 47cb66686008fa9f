import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const

permissions({
  'learning.class.import': { title: '从 Excel 补录旧培训班', roles: keepers },
  'learning.class.undo_import': { title: '撤回补录的旧培训班', roles: keepers },
})
