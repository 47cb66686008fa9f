import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { question } from './questions.contract.ts'

const tag = '学习计划'
problems({
  'learning.study_plan_not_found': { status: 404, title: '没有找到这份学习计划，或不在您的范围内。' },
  'learning.study_unit_not_found': { status: 404, title: '没有找到这个学习单元，或不在您的范围内。' },
  'learning.study_not_allowed_now': { status: 409, title: '学习计划现在的状态不能这样办。' },
  'learning.study_unit_done_by_some': { status: 409, title: '已经有人学完这个单元，不能去掉；可以改名称和材料。' },
  'learning.study_bank_too_small': { status: 422, title: '题库里的题不够每次自测的题数，请加题或减少题数。' },
  'learning.study_answers_incomplete': { status: 422, title: '还有题没有答完，请答完再交。' },
  'learning.study_nobody': { status: 422, title: '您的帐号没有对应的人员，不能记学完。' },
  'learning.questions_sheet_columns': { status: 422, title: '表头缺少需要的列，请用模板填写。' },
})

export const topics = { three_regulations: '三大条例', discipline: '党规党纪', other: '其他' } as const
export type Topic = keyof typeof topics
export const topic = z
  .enum(Object.keys(topics) as [Topic, ...Topic[]], { error: '请选学习内容。' })
  .meta({ title: '学习内容', titles: topics })
export const audiences = { party_workers: '党务工作者', branch_secretaries: '支部书记', party_members: '党员' } as const
export type Audience = keyof typeof audiences
export const audience = z
  .enum(Object.keys(audiences) as [Audience, ...Audience[]], { error: '请选学习对象。' })
  .meta({ title: '学习对象', titles: audiences })

const written = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const ofStudyPlan = z.strictObject({ id: z.string().max(60).meta({ title: '学习计划' }) })
export const ofUnit = z.strictObject({ id: z.string().max(60).meta({ title: '学习单元' }) })

