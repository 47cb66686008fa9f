import { permissions } from '../../../kernel/access/permissions.ts'

const recorders = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  // Whoever has a task made of a decision reads the decision; the query asks for the relation.
  'supervision.decision.see': { title: '看上级部署', everybody: 'in_business' },
  'supervision.decision.record': { title: '登记上级部署', roles: recorders },
  'supervision.decision.correct': { title: '更正上级部署', roles: recorders },
  'supervision.decision.break_down': { title: '把部署分解为任务', roles: recorders },
  'supervision.decision.close': { title: '办结上级部署', roles: recorders },
  'supervision.decision.reopen': { title: '重新办理上级部署', roles: recorders },
  'supervision.decision.withdraw': { title: '撤回登记错的部署', roles: recorders },
})
