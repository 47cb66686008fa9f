import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

// An appeal goes to the working committee, whoever took the measure; the act sees to it that it is another officer.
const handlers = ['committee_officer'] as const

permissions({
  'supervision.appeal.read': {
    title: '看申诉',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.appeal.see': { title: '看自己提的申诉', everybody: 'in_business' },
  'supervision.appeal.answer': {
    title: '替本组织申诉',
    roles: [...branchKeepers, 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'],
  },
  // Whoever raised a problem that was rejected may hold no role; the measure itself says who is concerned.
  'supervision.appeal.file': { title: '提出申诉', everybody: 'in_business' },
  'supervision.appeal.withdraw': { title: '撤回申诉', everybody: 'in_business' },
  'supervision.appeal.take': { title: '受理申诉', roles: handlers },
  'supervision.appeal.uphold': { title: '申诉成立，撤销原决定', roles: handlers },
  'supervision.appeal.reject': { title: '维持原决定', roles: handlers },
})
