import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

permissions({
  'orglife.resolution.read': { title: '看议定事项', roles: everyBusinessRole },
  // Whoever keeps the meeting's records, and whoever was given the resolution; the action tells them apart.
  'orglife.resolution.report': { title: '报议定事项的落实情况', everybody: 'in_business' },
  'orglife.theme_day.read': { title: '看主题党日固定日', roles: everyBusinessRole },
  'orglife.theme_day.fix': { title: '定主题党日固定日', roles: [...above, 'unit_leader', ...branchKeepers, 'group_leader'] },
})
