import { permissions } from '../../../kernel/access/permissions.ts'

const supervisors = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'discipline_secretary'] as const

permissions({
  'desk.view.keep': { title: '存督办台的视图', roles: supervisors },
  'desk.view.drop': { title: '删督办台的视图', roles: supervisors },
})
