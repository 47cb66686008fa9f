import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const

permissions({
  'orglife.meeting.import': { title: '从 Excel 补录旧会议', roles: keepers },
  'orglife.meeting.undo_import': { title: '撤回一次补录', roles: keepers },
})
