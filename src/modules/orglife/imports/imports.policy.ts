import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const

permissions({
  'orglife.meeting.import': { title: '从 Excel 补录旧会议', roles: keepers },
  'orglife.meeting.undo_import': { title: '撤回补录的旧会议', roles: keepers },
  'orglife.work_record.import': { title: '从 Excel 补录旧工作纪实', roles: keepers },
  'orglife.work_record.undo_import': { title: '撤回补录的旧工作纪实', roles: keepers },
})
