import { z } from 'zod'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationKind } from '../../directory/organizations/organizations.contract.ts'
import { postCode } from '../../directory/posts/posts.contract.ts'
import { dimensions } from '../obligations/obligations.contract.ts'
import { rulebookTag } from './rulebook-tags.contract.ts'

/** The six dimensions of the source document, and `general` for clauses that serve all of them. */
export const dimensionTitles = { ...dimensions, general: '总体' } as const

export const strengthTitles = { hard: '硬', soft: '软' } as const
/** Natural periods, and two without: once by a day, and so long after each event. */
export const cadenceTitles = {
  month: '每月',
  quarter: '每季',
  half: '每半年',
  year: '每年',
  once: '一次',
  event: '事后限期',
} as const
export const documentKindTitles = {
  local_document: '地方文件',
  party_regulation: '党内法规',
  working_practice: '工作惯例',
} as const

/** How well the wording behind a clause or requirement has been seen, best first. */
export const confidenceTitles = {
  A: '见到条文原文和条号',
  'A-': '见到条文原文，条号未见或为节选',
  'B+': '二手来源，出处较正式',
  B: '二手来源，多处一致',
  'B-': '只有一处二手来源',
  C: '没有证实',
  conflict: '来源互相冲突',
} as const

/** For what a subject is exempt rather than due: facts of the directory on the period's last day, and decided grounds. */
export const exemptionTitles = {
  temporary_branch: '临时党支部，党员在组织关系所在支部参加组织生活',
  no_full_members: '期末没有正式党员',
  aged_or_infirm: '年老体弱、行动不便或者失能',
  illness: '患病',
  long_leave: '长期请假',
  mobile_member: '流动党员',
  new_organization: '新成立的组织',
} as const

/** Modules of the product whose facts a measure can count, in their order. */
export const moduleTitles = {
  directory: '组织与人员',
  rulebook: '制度与指标',
  ballots: '无记名投票',
  orglife: '组织生活',
  learning: '学习培训',
  service: '服务与承诺',
  membership: '党员与换届',
  supervision: '督办',
  appraisal: '考核评议',
  honours: '评选表彰',
  portal: '公开门户',
} as const
export const standingTitles = {
  full: '正式党员',
  probationary: '预备党员',
  development_target: '发展对象',
  activist: '积极分子',
  staff: '其他人员',
} as const
export const lateTitles = { met_late: '迟报完成', unmet: '短缺' } as const

function oneOf<Titles extends Record<string, string>>(titles: Titles) {
  return z.enum(Object.keys(titles) as [keyof Titles & string, ...(keyof Titles & string)[]])
}

const dimension = oneOf(dimensionTitles)
const confidence = oneOf(confidenceTitles)

const chinese = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .regex(/\p{Script=Han}/u, { error: '请用中文写。' })

const documentCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,15}$/, { error: '代号请用大写字母开头，后接大写字母或数字，例如 SBS2020。' })
const clausePattern = '[A-Z]{1,4}(?:\\d{1,2}(?:\\.\\d{1,2})?|-C?\\d{1,3}(?:\\.\\d{1,2})?)?'
const clauseCode = z
  .string()
  .regex(new RegExp(`^${clausePattern}$`), { error: '条款代号请写成 D1.2、ZB-11 或 ZB-C7（章）这样的样子。' })
const clauseReference = z.string().regex(new RegExp(`^(?:[A-Z][A-Z0-9]{1,15}:)?${clausePattern}$`), {
  error: '请写条款代号，例如 ZB-11；引用别的文件时在前面加文件代号和英文冒号，例如 SBS2020:D3.2。',
})
const requirementCode = z
  .string()
  .regex(/^[A-Z]{1,4}\d{1,3}(?:\.\d{1,2})?$/, { error: '要求代号请写成 D1.2 或 ZB6 这样的样子。' })

