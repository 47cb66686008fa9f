import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const checkers = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'inspector'] as const
const readers = [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'] as const
const of = (title: string) => ({ title, roles: checkers })

permissions({
  'orglife.political_check.read': { title: '看专项考察', roles: readers },
  'orglife.political_check.start': of('开始专项考察'),
  'orglife.political_check.fill': of('为专项考察重新取数'),
  'orglife.political_check.find': of('写专项考察的情况'),
  'orglife.political_check.conclude': of('作出专项考察的结论'),
  'orglife.political_check.withdraw': of('撤回专项考察'),
  'orglife.political_check.answer': {
    title: '回复专项考察',
    roles: ['committee_secretary', 'full_time_deputy', 'general_branch_secretary', 'unit_leader', ...branchKeepers],
  },
})
