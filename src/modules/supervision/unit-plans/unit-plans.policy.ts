import { permissions } from '../../../kernel/access/permissions.ts'

const writers = ['committee_secretary', 'full_time_deputy', 'unit_leader'] as const

permissions({
  // Whoever stands in a unit reads its published plan; the query asks for the relation.
  'supervision.unit_plan.see': { title: '看实施方案', everybody: 'in_business' },
  'supervision.unit_plan.read': {
    title: '看没有印发的实施方案和它的经过',
    roles: [...writers, 'committee_officer', 'discipline_secretary', 'inspector'],
  },
  'supervision.unit_plan.write': { title: '起草实施方案', roles: writers },
  'supervision.unit_plan.edit': { title: '修改实施方案', roles: writers },
  'supervision.unit_plan.submit': { title: '报送实施方案', roles: writers },
  'supervision.unit_plan.take_back': { title: '撤回报送的实施方案', roles: writers },
  'supervision.unit_plan.publish': { title: '印发实施方案', roles: writers },
  'supervision.unit_plan.amend': { title: '修订实施方案', roles: writers },
  'supervision.unit_plan.drop': { title: '放弃修订实施方案', roles: writers },
  'supervision.unit_plan.give': { title: '按实施方案交办任务', roles: ['committee_secretary', 'full_time_deputy'] },
  'supervision.unit_plan.approve': { title: '审定实施方案', roles: ['committee_officer'] },
  'supervision.unit_plan.return': { title: '退回实施方案', roles: ['committee_officer'] },
})
