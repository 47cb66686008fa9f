import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'directory.own_account.set_preferences': { title: '改自己的设置', everybody: true },
})
