import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { givenTasks, taskDraft, taskDrafts } from '../tasks/task-draft.contract.ts'
import { taskState } from '../tasks/tasks.contract.ts'
import { decisionStates, type DecisionState } from './decisions.lifecycle.ts'

const tag = '上级部署'
export const decisionState = z.enum(Object.keys(decisionStates) as [DecisionState, ...DecisionState[]]).meta({ title: '状态' })
const who = z.object({ id: z.string(), name: z.string() })
export const ofDecisionId = z.strictObject({ id: z.string().max(60).meta({ title: '部署' }) })

/** How far matters have come, counted from their tasks; never a typed figure. */
const progress = z.object({
  matters: z.number().int(),
  /** Matters without any task. */
  bare: z.number().int(),
  tasks: z.number().int(),
  closed: z.number().int(),
  overdue: z.number().int(),
})

export const decisionLine = z.object({
  id: z.string(),
  documentNumber: z.string(),
  title: z.string(),
  issuer: z.string(),
  issuedOn: civilDate,
  state: decisionState,
  organization: who,
  /** The earliest day of a matter that is not done. */
  nextDue: civilDate.nullable(),
  progress,
})
export type DecisionLine = z.infer<typeof decisionLine>

const decisionFilters = {
  under: organizationId.optional(),
  state: decisionState.optional(),
  overdue: z.enum(['yes']).optional().meta({ title: '有任务超期' }),
  bare: z.enum(['yes']).optional().meta({ title: '有要点没有分解' }),
  text: z.string().trim().max(50).optional(),
}
export const listDecisions = endpoint({
  method: 'GET',
  path: '/api/v1/decisions',
  tag,
  summary: '上级部署：要点分解了多少、办结了多少',
  query: pageQuery.extend(decisionFilters),
  reply: listOf(decisionLine),
})
export const exportDecisions = endpoint({
  method: 'GET',
  path: '/api/v1/decisions/export',
  tag,
  summary: '上级部署导出为 Excel，一行一个要点',
  query: z.strictObject(decisionFilters),
  reply: z.undefined(),
})
export const matterTask = z.object({
  id: z.string(),
  title: z.string(),
  state: taskState,
  organization: z.string(),
  owner: z.string(),
  dueOn: civilDate,
  overdueDays: z.number().int(),
  records: z.number().int(),
})
export const decisionPage = decisionLine.extend({
  revision: z.number().int(),
  matters: z.array(z.object({ id: z.string(), text: z.string(), dueOn: civilDate, tasks: z.array(matterTask) })),
  steps: z.array(
    z.object({ action: z.string(), actionName: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() }),
  ),
  abilities: z.array(z.string()),
})
export type DecisionPage = z.infer<typeof decisionPage>
export const showDecision = endpoint({
  method: 'GET',
  path: '/api/v1/decisions/:id',
  tag,
  summary: '一项部署：每个要点分解成哪些任务，各办到哪里',
  params: ofDecisionId,
  reply: decisionPage,
})

const text = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(2, { error: missing })
    .max(most, { error: `不超过 ${most} 个字。` })
const reason = text('请写明理由。', 500).meta({ title: '理由' })
const matterText = text('请写明要点的内容。', 500).meta({ title: '要点' })
const matterDay = z
  .string({ error: '请填这个要点的时限。' })
  .min(1, { error: '请填这个要点的时限。' })
  .pipe(civilDate)
  .meta({ title: '时限', format: 'date' })

const decisionWords = {
  documentNumber: text('请写文号；没有文号的写会议或口头部署的名称。', 60).meta({ title: '文号' }),
  title: text('请写部署的名称。', 120).meta({ title: '名称' }),
  issuer: text('请写由哪里部署。', 60).meta({ title: '发文机关' }),
  issuedOn: civilDate.meta({ title: '发文日期' }),
}
export const recordDecision = endpoint({
  method: 'POST',
  path: '/api/v1/decisions',
  tag,
  summary: '登记上级部署和它的要点',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '由哪里登记' }),
    ...decisionWords,
    matters: z
      .array(z.strictObject({ text: matterText, dueOn: matterDay }))
      .min(1, { error: '请至少写一个要点。' })
      .max(60)
      .meta({ title: '要点' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/decisions/:id/${verb}`,
    tag,
    summary,
    params: ofDecisionId,
    body,
    reply: z.object({ id: z.string(), state: decisionState, revision: z.number().int() }),
  })
export const correctDecision = step(
  'correct',
  '更正文号、名称和要点；已有任务的要点不能去掉',
  z.strictObject({
    revision: z.number().int().meta({ title: '版次' }),
    ...decisionWords,
    matters: z
      .array(z.strictObject({ id: z.string().max(60).optional().meta({ title: '原要点' }), text: matterText, dueOn: matterDay }))
      .min(1, { error: '请至少写一个要点。' })
      .max(60)
      .meta({ title: '要点' }),
    reason,
  }),
)
export const closeDecision = step('close', '每个要点的任务都办结后，办结部署', z.strictObject({ reason: reason.optional() }))
export const reopenDecision = step('reopen', '重新办理', z.strictObject({ reason }))
export const withdrawDecision = step('withdraw', '撤回登记错的部署；已有任务的不能撤回', z.strictObject({ reason }))
export const breakDown = endpoint({
  method: 'POST',
  path: '/api/v1/decisions/:id/tasks',
  tag,
  summary: '把一个要点一次分解为几项任务；每项缺单位、责任人、时限、标准的都不收',
  params: ofDecisionId,
  body: z.strictObject({
    matterId: z.string({ error: '请选择分解哪个要点。' }).max(60).meta({ title: '要点' }),
    title: taskDraft.shape.title,
    tasks: taskDrafts,
  }),
  reply: givenTasks,
  status: 201,
})

problems({
  'supervision.decision_not_found': { status: 404, title: '没有找到这项部署，或不在您的管理范围内。' },
  'supervision.decision_not_allowed_now': { status: 409, title: '部署现在的状态不能这样办。' },
  'supervision.decision_not_done': { status: 409, title: '还有要点没有办结，不能办结整项部署。' },
  'supervision.matter_not_found': { status: 422, title: '没有找到这个要点，请重新打开部署再选。' },
  'supervision.matter_has_tasks': { status: 409, title: '这个要点已经分解为任务，不能去掉；不再需要的先撤销任务。' },
})
