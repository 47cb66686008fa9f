import { permissions } from '../../../kernel/access/permissions.ts'

const supervisors = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'discipline_secretary'] as const

permissions({
  // What stands on the desk is asked of each kind's own reading rule once more.
  'desk.items.read': { title: '看督办台', roles: supervisors },
  // Each item's own permission is asked again by its own action.
  'desk.items.act': { title: '在督办台一并办理', roles: supervisors },
})
