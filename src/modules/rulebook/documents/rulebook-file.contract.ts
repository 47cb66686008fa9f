import { z } from 'zod'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationKind } from '../../directory/organizations/organizations.contract.ts'
import { postCode } from '../../directory/posts/posts.contract.ts'
import { dimensions } from '../obligations/obligations.contract.ts'

/** The six dimensions of the source document, and `general` for clauses that serve all of them. */
export const dimensionTitles = { ...dimensions, general: '总体' } as const

export const strengthTitles = { hard: '硬', soft: '软' } as const
export const cadenceTitles = { month: '每月', quarter: '每季', half: '每半年', year: '每年' } as const
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

/** Facts of the directory, on the period's last day, for which a subject is exempt rather than due. */
export const exemptionTitles = {
  temporary_branch: '临时党支部，党员在组织关系所在支部参加组织生活',
  no_full_members: '期末没有正式党员',
} as const

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

const subject = z.strictObject({
  kinds: z.array(organizationKind).min(1).optional().meta({ title: '组织种类' }),
  post: postSubject.optional().meta({ title: '职务' }),
  where: filters.default({}).meta({ title: '范围条件' }),
  exempt: z.array(oneOf(exemptionTitles)).default([]).meta({ title: '豁免情形' }),
})

const parameter = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], {
  error: '参数值请写文字、数字、true 或 false，或者文字的列表。',
})

const measureUse = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z]+\.[a-z_]+$/, { error: '计量请写成“模块.名称”，例如 orglife.meetings_held。' })
    .meta({ title: '计量名称' }),
  params: z
    .record(z.string().regex(/^[a-z_]+$/, { error: '参数名请用小写字母和下划线。' }), parameter)
    .default({})
    .meta({ title: '计量参数' }),
})

const target = z.strictObject({
  at_least: z.int().min(1).max(1000).optional().meta({ title: '不少于（次）' }),
  ratio_at_least: z.number().min(0).max(1).optional().meta({ title: '比率不低于（0 到 1）' }),
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
  source: source.meta({ title: '依据' }),
  subject: subject.meta({ title: '对象' }),
  cadence: oneOf(cadenceTitles).meta({ title: '周期' }),
  usual_months: z.array(z.int().min(1).max(12)).min(1).max(12).optional().meta({ title: '通常月份（只作提示）' }),
  due: z
    .strictObject({ offset_days: z.int().min(0).max(366).default(0).meta({ title: '期末之后的天数' }) })
    .default({ offset_days: 0 })
    .meta({ title: '到期' }),
  grace_days: z.int().min(0).max(90).default(5).meta({ title: '宽限天数' }),
  measure: measureUse.meta({ title: '计量' }),
  target: target.meta({ title: '目标' }),
  late: z
    .strictObject({ counts: z.enum(['met_late']).meta({ title: '迟报计作' }) })
    .default({ counts: 'met_late' })
    .meta({ title: '迟报' }),
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
})

export type RulebookFile = z.output<typeof rulebookFile>
export type RulebookRequirement = z.output<typeof rulebookRequirement>
export type RulebookTightening = z.output<typeof rulebookTightening>
