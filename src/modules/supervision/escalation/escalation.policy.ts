import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  // Whoever may be reminded knows when and by which rule.
  'supervision.escalation.see': { title: '看逐级提醒的规则', everybody: 'in_business' },
  'supervision.escalation.set': { title: '设定逐级提醒的天数', roles: ['committee_officer'] },
})
