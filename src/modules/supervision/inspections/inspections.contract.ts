import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { findingLine } from './findings.contract.ts'
import { enumOf, momentGiven, named, ofOne, reason } from './inspection-fields.contract.ts'
import { inspectionStates, manners } from './inspections.lifecycle.ts'
import { answers } from './inspections.rules.ts'
import { sheetGiven, sheetShown } from './sheets.contract.ts'

export const inspectionState = enumOf(inspectionStates).meta({ title: '状态' })
const manner = enumOf(manners).meta({ title: '方式', help: '公开检查先通知；暗访在开始以前，被检查的组织看不到。' })
const tag = '检查'

export const inspectionLine = z.object({
  id: z.string(),
  title: z.string(),
  state: inspectionState,
  manner,
  organization: named,
  ledBy: named,
  visitOn: civilDate,
  inspectors: z.array(named),
  /** The inspectors come from several units. */
  joint: z.boolean(),
  /** Findings that the reader may see and that were not withdrawn. */
  findings: z.number().int(),
  serious: z.number().int(),
})
export type InspectionLine = z.infer<typeof inspectionLine>

const filters = {
  under: organizationId.optional(),
  state: inspectionState.optional(),
  manner: manner.optional(),
  mine: z.enum(['yes']).optional().meta({ title: '我参加的' }),
  text: z.string().trim().max(50).optional(),
}
export const listInspections = endpoint({
  method: 'GET',
  path: '/api/v1/inspections',
  tag,
  summary: '检查',
  query: pageQuery.extend(filters),
  reply: listOf(inspectionLine),
})
export const exportInspections = endpoint({
  method: 'GET',
  path: '/api/v1/inspections/export',
  tag,
  summary: '检查导出为 Excel，筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})

export const checklistLine = z.object({
  id: z.string(),
  kind: z.enum(['requirement', 'weak', 'case', 'fixed', 'own']),
  requirement: z.string().nullable(),
  clause: z.string().nullable(),
  question: z.string(),
  why: z.string(),
  revision: z.number().int(),
  answer: enumOf(answers).nullable(),
  note: z.string().nullable(),
  answeredBy: z.string().nullable(),
})
export type ChecklistLine = z.infer<typeof checklistLine>

export const inspectionPage = inspectionLine.omit({ findings: true, serious: true }).extend({
  revision: z.number().int(),
  despite: z.string().nullable(),
  keyProject: named.nullable(),
  announcedOn: civilDate.nullable(),
  startedAt: z.string().nullable(),
  signedAt: z.string().nullable(),
  conclusion: z.string().nullable(),
  cancelReason: z.string().nullable(),
  remark: z.object({ text: z.string(), by: z.string(), at: z.string() }).nullable(),
  lines: z.array(checklistLine),
  findings: z.array(findingLine),
  sheets: z.array(sheetShown),
  steps: z.array(z.object({ actionName: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() })),
  abilities: z.array(z.string()),
  /** One of the inspectors: whoever prepares it for a place without network. */
  inspects: z.boolean(),
})
export type InspectionPage = z.infer<typeof inspectionPage>
export const showInspection = endpoint({
  method: 'GET',
  path: '/api/v1/inspections/:id',
  tag,
  summary: '一次检查：清单、发现、签字、经过、现在谁能做什么',
  params: ofOne,
  reply: inspectionPage,
})

export const planInspections = endpoint({
  method: 'POST',
  path: '/api/v1/inspections',
  tag,
  summary: '安排检查：每个被检查组织一次，清单由条文和该组织的薄弱处拟出',
  body: z.strictObject({
    title: z.string().trim().min(2, { error: '请写明检查什么。' }).max(60).meta({ title: '检查名称' }),
    manner,
    organizationIds: z.array(organizationId).min(1, { error: '请至少选一个组织。' }).max(50).meta({ title: '检查哪些组织' }),
    inspectorIds: z
      .array(personId)
      .min(1, { error: '请至少选一名检查人。' })
      .max(20)
      .meta({ title: '检查人', help: '可以是几个单位的人；不能选被检查组织自己的人。' }),
    visitOn: civilDate.meta({ title: '检查日期' }),
    keyProjectId: z
      .string()
      .max(60)
      .optional()
      .meta({ title: '重点项目', help: '检查重点项目的选；检查它的责任单位或临时党支部。' }),
    despite: z
      .string()
      .trim()
      .min(4, { error: '请写明为什么还要去。' })
      .max(300)
      .optional()
      .meta({ title: '近期去过仍要去的理由', help: '近期检查过的组织免检；确需再去的写明理由。' }),
  }),
  reply: z.object({ ids: z.array(z.string()) }),
  status: 201,
})

const verb = <Body extends z.ZodType>(name: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/inspections/:id/${name}`,
    tag,
    summary,
    params: ofOne,
    body,
    reply: z.object({ id: z.string(), state: inspectionState, revision: z.number().int() }),
  })
export const announceInspection = verb('announce', '发检查通知；公开检查在开始以前通知', z.strictObject({}))
export const editChecklist = verb(
  'checklist',
  '改检查清单：没有列出的去掉，没有编号的是新加的',
  z.strictObject({
    revision: z.number().int().meta({ title: '修订号' }),
    lines: z
      .array(
        z.strictObject({
          id: z.string().max(60).optional().meta({ title: '编号' }),
          question: z.string().trim().min(2, { error: '请写明查什么。' }).max(200).meta({ title: '查什么' }),
        }),
      )
      .max(60)
      .meta({ title: '清单' }),
  }),
)
export const startInspection = verb(
  'start',
  '到现场开始检查；此后被检查的组织看得到',
  z.strictObject({ startedAt: momentGiven.optional().meta({ title: '开始时间' }) }),
)
export const signInspection = verb('sign', '双方在屏幕上签字；拒签的写明理由', sheetGiven)
export const remarkInspection = verb(
  'remark',
  '被检查组织对结果作说明，只有一次',
  z.strictObject({ remark: z.string().trim().min(2, { error: '请写明说明。' }).max(1000).meta({ title: '说明' }) }),
)
export const closeInspection = verb(
  'close',
  '办结检查',
  z.strictObject({ conclusion: z.string().trim().min(4, { error: '请写明检查结论。' }).max(1000).meta({ title: '检查结论' }) }),
)
export const cancelInspection = verb('cancel', '取消检查', z.strictObject({ reason }))
export const resumeInspection = verb('resume', '恢复已取消或已办结的检查', z.strictObject({ reason }))

const answerGiven = z.strictObject({
  line: z.string().max(60).meta({ title: '清单项' }),
  /** The line's revision that the answer was given over. */
  over: z.number().int().min(0).meta({ title: '所见修订号' }),
  answer: enumOf(answers).meta({ title: '结果' }),
  note: z.string().trim().max(500).optional().meta({ title: '看到的情况' }),
})
export const answerLines = endpoint({
  method: 'POST',
  path: '/api/v1/inspections/:id/answers',
  tag,
  summary: '记清单结果；别人已记了不同结果的不覆盖，列在 conflicts 里',
  params: ofOne,
  body: z.strictObject({ answers: z.array(answerGiven).min(1).max(60).meta({ title: '结果' }) }),
  reply: z.object({
    kept: z.array(z.object({ line: z.string(), revision: z.number().int() })),
    conflicts: z.array(checklistLine),
  }),
})

problems({
  'supervision.inspection_not_found': { status: 404, title: '没有找到这次检查，或还不能看。' },
  'supervision.inspection_not_allowed_now': { status: 409, title: '这次检查现在的状态不能这样办。' },
  'supervision.visit_project_unknown': { status: 422, title: '没有找到这个重点项目，请重新选。' },
  'supervision.visit_in_past': { status: 422, title: '检查日期已经过去，请填今天或以后的日期。' },
  'supervision.visited_lately': { status: 409, title: '近期检查过，免检。确需再去，请写明理由。' },
  'supervision.visits_from_above': { status: 422, title: '检查由上级组织安排，不能安排检查自己的组织或上级。' },
  'supervision.inspector_of_visited': { status: 422, title: '检查人不能是被检查组织自己的人，请另选。' },
  'supervision.inspector_not_found': { status: 422, title: '没有找到这名检查人，请另选。' },
  'supervision.checklist_changed': { status: 409, title: '检查清单已被别人改过，请重新查看后再改。' },
})
