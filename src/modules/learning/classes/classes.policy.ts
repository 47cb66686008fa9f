import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const organisers = [...above, 'unit_leader', ...branchKeepers] as const

permissions({
  'learning.class.read': { title: '看培训班', roles: everyBusinessRole },
  'learning.class.create': { title: '办培训班', roles: organisers },
  'learning.class.correct': { title: '更正培训班', roles: organisers },
  'learning.class.register': { title: '改培训班的报名名单', roles: organisers },
  'learning.class.enrol': { title: '给自己的人报名上级的培训班', roles: organisers },
  'learning.class.cancel_enrolment': { title: '取消自己的人的报名', roles: organisers },
  'learning.class.attend': { title: '登记培训班出勤', roles: organisers },
  'learning.class.withdraw': { title: '撤回培训班', roles: organisers },
})