export const unitInput = z.strictObject({
  /** Of a unit that stands already; left out for a new one. */
  id: z.string().max(60).optional(),
  title: z.string().trim().min(1, { error: '请写单元名称。' }).max(100).meta({ title: '单元' }),
  material: z.string().trim().max(2000).optional().meta({ title: '学什么', help: '章节、文件或网址' }),
  byDay: civilDate.optional().meta({ title: '学到哪天', help: '可不填' }),
  asked: z.number().int().min(0).max(50).default(5).meta({ title: '自测题数', help: '0 为不测，本人学完点一下即可' }),
  rightShare: z.number().min(0.1).max(1).default(0.8).meta({ title: '答对多少算学完', help: '0.8 即八成' }),
})
export const studyPlanBody = z.strictObject({
  organizationId,
  year: z.number().int().min(2000).max(2100).meta({ title: '年度' }),
  topic,
  audience,
  title: z.string().trim().min(1, { error: '请写计划名称。' }).max(100).meta({ title: '计划名称' }),
  note: z.string().trim().max(1000).optional().meta({ title: '说明' }),
  units: z.array(unitInput).min(1, { error: '请至少排一个单元。' }).max(60).meta({ title: '单元' }),
})
export const createStudyPlan = endpoint({
  method: 'POST',
  path: '/api/v1/study-plans',
  tag,
  summary: '排一份学习计划，给本组织和所有下级的学习对象',
  body: studyPlanBody,
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const correctStudyPlan = endpoint({
  method: 'POST',
  path: '/api/v1/study-plans/:id/correct',
  tag,
  summary: '更正学习计划；原计划留存，已有人学完的单元不能去掉',
  params: ofStudyPlan,
  body: studyPlanBody
    .omit({ organizationId: true, year: true, topic: true, audience: true })
    .extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason: written('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const closeStudyPlan = endpoint({
  method: 'POST',
  path: '/api/v1/study-plans/:id/close',
  tag,
  summary: '结束学习计划，不再自测；已学完的照样计入',
  params: ofStudyPlan,
  reply: z.object({ id: z.string() }),
})
export const withdrawStudyPlan = endpoint({
  method: 'POST',
  path: '/api/v1/study-plans/:id/withdraw',
  tag,
  summary: '撤回误排的学习计划；不再计入',
  params: ofStudyPlan,
  body: z.strictObject({ reason: written('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
const state = z.enum(['open', 'closed', 'withdrawn'])
export const studyPlanLine = z.object({
  id: z.string(),
  title: z.string(),
  state,
  organization: z.object({ id: z.string(), name: z.string() }),
  year: z.number().int(),
  topic,
  audience,
  units: z.number().int(),
  /** Whether the plan is for the reader, and how many units the reader is done with. */
  forMe: z.boolean(),
  doneByMe: z.number().int(),
})
export type StudyPlanLine = z.infer<typeof studyPlanLine>
export const listStudyPlans = endpoint({
  method: 'GET',
  path: '/api/v1/study-plans',
  tag,
  summary: '学习计划列表：上级排的和下级自己排的',
  query: pageQuery.extend({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    topic: topic.optional(),
    state: state.optional().meta({ title: '状态' }),
    under: organizationId.optional(),
  }),
  reply: listOf(studyPlanLine),
})
export const studyUnit = z.object({
  id: z.string(),
  title: z.string(),
  material: z.string().nullable(),
  byDay: civilDate.nullable(),
  asked: z.number().int(),
  rightShare: z.number(),
  questions: z.number().int(),
  /** The day on which the reader was done with it. */
  doneOn: civilDate.nullable(),
})
export type StudyUnit = z.infer<typeof studyUnit>
export const studyPlanPage = studyPlanLine.omit({ units: true }).extend({
  revision: z.number().int(),
  note: z.string().nullable(),
  stateReason: z.string().nullable(),
  units: z.array(studyUnit),
  abilities: z.array(z.string()),
})
export type StudyPlanPage = z.infer<typeof studyPlanPage>
export const showStudyPlan = endpoint({
  method: 'GET',
  path: '/api/v1/study-plans/:id',
  tag,
  summary: '一份学习计划的单元，和本人学完了哪些',
  params: ofStudyPlan,
  reply: studyPlanPage,
})
export const studyCoverage = endpoint({
  method: 'GET',
  path: '/api/v1/study-plans/:id/coverage',
  tag,
  summary: '各组织学完的人次；谁没有学完只告诉本人所在的支部',
  params: ofStudyPlan,
  query: z.strictObject({ under: organizationId.optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        organization: z.object({ id: z.string(), name: z.string() }),
        people: z.number().int(),
        owed: z.number().int(),
        done: z.number().int(),
      }),
    ),
    /** Of exactly the branches that the reader keeps. */
    holes: z.array(z.object({ name: z.string(), organization: z.string(), units: z.array(z.string()) })),
    next: z.string().nullable(),
  }),
})

export const showQuestions = endpoint({
  method: 'GET',
  path: '/api/v1/study-units/:id/questions',
  tag,
  summary: '一个单元的题库，含答案，给排计划的人',
  params: ofUnit,
  reply: z.object({ items: z.array(question), next: z.string().nullable() }),
})
export const replaceQuestions = endpoint({
  method: 'PUT',
  path: '/api/v1/study-units/:id/questions',
  tag,
  summary: '换下一个单元的整个题库；有一题不对，一题也不存',
  params: ofUnit,
  body: z.strictObject({ questions: z.array(question).max(500).meta({ title: '题库' }) }),
  reply: z.object({ questions: z.number().int() }),
})
export const readQuestionsSheet = endpoint({
  method: 'POST',
  path: '/api/v1/study-units/:id/questions/sheet',
  tag,
  summary: '读一份题库 Excel（multipart/form-data：file），逐行列出错误；只预览，不保存',
  params: ofUnit,
  reply: z.object({
    questions: z.array(question),
    faults: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
  }),
})
export const questionsTemplate = endpoint({
  method: 'GET',
  path: '/api/v1/study-units/questions-template',
  tag,
  summary: '题库的 Excel 模板',
  reply: z.unknown(),
})
export const showTest = endpoint({
  method: 'GET',
  path: '/api/v1/study-units/:id/test',
  tag,
  summary: '一个单元的自测题，不含答案',
  params: ofUnit,
  reply: z.object({
    unit: studyUnit,
    plan: z.object({ id: z.string(), title: z.string() }),
    questions: z.array(z.object({ id: z.string(), kind: question.shape.kind, text: z.string(), options: z.array(z.string()) })),
  }),
})
export const takeTest = endpoint({
  method: 'POST',
  path: '/api/v1/study-units/:id/test',
  tag,
  summary: '交自测；答案和对错只回给本人，系统只记这个单元学完了没有',
  params: ofUnit,
  body: z.strictObject({
    answers: z
      .array(z.strictObject({ questionId: z.string().max(60), chosen: z.array(z.number().int().min(1).max(8)).max(8) }))
      .max(50)
      .meta({ title: '答案' }),
  }),
  reply: z.object({
    done: z.boolean(),
    sentence: z.string(),
    answers: z.array(
      z.object({
        questionId: z.string(),
        correct: z.boolean(),
        right: z.array(z.number().int()),
        explanation: z.string().nullable(),
      }),
    ),
  }),
})
