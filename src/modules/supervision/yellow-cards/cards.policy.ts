import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const followers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

/** Who speaks for the organization. */
export const cardAnswerers = [...branchKeepers, 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.yellow_card.read': {
    title: '看黄牌',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  // One that was decided to be public is everybody's to see while it is in force; the query asks which.
  'supervision.yellow_card.see': { title: '看公开的黄牌', everybody: 'in_business' },
  'supervision.yellow_card.propose': { title: '建议黄牌', roles: followers },
  'supervision.yellow_card.state': { title: '替本组织陈述意见', roles: cardAnswerers },
  'supervision.yellow_card.pass_hearing': { title: '逾期未陈述，进入决定', roles: ['committee_officer'] },
  // The decision is the working committee's; its officer enters it with the reason.
  'supervision.yellow_card.decide': { title: '决定黄牌', roles: ['committee_officer'] },
  'supervision.yellow_card.decline': { title: '不予黄牌', roles: ['committee_officer'] },
  'supervision.yellow_card.add_item': { title: '补充整改清单', roles: ['committee_officer'] },
  'supervision.yellow_card.report': { title: '每月报告整改', roles: cardAnswerers },
  'supervision.yellow_card.finish_item': { title: '报一条整改办完', roles: cardAnswerers },
  'supervision.yellow_card.pass_item': { title: '核验一条整改', roles: [...followers, 'discipline_secretary', 'inspector'] },
  'supervision.yellow_card.return_item': { title: '退回一条整改', roles: [...followers, 'discipline_secretary', 'inspector'] },
  'supervision.yellow_card.urge': { title: '催办黄牌整改', roles: followers },
  'supervision.yellow_card.set_conditions': { title: '设定黄牌的进入条件', roles: ['committee_officer'] },
})
