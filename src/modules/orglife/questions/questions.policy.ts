import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, ...branchKeepers] as const

permissions({
  'orglife.question.read': { title: '看记录中的疑问', roles: [...keepers, 'unit_leader'] },
  'orglife.question.answer': { title: '答复本组织的疑问', roles: keepers },
  'orglife.check.read': { title: '看检查通知', roles: [...keepers, 'unit_leader'] },
  'orglife.check.note': { title: '登记检查通知', roles: ['committee_officer', 'committee_secretary', 'full_time_deputy'] },
  'orglife.check.cancel': { title: '取消检查通知', roles: ['committee_officer', 'committee_secretary', 'full_time_deputy'] },
  'orglife.lateness.read': { title: '看按时记录情况', roles: [...keepers, 'unit_leader'] },
})
