import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

/** Who writes and signs papers of an organization: whoever follows up there. */
const signers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.paper.read': {
    title: '看文书',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.paper.draft': { title: '起草文书', roles: signers },
  'supervision.paper.issue': { title: '签发文书', roles: signers },
  'supervision.paper.withdraw': { title: '撤销文书', roles: signers },
})
