import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'desk.mail.choose': { title: '改自己的邮件通知', everybody: true },
})
