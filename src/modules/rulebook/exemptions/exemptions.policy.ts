import { permissions } from '../../../kernel/access/permissions.ts'
import { branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const arrangers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'rulebook.exemption.read': { title: '看豁免', roles: everyBusinessRole },
  'rulebook.exemption.grant': { title: '决定豁免', roles: arrangers },
  'rulebook.exemption.revoke': { title: '撤销豁免', roles: arrangers },
  // JY6: of the aged and the ill no hard demand is made; their branch decides.
  'rulebook.exemption.grant_member': { title: '决定年老体弱、重病党员的豁免', roles: [...arrangers, ...branchKeepers] },
  'rulebook.exemption.revoke_member': { title: '撤销年老体弱、重病党员的豁免', roles: [...arrangers, ...branchKeepers] },
})
