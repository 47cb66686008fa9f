import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { named, offer, reason, recordStep, verbOf, words } from '../records/records.contract.ts'
import {
  type LocalRuleKind,
  localRuleKinds,
  type LocalRuleState,
  localRuleStates,
  type OriginKind,
  originKinds,
} from './local-rules.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const localRuleState = z.enum(keysOf<LocalRuleState>(localRuleStates)).meta({ title: '状态' })
const ruleKind = z.enum(keysOf<LocalRuleKind>(localRuleKinds)).meta({ title: '类别' })
const originKind = z.enum(keysOf<OriginKind>(originKinds)).meta({ title: '由什么而来' })

export const localRuleLine = z.object({
  id: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  kind: ruleKind,
  state: localRuleState,
  organization: named,
  inForceFrom: civilDate,
  reviewOn: civilDate,
  /** The review day has gone by. */
  reviewDue: z.boolean(),
})
export type LocalRuleLine = z.infer<typeof localRuleLine>

const filters = {
  under: organizationId.optional(),
  state: localRuleState.optional(),
  kind: ruleKind.optional(),
  due: z.enum(['soon', 'over']).optional().meta({ title: '复核', help: 'soon 三十天内到期，over 已经过期' }),
  text: z.string().trim().max(50).optional(),
}
export const listLocalRules = endpoint({
  method: 'GET',
  path: '/api/v1/local-rules',
  tag: '督办',
  summary: '制度登记簿：默认只列有效的',
  query: pageQuery.extend(filters),
  reply: listOf(localRuleLine),
})
export const exportLocalRules = endpoint({
  method: 'GET',
  path: '/api/v1/local-rules/export',
  tag: '督办',
  summary: '制度登记簿导出为 Excel，筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})
export const localRulePage = localRuleLine.extend({
  revision: z.number().int(),
  gist: z.string().nullable(),
  repealedOn: civilDate.nullable(),
  origin: z.object({ kind: originKind, id: z.string(), title: z.string().nullable() }).nullable(),
  file: named.nullable(),
  reviews: z.array(z.object({ dueOn: civilDate, doneOn: civilDate, outcome: z.enum(['kept', 'revised', 'repealed']) })),
  steps: z.array(recordStep),
  ...offer,
})
export type LocalRulePage = z.infer<typeof localRulePage>
export const showLocalRule = endpoint({
  method: 'GET',
  path: '/api/v1/local-rules/:id',
  tag: '督办',
  summary: '一项制度：文号、施行和复核日期、由什么而来、历次复核',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: localRulePage,
})

const whole = {
  title: words('名称', 100),
  number: z.string().trim().max(40).optional().meta({ title: '文号', help: '没有就不填。' }),
  gist: z.string().trim().max(2000).optional().meta({ title: '主要内容', help: '可以不填。' }),
  inForceFrom: civilDate.meta({ title: '施行日期' }),
  reviewOn: civilDate.meta({ title: '复核日期', help: '到这一天以前再看一遍还管不管用。' }),
  fileId: z.string().max(60).optional().meta({ title: '文件', help: '不是必填。' }),
}
export const enterLocalRule = endpoint({
  method: 'POST',
  path: '/api/v1/local-rules',
  tag: '督办',
  summary: '登记一项制度',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '制定单位' }),
    kind: ruleKind,
    ...whole,
    originKind: originKind.optional(),
    originId: z.string().max(60).optional().meta({ title: '哪一件' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const verb = verbOf('local-rules', localRuleState)
const reviewOn = civilDate.meta({ title: '下次复核日期' })
export const reviewLocalRule = verb('review', '复核过，不用改，继续有效', z.strictObject({ reason, reviewOn }))
export const reviseLocalRule = verb('revise', '修订：换成新的名称、文号、施行日期和文件', z.strictObject({ ...whole, reason }))
export const amendLocalRule = verb(
  'amend',
  '更正登记时写错的；不算复核',
  z.strictObject({ revision: z.number().int().meta({ title: '修订号' }), kind: ruleKind, ...whole, reason }),
)
export const repealLocalRule = verb('repeal', '废止', z.strictObject({ reason }))

problems({
  'supervision.local_rule_not_found': { status: 404, title: '没有找到这项制度，或不在您的管理范围内。' },
  'supervision.local_rule_not_allowed_now': { status: 409, title: '这项制度现在的状态不能这样办。' },
  'supervision.local_rule_review_day': { status: 422, title: '复核日期要在施行日期之后，也要在今天之后。' },
  'supervision.local_rule_origin_unknown': { status: 422, title: '没有找到它所由来的那一件，或不在您的范围内。' },
  'supervision.local_rule_file_unknown': { status: 422, title: '文件没有传上，请重新上传。' },
})
