import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { anyId, draftNumber, draftParams, oneOf, reason, sections, tag } from './drafts.contract.ts'

export const difference = z.object({
  section: z.enum(sections),
  code: z.string().nullable(),
  title: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  /** One entry a field, in words; empty for what is added or removed whole. */
  fields: z.array(z.object({ field: z.string(), title: z.string(), before: z.string(), after: z.string() })),
})
export type Difference = z.infer<typeof difference>

const side = z.object({ id: z.string(), title: z.string(), kind: z.enum(['draft', 'edition']), number: z.number().int() })
export const compareRulebooks = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/:id/compare',
  tag,
  summary: '两个文本逐项对照（左为 with，右为 id）；不写 with 时，草稿与其底本、现行文件与其上一版相比',
  params: z.strictObject({ id: anyId.meta({ title: '文件或草稿', help: '编号；某一版写成 编号@版次，如 doc_x@2' }) }),
  query: z.strictObject({ with: anyId.optional().meta({ title: '与之相比的文件或草稿' }) }),
  reply: z.object({ before: side.nullable(), after: side, items: z.array(difference) }),
})

export const exportRulebook = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/:id/export',
  tag,
  summary: '导出为制度文件（YAML），再导入没有差别',
  params: z.strictObject({ id: anyId }),
  reply: z.undefined(),
})

export const counts = z.object({
  met: z.number().int(),
  met_late: z.number().int(),
  unmet: z.number().int(),
  not_reported: z.number().int(),
  exempt: z.number().int(),
  not_due: z.number().int(),
  not_applicable: z.number().int(),
})
export type Counts = z.infer<typeof counts>
const named = z.object({ id: z.string(), name: z.string() })
export const changeKinds = {
  added: '新增',
  changed: '改变',
  ended: '停用',
  switched_on: '启用',
  switched_off: '停用（关闭）',
} as const

export const rehearsal = z.object({
  /** The stretch of past days on which the rules were tried. */
  span: z.object({ from: civilDate, to: civilDate }),
  requirements: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      change: oneOf(changeKinds),
      /** What is written differently, in words. */
      why: z.array(z.string()),
      strength: z.enum(['hard', 'soft']),
      before: counts,
      after: counts,
      /** Obligations whose status would differ. */
      differing: z.number().int(),
    }),
  ),
  /** Units with anything different, most first. */
  units: z.array(z.object({ organization: named, before: counts, after: counts, differing: z.number().int() })),
  /** Branches and other organizations with anything different, most first; at most 500. */
  organizations: z.array(
    z.object({ organization: named, unit: named.nullable(), before: counts, after: counts, differing: z.number().int() }),
  ),
  /** Single obligations that would stand differently; at most 500, `total` says of how many. */
  obligations: z.array(
    z.object({
      requirement: z.string(),
      title: z.string(),
      organization: named,
      subject: named.extend({ kind: z.enum(['organization', 'person']) }),
      period: z.string(),
      /** Null where nothing was or would be owed. */
      before: z.string().nullable(),
      after: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  total: z.number().int(),
  /** Requirements that cannot be tried, with the reason. */
  untried: z.array(z.object({ code: z.string(), reason: z.string() })),
})
export type Rehearsal = z.infer<typeof rehearsal>

export const rehearseRulebook = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/:id/rehearse',
  tag,
  summary: '以过去一年（或指定时段）的数据试算草稿，不写入任何数据；组织很多时转为后台任务',
  params: draftParams,
  body: z.strictObject({
    from: civilDate.optional().meta({ title: '试算自', help: '不填即去年 1 月 1 日' }),
    to: civilDate.optional().meta({ title: '试算至', help: '不填即去年 12 月 31 日' }),
  }),
  /** Either the result, or the job that will have it as its result. */
  reply: z.object({ result: rehearsal.nullable(), job: z.string().nullable() }),
})

const recomputing = z.string().nullable().meta({ title: '重算任务', help: '后台任务编号；空即已算完' })

export const publishRulebook = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/:id/publish',
  tag,
  summary: '发布草稿，自某日起施行；变了的要求起新版本，没变的不动',
  params: draftParams,
  body: z.strictObject({
    from: civilDate.meta({ title: '施行日期' }),
    version: draftNumber.optional().meta({ title: '草稿序号', help: '填写后，期间被别人改过即不发布' }),
    reason: reason.optional(),
  }),
  reply: z.object({
    /** Id of the published document. */
    id: z.string(),
    edition: z.number().int(),
    requirements: z.array(z.object({ code: z.string(), version: z.number().int(), change: oneOf(changeKinds) })),
    job: recomputing,
  }),
})

export const endRulebook = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/:id/end',
  tag,
  summary: '一份制度自某日起失效，其中的要求同日停用',
  params: draftParams,
  body: z.strictObject({ on: civilDate.meta({ title: '失效日期', help: '这一天起不再适用' }), reason }),
  reply: z.object({ id: z.string(), ended: z.array(z.string()), job: recomputing }),
})

const codeParams = z.strictObject({ code: z.string().max(60).meta({ title: '要求代号' }) })

export const endRequirement = endpoint({
  method: 'POST',
  path: '/api/v1/requirements/:code/end',
  tag,
  summary: '一项要求自某日起停用',
  params: codeParams,
  body: z.strictObject({ on: civilDate.meta({ title: '停用日期', help: '这一天起不再适用' }), reason }),
  reply: z.object({ code: z.string(), version: z.number().int(), job: recomputing }),
})

export const switchRequirement = endpoint({
  method: 'POST',
  path: '/api/v1/requirements/:code/switch',
  tag,
  summary: '启用或关闭一项要求，写明理由；没有证实的只能作为提示启用',
  params: codeParams,
  body: z.strictObject({
    enabled: z.boolean().meta({ title: '启用' }),
    from: civilDate.optional().meta({ title: '自', help: '不填时：关闭自本期起，启用自下一期起' }),
    reason,
  }),
  reply: z.object({ code: z.string(), enabled: z.boolean(), from: civilDate, job: recomputing }),
})
