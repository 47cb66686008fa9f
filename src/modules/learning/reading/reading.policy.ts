import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const recommending = [...above, 'unit_leader', ...branchKeepers] as const

permissions({
  'learning.reading.read': { title: '看荐书', roles: everyBusinessRole },
  'learning.reading.recommend': { title: '荐书', roles: recommending },
  'learning.reading.correct': { title: '更正荐书', roles: recommending },
  'learning.reading.withdraw': { title: '撤回荐书', roles: recommending },
  'learning.reading_note.share': { title: '写读书心得，在支部内交流', roles: everyBusinessRole },
  'learning.reading_note.withdraw': { title: '收回本人的读书心得', roles: everyBusinessRole },
})
