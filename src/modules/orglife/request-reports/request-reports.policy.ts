import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

/** The working committee's officers receive and answer; its own requests go to the city committee, outside the tree. */
const senders = ['committee_secretary', 'full_time_deputy', 'general_branch_secretary', ...branchKeepers] as const
const readers = [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'] as const
const of = (title: string, roles: readonly string[]) => ({ title, roles })

permissions({
  'orglife.request_report.read': of('看请示报告', readers),
  'orglife.request_report.draft': of('起草请示报告', senders),
  'orglife.request_report.edit': of('修改请示报告', senders),
  'orglife.request_report.send': of('报送请示报告', senders),
  'orglife.request_report.withdraw': of('撤回请示报告', senders),
  'orglife.request_report.supplement': of('补充抄送和研究情况', senders),
  'orglife.request_report.follow_up': of('续报', senders),
  'orglife.request_report.receive': of('签收请示报告', above),
  'orglife.request_report.tell_delay': of('说明延期答复', above),
  'orglife.request_report.return': of('退回请示报告', above),
  'orglife.request_report.pass_up': of('转报上一级', above),
  'orglife.request_report.answer': of('答复请示', above),
  'orglife.request_report.close': of('办结请示报告', above),
})
