import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const recorders = [...above, 'unit_leader', ...branchKeepers, 'group_leader'] as const

permissions({
  'orglife.meeting.read': { title: '看会议记录', roles: everyBusinessRole },
  'orglife.meeting.record': { title: '记会议', roles: recorders },
  'orglife.meeting.plan': { title: '预定会议', roles: recorders },
  'orglife.meeting.cancel': { title: '取消预定的会议', roles: recorders },
  'orglife.meeting.correct': { title: '更正会议记录', roles: recorders },
  'orglife.meeting.withdraw': { title: '撤回会议记录', roles: recorders },
  'orglife.meeting.ask_leave': { title: '会前请假', everybody: 'in_business' },
  'orglife.meeting.take_leave_back': { title: '取消自己的请假', everybody: 'in_business' },
})
