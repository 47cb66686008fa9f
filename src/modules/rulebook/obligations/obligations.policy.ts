import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

permissions({
  'rulebook.obligation.read': { title: '看应办事项和指标', roles: everyBusinessRole },
  'rulebook.obligation.declare_not_done': {
    title: '填报未开展',
    roles: [...above, 'unit_leader', ...branchKeepers, 'group_leader'],
  },
  'rulebook.rule.read': { title: '看制度', everybody: 'in_business' },
})
