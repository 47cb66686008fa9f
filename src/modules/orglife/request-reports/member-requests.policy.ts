import { permissions } from '../../../kernel/access/permissions.ts'
import { above } from '../../directory/grants/roles.contract.ts'

/** The secretary alone, not the whole committee of the branch: what a member asks is hers. */
const answerers = [...above, 'branch_secretary'] as const

permissions({
  'orglife.member_request.read': { title: '看自己的请示和报给自己的党员请示', everybody: 'in_business' },
  'orglife.member_request.ask': { title: '向所在支部请示', everybody: 'in_business' },
  'orglife.member_request.withdraw': { title: '撤回自己的请示', everybody: 'in_business' },
  'orglife.member_request.answer': { title: '答复党员请示', roles: answerers },
  'orglife.member_request.tell_delay': { title: '说明延期答复党员请示', roles: answerers },
  'orglife.member_request.pass_up': { title: '转报党员请示', roles: answerers },
})
