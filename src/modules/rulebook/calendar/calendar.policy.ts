import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'rulebook.calendar.read_own': { title: '看自己的应办日历', everybody: 'in_business' },
  'rulebook.calendar.subscribe': { title: '订阅自己的应办日历', everybody: 'in_business' },
  'rulebook.calendar.unsubscribe': { title: '停用自己的日历订阅', everybody: 'in_business' },
})
