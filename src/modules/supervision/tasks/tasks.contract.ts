import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { givenTasks, taskDraft, taskDrafts } from './task-draft.contract.ts'
import { taskStates, type TaskState } from './tasks.lifecycle.ts'

const tag = '督办任务'
export const taskState = z.enum(Object.keys(taskStates) as [TaskState, ...TaskState[]]).meta({ title: '状态' })
const who = z.object({ id: z.string(), name: z.string() })
export const ofTask = z.strictObject({ id: z.string().max(60).meta({ title: '任务' }) })

export const taskLine = z.object({
  id: z.string(),
  title: z.string(),
  state: taskState,
  organization: who,
  unit: who.nullable(),
  owner: who,
  dueOn: civilDate,
  criterion: z.string(),
  /** Days past due, waiting above not counted; 0 when in time or out of their hands. */
  overdueDays: z.number().int(),
  /** What stands behind it: progress is these two, never a typed figure. */
  records: z.number().int(),
  lastRecordOn: civilDate.nullable(),
  parts: z.object({ total: z.number().int(), closed: z.number().int() }),
  decision: z.object({ id: z.string(), documentNumber: z.string() }).nullable(),
  givenOn: civilDate,
})
export type TaskLine = z.infer<typeof taskLine>

const taskFilters = {
  under: organizationId.optional(),
  state: taskState.optional(),
  owner: personId.optional(),
  overdue: z.enum(['yes']).optional().meta({ title: '只看超期' }),
  mine: z.enum(['to_act']).optional().meta({ title: '等我办理' }),
  decision: z.string().max(60).optional().meta({ title: '部署' }),
  text: z.string().trim().max(50).optional(),
  sort: z.enum(['dueOn', '-dueOn', '-givenOn']).default('dueOn'),
}
export const listTasks = endpoint({
  method: 'GET',
  path: '/api/v1/tasks',
  tag,
  summary: '任务：谁承办、谁负责、何时完成、关联了什么记录',
  query: pageQuery.extend(taskFilters),
  reply: listOf(taskLine),
})
export const exportTasks = endpoint({
  method: 'GET',
  path: '/api/v1/tasks/export',
  tag,
  summary: '任务导出为 Excel，筛选与列表相同',
  query: z.strictObject(taskFilters),
  reply: z.undefined(),
})
export const taskChange = z.object({
  task: z.object({ id: z.string(), title: z.string(), organization: z.string() }),
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  by: z.string(),
  on: civilDate,
})
export type TaskChange = z.infer<typeof taskChange>
export const listTaskChanges = endpoint({
  method: 'GET',
  path: '/api/v1/tasks/changes',
  tag,
  summary: '某日以来责任人、时限、标准的变动：谁、何时、为什么改的',
  query: z.strictObject({
    since: civilDate.meta({ title: '自哪天起' }),
    under: organizationId.optional(),
    decision: z.string().max(60).optional(),
  }),
  reply: z.object({ items: z.array(taskChange), cut: z.boolean() }),
})

const evidence = z.object({
  id: z.string(),
  kind: z.string(),
  kindName: z.string(),
  /** Where it opens; null for a paper, which is described in words. */
  link: z.string().nullable(),
  title: z.string(),
  said: z.string().nullable(),
  on: civilDate,
  by: z.string(),
})
export const taskPage = taskLine.extend({
  revision: z.number().int(),
  givenBy: who,
  matter: z.object({ text: z.string(), dueOn: civilDate }).nullable(),
  plan: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What the task above promised when this one was made of it; `dueOn` is its day now, where the reader may see it. */
  promise: z
    .object({
      title: z.string(),
      criterion: z.string(),
      promisedDueOn: civilDate,
      id: z.string().nullable(),
      dueOn: civilDate.nullable(),
    })
    .nullable(),
  children: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: taskState,
      organization: z.string(),
      owner: z.string(),
      dueOn: civilDate,
    }),
  ),
  evidence: z.array(evidence),
  /** 第一责任人、直接责任人 of the unit concerned, from the register. */
  chain: z.array(z.object({ duty: z.string(), name: z.string() })),
  waitingFor: z.string().nullable(),
  waitingSince: civilDate.nullable(),
  waitedDays: z.number().int(),
  askedDueOn: civilDate.nullable(),
  report: z.string().nullable(),
  verification: z.string().nullable(),
  proposedCase: z.string().nullable(),
  steps: z.array(
    z.object({
      action: z.string(),
      actionName: z.string(),
      by: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
      details: z.array(z.object({ label: z.string(), text: z.string() })),
    }),
  ),
  abilities: z.array(z.string()),
  notices: z.array(z.string()),
})
export type TaskPage = z.infer<typeof taskPage>
export const showTask = endpoint({
  method: 'GET',
  path: '/api/v1/tasks/:id',
  tag,
  summary: '一项任务：上级的承诺、下级的分解、关联的记录、经过、现在谁能做什么',
  params: ofTask,
  reply: taskPage,
})

