import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'desk.notice.put_away': { title: '收起给自己的通知', everybody: true },
})
