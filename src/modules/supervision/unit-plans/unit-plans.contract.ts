import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { givenTasks, taskDraft, taskDrafts } from '../tasks/task-draft.contract.ts'
import { planStates, type PlanState } from './unit-plans.lifecycle.ts'

const tag = '实施方案'
export const planState = z.enum(Object.keys(planStates) as [PlanState, ...PlanState[]]).meta({ title: '状态' })
export const ofPlan = z.strictObject({ id: z.string().max(60).meta({ title: '方案' }) })
const who = z.object({ id: z.string(), name: z.string() })
const year = z.coerce.number({ error: '请填年度。' }).int().min(2019).max(2045).meta({ title: '年度' })

const needed = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })

/** What a plan says: sections of text, and items from which tasks can be made. */
export const planBody = z.strictObject({
  title: needed('名称', 120).meta({ title: '名称' }),
  sections: z
    .array(
      z.strictObject({
        title: needed('小标题', 60).meta({ title: '小标题' }),
        text: needed('正文', 8000).meta({ title: '正文' }),
      }),
    )
    .min(1, { error: '请至少写一节。' })
    .max(30)
    .meta({ title: '各节' }),
  items: z
    .array(
      z.strictObject({
        title: needed('工作事项', 200).meta({ title: '工作事项' }),
        criterion: needed('完成标准', 500).meta({ title: '完成标准' }),
        dueOn: civilDate.meta({ title: '时限' }),
      }),
    )
    .max(100)
    .default([])
    .meta({ title: '任务清单', help: '可以不写；写了的，印发后可直接按它交办任务。' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '附件', help: '不是必填' }),
})
export type PlanBody = z.output<typeof planBody>

export const planLine = z.object({
  id: z.string(),
  title: z.string(),
  year: z.number().int(),
  state: planState,
  organization: who,
  version: z.number().int(),
  publishedVersion: z.number().int().nullable(),
  publishedOn: civilDate.nullable(),
})
export type PlanLine = z.infer<typeof planLine>
const planFilters = {
  year: year.optional(),
  state: planState.optional(),
  under: organizationId.optional(),
  text: z.string().trim().max(50).optional(),
}
export const listPlans = endpoint({
  method: 'GET',
  path: '/api/v1/unit-plans',
  tag,
  summary: '各单位的实施方案，按组织次序',
  query: pageQuery.extend(planFilters),
  reply: listOf(planLine),
})
export const exportPlans = endpoint({
  method: 'GET',
  path: '/api/v1/unit-plans/export',
  tag,
  summary: '实施方案的情况导出为 Excel，没有方案的单位也在内',
  query: z.strictObject({ year }),
  reply: z.undefined(),
})
export const missingPlans = endpoint({
  method: 'GET',
  path: '/api/v1/unit-plans/missing',
  tag,
  summary: '还没有印发实施方案的单位，按组织次序',
  query: z.strictObject({ year }),
  reply: z.object({
    items: z.array(z.object({ unit: who, plan: z.object({ id: z.string(), state: planState }).nullable() })),
    units: z.number().int(),
  }),
})
const version = z.object({
  version: z.number().int(),
  writtenOn: z.string(),
  by: z.string(),
  body: planBody.omit({ fileIds: true }),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type PlanVersion = z.infer<typeof version>
export const planPage = planLine.extend({
  revision: z.number().int(),
  stateReason: z.string().nullable(),
  /** The version that this reader reads: what is being written, or what was published. */
  now: version,
  /** All versions the reader may see, the first one first. */
  versions: z.array(version),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      item: z.string().nullable(),
      organization: z.string(),
      state: z.string(),
      dueOn: civilDate,
    }),
  ),
  steps: z.array(
    z.object({ action: z.string(), actionName: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() }),
  ),
  abilities: z.array(z.string()),
})
export type PlanPage = z.infer<typeof planPage>
export const showPlan = endpoint({
  method: 'GET',
  path: '/api/v1/unit-plans/:id',
  tag,
  summary: '一份实施方案：正文、任务清单、各版次、经过',
  params: ofPlan,
  reply: planPage,
})

const reason = needed('理由', 500).meta({ title: '理由' })
export const writePlan = endpoint({
  method: 'POST',
  path: '/api/v1/unit-plans',
  tag,
  summary: '起草一个年度的实施方案',
  body: planBody.extend({ organizationId: organizationId.meta({ title: '单位' }), year }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/unit-plans/:id/${verb}`,
    tag,
    summary,
    params: ofPlan,
    body,
    reply: z.object({ id: z.string(), state: planState, revision: z.number().int() }),
  })
export const editPlan = step(
  'edit',
  '修改起草中、退回或修订中的方案',
  planBody.extend({ revision: z.number().int().meta({ title: '修改次数' }) }),
)
export const submitPlan = step('submit', '报送审核', z.strictObject({}))
export const takeBackPlan = step('take-back', '撤回报送', z.strictObject({ reason }))
export const returnPlan = step('return', '退回修改', z.strictObject({ reason }))
export const approvePlan = step('approve', '审定', z.strictObject({ reason: reason.optional().meta({ title: '审核意见' }) }))
export const publishPlan = step('publish', '印发所属组织', z.strictObject({}))
export const amendPlan = step('amend', '修订：另起一版，印发之前下级看到的仍是原版', z.strictObject({ reason }))
export const dropAmendment = step('drop', '放弃修订，仍用原版', z.strictObject({ reason }))
export const giveByPlan = endpoint({
  method: 'POST',
  path: '/api/v1/unit-plans/:id/tasks',
  tag,
  summary: '按方案任务清单中的一项交办任务',
  params: ofPlan,
  body: z.strictObject({
    item: needed('工作事项', 200).meta({ title: '工作事项' }),
    title: taskDraft.shape.title,
    tasks: taskDrafts,
  }),
  reply: givenTasks,
  status: 201,
})

problems({
  'supervision.unit_plan_not_found': { status: 404, title: '没有找到这份方案，或还没有印发到您这里。' },
  'supervision.unit_plan_not_allowed_now': { status: 409, title: '方案现在的状态不能这样办。' },
  'supervision.unit_plan_exists': { status: 409, title: '这个年度已经有方案，请打开它修改或修订。' },
  'supervision.unit_plan_of_unit': { status: 422, title: '实施方案由单位制定，请选择单位。' },
  'supervision.unit_plan_item_unknown': { status: 422, title: '印发的方案里没有这一项，请从任务清单中选。' },
})
