import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const recorders = [...above, 'unit_leader', 'discipline_secretary', ...branchKeepers, 'group_leader'] as const

permissions({
  'orglife.work_record.read': { title: '看工作纪实', roles: everyBusinessRole },
  'orglife.work_record.record': { title: '记工作纪实', roles: recorders },
  'orglife.work_record.correct': { title: '更正工作纪实', roles: recorders },
  'orglife.work_record.withdraw': { title: '撤回工作纪实', roles: recorders },
  'orglife.work_record.confirm': {
    title: '确认工作纪实的质量',
    roles: [...above, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
})
