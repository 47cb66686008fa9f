import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const followers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

/** Who acts for the organization that gave a task. Over which organization it was given says how far each of them reaches. */
export const givers = [...followers, 'general_branch_secretary', ...branchKeepers] as const

/** Who answers for the organization that has a task, beside its owner. */
export const takers = [...branchKeepers, 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.task.read': {
    title: '看任务',
    roles: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.task.give': { title: '交办任务', roles: followers },
  'supervision.task.delegate': { title: '把任务分解给下级', roles: takers },
  'supervision.task.verify': { title: '核验任务', roles: [...givers, 'discipline_secretary'] },
  'supervision.task.return': { title: '退回任务', roles: [...givers, 'discipline_secretary'] },
  'supervision.task.grant_extension': { title: '同意延期', roles: givers },
  'supervision.task.refuse_extension': { title: '不同意延期', roles: givers },
  'supervision.task.change': { title: '调整任务', roles: givers },
  'supervision.task.urge': { title: '催办任务', roles: givers },
  'supervision.task.cancel': { title: '撤销任务', roles: givers },
  'supervision.task.reopen': { title: '重新办理任务', roles: givers },
  'supervision.task.answer': { title: '替本组织办理任务', roles: takers },
  // The owner may be anybody, so the task itself says who; the act asks it.
  'supervision.task.see': { title: '看自己办的任务', everybody: 'in_business' },
  'supervision.task.report': { title: '报告任务办理结果', everybody: 'in_business' },
  'supervision.task.link': { title: '给任务关联记录', everybody: 'in_business' },
  'supervision.task.unlink': { title: '去掉任务的关联', everybody: 'in_business' },
  'supervision.task.ask_extension': { title: '申请任务延期', everybody: 'in_business' },
  'supervision.task.pause': { title: '任务停表', everybody: 'in_business' },
  'supervision.task.resume': { title: '任务续表', everybody: 'in_business' },
})
