import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  // What is found is what the reader may read anyway, kind by kind.
  'desk.search.use': { title: '查找自己看得到的记录', everybody: 'in_business' },
})
