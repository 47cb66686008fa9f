import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'rulebook.standing.decide': { title: '决定是否采用年度履责情况', roles: ['committee_officer'] },
})
