import { permissions } from '../../../kernel/access/permissions.ts'
import { branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const issuers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'rulebook.data_request.read': { title: '看专项填报', roles: everyBusinessRole },
  'rulebook.data_request.issue': { title: '起草、发布、停止专项填报', roles: issuers },
  'rulebook.data_request.answer': {
    title: '填报',
    roles: [...issuers, 'general_branch_secretary', 'unit_leader', ...branchKeepers],
  },
})