/** The head of a rulebook: which document its clauses come from. */
export const rulebookDocument = z.strictObject({
  code: documentCode.meta({ title: '文件代号' }),
  title: chinese(2, 100).meta({ title: '文件名称' }),
  issuer: chinese(2, 60).meta({ title: '发文机关' }),
  issued_on: civilDate.meta({ title: '印发日期' }),
  in_force_from: civilDate.meta({ title: '施行日期' }),
  in_force_to: civilDate.optional().meta({ title: '失效日期' }),
  kind: oneOf(documentKindTitles).meta({ title: '文件种类' }),
  note: chinese(2, 400).optional().meta({ title: '说明' }),
})

/** One clause in our own words. */
export const rulebookClause = z.strictObject({
  code: clauseCode.meta({ title: '条款代号' }),
  title: chinese(2, 40).meta({ title: '条款简称' }),
  gist: chinese(8, 240).meta({ title: '要点' }),
  dimension: dimension.meta({ title: '所属维度' }),
  article: chinese(2, 40).optional().meta({ title: '条次' }),
  confidence: confidence.default('A').meta({ title: '信度' }),
  uncounted: chinese(4, 240).optional().meta({ title: '没有可计算要求的缘由' }),
})

const filters = z.strictObject({
  has_committee: z.boolean().optional().meta({ title: '正式党员七名以上且设有委员会' }),
  has_groups: z.boolean().optional().meta({ title: '划分了党小组' }),
  min_full_members: z.int().min(1).max(10_000).optional().meta({ title: '正式党员不少于' }),
  max_full_members: z.int().min(1).max(10_000).optional().meta({ title: '正式党员不多于' }),
})

const postSubject = z.strictObject({
  code: postCode.meta({ title: '职务' }),
  at: z.array(organizationKind).min(1).meta({ title: '任职组织的种类' }),
})

const memberSubject = z.strictObject({
  standing: z.array(oneOf(standingTitles)).min(1).meta({ title: '身份' }),
  at: z.array(organizationKind).min(1).meta({ title: '所在组织的种类' }),
})

const subject = z.strictObject({
  kinds: z.array(organizationKind).min(1).optional().meta({ title: '组织种类' }),
  post: postSubject.optional().meta({ title: '职务' }),
  members: memberSubject.optional().meta({ title: '党员和其他人员' }),
  where: filters.default({}).meta({ title: '范围条件' }),
  exempt: z.array(oneOf(exemptionTitles)).default([]).meta({ title: '豁免情形' }),
})

const plainParameter = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])
const parameterName = z.string().regex(/^[a-z_]+$/, { error: '参数名请用小写字母和下划线。' })
const parameter = z.union([plainParameter, z.record(parameterName, plainParameter)], {
  error: '参数值请写文字、数字、true 或 false，文字或数字的列表，或者一层“名称: 值”。',
})
const parameters = z.record(parameterName, parameter).default({})

const measureUse = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z]+\.[a-z_]+$/, { error: '计量请写成“模块.名称”，例如 orglife.meetings_held。' })
    .meta({ title: '计量名称' }),
  params: parameters.meta({ title: '计量参数' }),
})

const eventUse = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z]+\.[a-z_]+$/, { error: '事件请写成“模块.名称”，例如 directory.post_started。' })
    .meta({ title: '事件名称' }),
  params: parameters.meta({ title: '事件参数' }),
  months: z.int().min(1).max(120).optional().meta({ title: '事后几个月内' }),
  days: z.int().min(1).max(3660).optional().meta({ title: '事后几天内' }),
})

const target = z.strictObject({
  at_least: z.int().min(1).max(1000).optional().meta({ title: '不少于（次）' }),
  sum_at_least: z
    .number()
    .positive()
    .max(100_000)
    .multipleOf(0.01, { error: '最多写两位小数。' })
    .optional()
    .meta({ title: '合计不少于（可有小数）' }),
  ratio_at_least: z.number().min(0).max(1).optional().meta({ title: '比率不低于（0 到 1）' }),
})

const late = z.strictObject({
  counts: oneOf(lateTitles).default('met_late').meta({ title: '迟报计作' }),
  credit: z
    .number()
    .min(0)
    .max(1)
    .multipleOf(0.01, { error: '最多写两位小数。' })
    .default(1)
    .meta({ title: '迟报在评价中算多少（0 到 1）' }),
})

