import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const keepers = [...above, 'unit_leader', ...branchKeepers, 'group_leader'] as const

permissions({
  'orglife.fact.read_own': { title: '看记录里写到本人的事实', everybody: 'in_business' },
  'orglife.fact.ask_correction': { title: '请组织核对写到本人的记录', everybody: 'in_business' },
  'orglife.fact.answer': { title: '答复更正申请', roles: keepers },
})
