import { permissions } from '../../../kernel/access/permissions.ts'

/** Days off are published for everybody; the working committee enters them. The three administrators have no part in it. */
permissions({
  'directory.working_days.read': { title: '看工作日历', everybody: true },
  'directory.working_days.set': { title: '录入工作日历', roles: ['committee_officer'] },
})
