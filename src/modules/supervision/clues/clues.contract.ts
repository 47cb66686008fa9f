import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { named, offer, reason, recordStep, words } from '../records/records.contract.ts'
import { type ClueSource, clueSources, type ClueState, clueStates } from './clues.lifecycle.ts'

const tag = '线索'
const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const clueState = z.enum(keysOf<ClueState>(clueStates)).meta({ title: '状态' })
const clueSource = z.enum(keysOf<ClueSource>(clueSources)).meta({ title: '来源' })

export const clueLine = z.object({
  id: z.string(),
  title: z.string(),
  state: clueState,
  source: clueSource,
  organization: named,
  handledBy: named,
  receivedOn: civilDate,
  /** The day by which it is to be assessed, or verified. */
  dueOn: civilDate.nullable(),
  overdue: z.boolean(),
})
export type ClueLine = z.infer<typeof clueLine>

export const listClues = endpoint({
  method: 'GET',
  path: '/api/v1/clues',
  tag,
  summary: '线索；只有纪检人员看得到，被反映的人除外。不提供导出',
  query: pageQuery.extend({
    under: organizationId.optional(),
    state: clueState.optional(),
    source: clueSource.optional(),
    overdue: z.enum(['yes']).optional().meta({ title: '超期' }),
  }),
  reply: listOf(clueLine),
})

const link = z.object({ id: z.string() }).nullable()
export const cluePage = clueLine.extend({
  revision: z.number().int(),
  matter: z.string(),
  informant: z.string().nullable(),
  persons: z.array(named),
  finding: z.object({ id: z.string(), inspectionId: z.string() }).nullable(),
  problem: link,
  keyProject: named.nullable(),
  outcome: z.string().nullable(),
  concludedOn: civilDate.nullable(),
  steps: z.array(recordStep),
  ...offer,
})
export type CluePage = z.infer<typeof cluePage>
export const showClue = endpoint({
  method: 'GET',
  path: '/api/v1/clues/:id',
  tag,
  summary: '一条线索：反映的问题、被反映人、经过',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: cluePage,
})

const persons = z.array(personId).max(20)
const above = z
  .boolean()
  .default(false)
  .meta({ title: '直接送上级纪检', help: '反映本单位负责人的，系统自动送上级；不方便在本单位办的，也可以送。' })
/** What is said of a clue, whoever brings it. */
export const clueSaid = {
  title: words('反映什么', 60),
  matter: words('具体情况', 4000),
  namedIds: persons
    .default([])
    .meta({ title: '被反映人', help: '列出的人看不到这条线索，也不会在任何地方知道它；请把能确定的都列上。' }),
  above,
}
export const receiveClue = endpoint({
  method: 'POST',
  path: '/api/v1/clues',
  tag,
  summary: '受理一条线索；反映单位负责人的，送上级纪检',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '涉及哪个组织' }),
    source: clueSource.exclude(['finding', 'problem', 'key_project']).default('report').meta({ title: '来源' }),
    ...clueSaid,
    informant: z
      .string()
      .trim()
      .max(200)
      .optional()
      .meta({ title: '反映人', help: '可以不填；填了也只有办理的纪检人员看得到。' }),
    findingId: z.string().max(60).optional().meta({ title: '来自哪条检查发现' }),
    problemId: z.string().max(60).optional().meta({ title: '来自哪个问题' }),
    keyProjectId: z.string().max(60).optional().meta({ title: '涉及哪个重点项目' }),
  }),
  reply: z.object({
    id: z.string(),
    /** Whose discipline line handles it. */
    handledBy: z.string(),
    /** False where it went above, and whoever received it sees it no more. */
    visible: z.boolean(),
  }),
  status: 201,
})
export type ClueGiven = z.output<(typeof receiveClue)['body']>

const verb = <Body extends z.ZodType>(name: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/clues/:id/${name}`,
    tag,
    summary,
    params: z.strictObject({ id: z.string().max(60) }),
    body,
    reply: z.object({ id: z.string(), state: clueState, revision: z.number().int() }),
  })
export const assessClue = verb('assess', '评估线索，写明意见', z.strictObject({ opinion: words('评估意见', 2000) }))
export const verifyClue = verb(
  'verify',
  '决定核实，写明办法和期限',
  z.strictObject({ plan: words('核实办法', 2000), dueOn: civilDate.meta({ title: '核实期限' }) }),
)
export const extendClue = verb(
  'extend',
  '延长核实期限',
  z.strictObject({ dueOn: civilDate.meta({ title: '新的核实期限' }), reason }),
)
export const transferClue = verb('transfer', '移送有权处理的机关', z.strictObject({ to: words('移送到哪里', 100), reason }))
export const fileClue = verb('file', '存查，写明理由', z.strictObject({ reason }))
export const concludeClue = verb('conclude', '办结，写明结果', z.strictObject({ outcome: words('办理结果', 2000) }))
export const reopenClue = verb('reopen', '重新评估', z.strictObject({ reason }))
export const nameInClue = verb(
  'name',
  '补充被反映人；补上的人此后看不到这条线索',
  z.strictObject({
    namedIds: persons.min(1, { error: '请至少选一名被反映人。' }).meta({ title: '被反映人' }),
    above,
    reason,
  }),
)

problems({
  'supervision.clue_not_found': { status: 404, title: '没有找到这条线索，或不由您办理。' },
  'supervision.clue_not_allowed_now': { status: 409, title: '这条线索现在的状态不能这样办。' },
  'supervision.clue_person_unknown': { status: 422, title: '有人不在您能选的范围内。请重新选，或在具体情况里写明。' },
  'supervision.clue_place_differs': { status: 422, title: '线索涉及的组织与来源不一致，请选来源所在的组织。' },
  'supervision.clue_source_unknown': { status: 422, title: '没有找到线索的来源，请从原来的页面重新打开。' },
  'supervision.clue_nobody_handles': {
    status: 409,
    title: '被反映人需要回避，而该送的纪检组织还没有可以办理的账号，线索没有保存。请线下送上级纪检机关，并请安全管理员开通账号。',
  },
})
