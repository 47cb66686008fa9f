import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const finders = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'discipline_secretary', 'inspector'] as const

permissions({
  'rulebook.determination.read': { title: '看认定', roles: everyBusinessRole },
  'rulebook.determination.make': { title: '作出认定', roles: finders },
  'rulebook.determination.correct': { title: '更正自己的认定', roles: finders },
  'rulebook.determination.withdraw': { title: '撤回自己的认定', roles: finders },
  'rulebook.determination.object': {
    title: '对认定提出异议',
    roles: [...above, 'unit_leader', ...branchKeepers, 'group_leader'],
  },
  'rulebook.determination.decide': {
    title: '决定对认定的异议',
    roles: ['committee_officer', 'committee_secretary', 'full_time_deputy'],
  },
})