const source = z.strictObject({
  regulation: chinese(2, 100).meta({ title: '依据名称' }),
  article: chinese(2, 60).meta({ title: '依据条次' }),
})

/** One requirement in one version: who owes what by when, how it is counted, and what to do when it is short. */
export const rulebookRequirement = z.strictObject({
  code: requirementCode.meta({ title: '要求代号' }),
  title: chinese(2, 60).meta({ title: '要求名称' }),
  clauses: z.array(clauseReference).min(1).max(12).meta({ title: '依据条款' }),
  dimension: dimension.exclude(['general']).meta({ title: '所属维度' }),
  version: z.int().min(1).max(999).meta({ title: '版本' }),
  valid_from: civilDate.meta({ title: '起用日期' }),
  valid_to: civilDate.optional().meta({ title: '停用日期' }),
  strength: oneOf(strengthTitles).meta({ title: '强度' }),
  confidence: confidence.meta({ title: '信度' }),
  enabled: z.boolean().meta({ title: '是否启用' }),
  reason_off: chinese(4, 240).optional().meta({ title: '不启用的理由' }),
  reason_on: chinese(4, 240).optional().meta({ title: '没有证实而作为提示启用的理由' }),
  source: source.meta({ title: '依据' }),
  subject: subject.meta({ title: '对象' }),
  cadence: oneOf(cadenceTitles).meta({ title: '周期' }),
  by: civilDate.optional().meta({ title: '最迟日期（只用于一次）' }),
  event: eventUse.optional().meta({ title: '事件（只用于事后限期）' }),
  usual_months: z.array(z.int().min(1).max(12)).min(1).max(12).optional().meta({ title: '通常月份（只作提示）' }),
  due: z
    .strictObject({ offset_days: z.int().min(0).max(366).default(0).meta({ title: '期末之后的天数' }) })
    .default({ offset_days: 0 })
    .meta({ title: '到期' }),
  grace_days: z.int().min(0).max(90).default(5).meta({ title: '宽限天数' }),
  measure: measureUse.meta({ title: '计量' }),
  awaits: oneOf(moduleTitles).optional().meta({ title: '等待哪个模块提供数据' }),
  target: target.meta({ title: '目标' }),
  late: late.prefault({}).meta({ title: '迟报' }),
  weight: z.number().min(0).max(100).multipleOf(0.01, { error: '最多写两位小数。' }).default(1).meta({ title: '在评价中的权重' }),
  notice_days: z.int().min(0).max(366).default(7).meta({ title: '到期前几天提醒' }),
  formula: chinese(10, 240).meta({ title: '算法说明' }),
  remedy: chinese(6, 240).meta({ title: '不足时怎么办' }),
})

/** A city's document may only make a soft requirement hard; the requirement keeps its code. */
export const rulebookTightening = z.strictObject({
  requirement: requirementCode.meta({ title: '被从严的要求' }),
  strength: z.enum(['hard']).meta({ title: '从严后的强度' }),
  from: civilDate.meta({ title: '从严起始日期' }),
  to: civilDate.optional().meta({ title: '从严截止日期' }),
  clauses: z.array(clauseReference).min(1).max(12).meta({ title: '依据条款' }),
  article: chinese(2, 60).meta({ title: '依据条次' }),
  note: chinese(2, 240).optional().meta({ title: '说明' }),
})

/** A whole rulebook file. */
export const rulebookFile = z.strictObject({
  document: rulebookDocument.meta({ title: '文件' }),
  clauses: z.array(rulebookClause).min(1).max(500).meta({ title: '条款' }),
  requirements: z.array(rulebookRequirement).max(300).default([]).meta({ title: '要求' }),
  tightens: z.array(rulebookTightening).max(100).default([]).meta({ title: '从严' }),
  tags: z.array(rulebookTag).max(100).default([]).meta({ title: '工作纪实标签' }),
})

export type RulebookFile = z.output<typeof rulebookFile>
export type RulebookRequirement = z.output<typeof rulebookRequirement>
export type RulebookTightening = z.output<typeof rulebookTightening>