const reason = z.string({ error: '请写明理由。' }).trim().min(2, { error: '请写明理由。' }).max(500).meta({ title: '理由' })
export const giveTask = endpoint({
  method: 'POST',
  path: '/api/v1/tasks',
  tag,
  summary: '直接交办（不出自部署和方案），可一次交给几个组织',
  body: z.strictObject({ title: taskDraft.shape.title.unwrap(), tasks: taskDrafts }),
  reply: givenTasks,
  status: 201,
})

const stepReply = z.object({ id: z.string(), state: taskState, revision: z.number().int() })
const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({ method: 'POST', path: `/api/v1/tasks/:id/${verb}`, tag, summary, params: ofTask, body, reply: stepReply })

export const delegateTask = step(
  'parts',
  '分解给下级：每项有单位、责任人、时限和标准，时限不晚于本任务',
  z.strictObject({ tasks: taskDrafts }),
)
export const linkKinds = { meeting: '会议', work_record: '工作纪实', file: '文件', paper: '材料' } as const
export type LinkKind = keyof typeof linkKinds
export const linkRecord = step(
  'evidence',
  '关联一条记录：会议、工作纪实、文件，或写明材料在哪里可以查到',
  z.strictObject({
    kind: z.enum(Object.keys(linkKinds) as [LinkKind, ...LinkKind[]]).meta({ title: '哪类记录' }),
    reference: z.string().min(1).max(60).optional().meta({ title: '记录' }),
    said: z.string().trim().min(2).max(300).optional().meta({ title: '说明', help: '是什么材料、文号多少、在哪里可以查到。' }),
  }),
)
export const unlinkRecord = step(
  'evidence/remove',
  '去掉一条关联；关联过的事仍留在经过里',
  z.strictObject({ evidenceId: z.string().max(60).meta({ title: '关联' }), reason }),
)
export const reportTask = step(
  'report',
  '报告办理结果；须已关联记录或下级任务都已办结',
  z.strictObject({
    report: z
      .string({ error: '请写明办理结果。' })
      .trim()
      .min(4, { error: '请写明办理结果。' })
      .max(2000)
      .meta({ title: '办理结果' }),
  }),
)
export const verifyTask = step(
  'verify',
  '核验办结；核验人不能是报告人或责任人',
  z.strictObject({
    verification: z
      .string({ error: '请写明核验情况。' })
      .trim()
      .min(4, { error: '请写明核验情况。' })
      .max(1000)
      .meta({ title: '核验情况' }),
    onSite: z.boolean().default(false).meta({ title: '到现场核验' }),
  }),
)
export const returnTask = step('return', '退回继续办理', z.strictObject({ reason }))
export const askExtension = step(
  'extension',
  '在超期之前申请延期，由交办的一方决定',
  z.strictObject({ until: civilDate.meta({ title: '延到哪天' }), reason }),
)
export const grantExtension = step('extension/grant', '同意延期', z.strictObject({ reason }))
export const refuseExtension = step('extension/refuse', '不同意延期', z.strictObject({ reason }))
export const pauseTask = step(
  'pause',
  '在等上级：停表',
  z.strictObject({ waitingFor: z.string({ error: '请写明在等什么。' }).trim().min(2).max(200).meta({ title: '在等什么' }) }),
)
export const resumeTask = step('resume', '上级已办：续表', z.strictObject({}))
export const changeTask = step(
  'change',
  '调整责任人、时限或标准；改前改后都留着',
  z.strictObject({
    revision: z.number().int().meta({ title: '版次' }),
    ownerId: personId.optional().meta({ title: '责任人' }),
    dueOn: civilDate.optional().meta({ title: '完成时限' }),
    criterion: taskDraft.shape.criterion.optional(),
    reason,
  }),
)
export const urgeTask = step('urge', '催办任务', z.strictObject({ reason }))
export const cancelTask = step('cancel', '撤销任务', z.strictObject({ reason }))
export const reopenTask = step(
  'reopen',
  '重新办理已办结的任务',
  z.strictObject({ reason, dueOn: civilDate.meta({ title: '完成时限' }) }),
)

problems({
  'supervision.task_not_found': { status: 404, title: '没有找到这项任务，或不在您的管理范围内。' },
  'supervision.task_not_allowed_now': { status: 409, title: '任务现在的状态不能这样办。' },
  'supervision.task_has_open_parts': { status: 409, title: '下级任务还没有办结，先等它们办结或撤销。' },
  'supervision.extension_too_late': { status: 409, title: '已经超期，不能再申请延期。' },
  'supervision.report_without_record': {
    status: 422,
    title: '还没有关联记录：先关联会议、工作纪实、文件，或写明材料在哪里可以查到。',
  },
  'supervision.record_not_found': { status: 422, title: '没有找到要关联的记录，或不在您的范围内。' },
  'supervision.later_than_promised': { status: 422, title: '时限晚于上面承诺的时限。' },
  'supervision.organization_not_below': { status: 422, title: '只能分解给本组织或下级组织。' },
})
