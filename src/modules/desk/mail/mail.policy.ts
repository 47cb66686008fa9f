import { permissions } from '../../../kernel/access/permissions.ts'

export const mailPermissions = permissions({
  'desk.mail.choose': { title: '改自己的邮件通知', everybody: true },
})
