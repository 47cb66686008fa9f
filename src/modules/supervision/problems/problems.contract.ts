import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { named, offer, reason, recordStep, verbOf, words } from '../records/records.contract.ts'
import { type ProblemState, problemStates, type Source, sources } from './problems.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const problemState = z.enum(keysOf<ProblemState>(problemStates)).meta({ title: '状态' })
export const problemSource = z.enum(keysOf<Source>(sources)).meta({ title: '来源' })
export const problemDimension = z.enum(keysOf(dimensions)).meta({ title: '哪个方面' })

export const problemLine = z.object({
  id: z.string(),
  title: z.string(),
  state: problemState,
  source: problemSource,
  dimension: problemDimension,
  organization: named,
  owner: named.nullable(),
  raisedOn: civilDate,
  dueOn: civilDate.nullable(),
  overdue: z.boolean(),
  recurs: z.boolean(),
})
export type ProblemLine = z.infer<typeof problemLine>

const filters = {
  under: organizationId.optional(),
  state: problemState.optional(),
  source: problemSource.optional(),
  dimension: problemDimension.optional(),
  overdue: z.enum(['yes']).optional().meta({ title: '超期' }),
  mine: z.enum(['to_act']).optional().meta({ title: '等我办理' }),
  text: z.string().trim().max(50).optional(),
}
export const listProblems = endpoint({
  method: 'GET',
  path: '/api/v1/problems',
  tag: '督办',
  summary: '问题清单',
  query: pageQuery.extend(filters),
  reply: listOf(problemLine),
})
export const exportProblems = endpoint({
  method: 'GET',
  path: '/api/v1/problems/export',
  tag: '督办',
  summary: '问题清单导出为 Excel，筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})

const earlier = z.object({ id: z.string(), title: z.string(), state: problemState, raisedOn: civilDate })
export const problemPage = problemLine.extend({
  revision: z.number().int(),
  description: z.string(),
  /** Nothing is known of who raised it; it came by a letter without a sender. */
  anonymous: z.boolean(),
  remedies: z.string().nullable(),
  rectification: z.string().nullable(),
  verification: z.string().nullable(),
  earlier: earlier.nullable(),
  later: z.array(earlier),
  /** Earlier ones that may be the same again; a person decides. */
  alike: z.array(earlier),
  /** The case that was opened from it, the last one first. */
  caseId: z.string().nullable(),
  /** The finding that it came from. */
  finding: z.object({ id: z.string(), inspectionId: z.string(), inspection: z.string() }).nullable(),
  steps: z.array(recordStep),
  ...offer,
})
export type ProblemPage = z.infer<typeof problemPage>
export const showProblem = endpoint({
  method: 'GET',
  path: '/api/v1/problems/:id',
  tag: '督办',
  summary: '一个问题：来源、整改、核验、经过，与以前哪个相像',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: problemPage,
})
export const raiseProblem = endpoint({
  method: 'POST',
  path: '/api/v1/problems',
  tag: '督办',
  summary: '提出一个问题',
  body: z.strictObject({
    organizationId,
    title: words('问题', 100),
    description: words('具体情况', 2000),
    source: problemSource,
    dimension: problemDimension,
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

const verb = verbOf('problems', problemState)
export const acceptProblem = verb(
  'accept',
  '受理并列入清单：责任人、措施、时限',
  z.strictObject({
    ownerId: personId.meta({ title: '责任人' }),
    remedies: words('整改措施'),
    dueOn: civilDate.meta({ title: '完成时限' }),
    reason,
  }),
)
export const rejectProblem = verb('reject', '不予受理，说明理由', z.strictObject({ reason }))
export const reportProblem = verb('report', '报告整改结果', z.strictObject({ rectification: words('整改结果', 2000) }))
export const verifyProblem = verb(
  'verify',
  '核验通过；核验人不能是整改人。不知道是谁提的，随即销号；知道的等反映人确认',
  z.strictObject({
    verification: words('核验情况'),
    onSite: z.boolean().default(false).meta({ title: '到现场核验' }),
  }),
)
export const returnProblem = verb(
  'return',
  '核验不通过，退回继续整改',
  z.strictObject({ reason, dueOn: civilDate.optional().meta({ title: '新的时限' }) }),
)
export const confirmProblem = verb('confirm', '反映人确认已解决，销号', z.strictObject({}))
export const disputeProblem = verb('dispute', '反映人说明还没有解决，退回整改', z.strictObject({ reason }))
export const closeProblem = verb('close', '反映人过了十个工作日没有回音，说明理由后销号', z.strictObject({ reason }))
export const reopenProblem = verb('reopen', '重新整改', z.strictObject({ reason, dueOn: civilDate.meta({ title: '完成时限' }) }))
export const urgeProblem = verb('urge', '催办整改', z.strictObject({ reason }))
export const putOffProblem = verb(
  'put-off',
  '整改延期：写明理由，另定时限',
  z.strictObject({ reason, dueOn: civilDate.meta({ title: '新的时限' }) }),
)
export const caseFromProblem = verb(
  'open-case',
  '由这个问题直接立项督办；同一个问题同时只有一项督办',
  z.strictObject({
    ownerId: personId.meta({ title: '责任人' }),
    dueOn: civilDate.meta({ title: '完成时限' }),
    remedies: words('整改措施'),
    reason,
  }),
)
export const linkProblem = verb(
  'link',
  '人工确认与以前的哪个问题是一回事',
  z.strictObject({ earlierId: z.string().max(60).meta({ title: '以前的问题' }) }),
)

problems({
  'supervision.problem_not_found': { status: 404, title: '没有找到这个问题，或不在您的管理范围内。' },
  'supervision.problem_not_allowed_now': { status: 409, title: '问题现在的状态不能这样办。' },
  'supervision.problem_verifier_must_be_another': { status: 403, title: '核验须由责任人和报告整改的人以外的人办理。' },
  'supervision.problem_source_of_member': { status: 422, title: '党员提的问题，来源请选“群众提”。' },
  'supervision.problem_has_case': { status: 409, title: '这个问题已经立项督办，请在那一项里办理。' },
  'supervision.problem_link_not_earlier': { status: 422, title: '只能与同一单位更早提出的问题相连。' },
  'supervision.problem_raiser_still_asked': { status: 409, title: '还在等反映人确认，未满十个工作日。' },
})
