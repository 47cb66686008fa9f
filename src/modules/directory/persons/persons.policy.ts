import { permissions } from '../../../kernel/access/permissions.ts'
import { branchKeepers, everyBusinessRole } from '../grants/roles.contract.ts'

const keepers = ['committee_officer', 'committee_secretary', 'full_time_deputy', ...branchKeepers] as const

permissions({
  'directory.person.list': { title: '看名册', roles: everyBusinessRole },
  /** A member sees the own file only; `look_up` is what opens the files of others. */
  'directory.person.view': { title: '看个人档案', roles: everyBusinessRole },
  'directory.person.look_up': { title: '看管理范围内他人的档案', roles: everyBusinessRole.filter((role) => role !== 'member') },
  'directory.person.view_personal': { title: '看档案中的个人信息（脱敏）', roles: [...keepers, 'general_branch_secretary'] },
  'directory.person.reveal': {
    title: '凭理由看完整的个人号码',
    roles: ['committee_officer', 'full_time_deputy', 'branch_secretary'],
  },
  'directory.person.create': { title: '登记人员', roles: keepers },
  'directory.person.correct': { title: '更正档案', roles: keepers },
  'directory.person.move': { title: '办理支部之间的转接', roles: keepers },
})
