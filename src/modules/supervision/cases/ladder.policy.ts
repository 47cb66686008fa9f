import { permissions } from '../../../kernel/access/permissions.ts'

const followers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.case.talk': { title: '约谈并记录', roles: followers },
  // Whoever was talked to may hold no role; the talk itself says who.
  'supervision.case.confirm_talk': { title: '确认约谈记录', everybody: 'in_business' },
  'supervision.case.propose_card': { title: '由事项建议黄牌', roles: followers },
  'supervision.case.set_ladder': { title: '设定督办阶梯的条件', roles: ['committee_officer'] },
  'supervision.case.propose_accountability': { title: '提问责建议', roles: ['committee_officer'] },
})
