import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { named, offer, reason, recordStep, verbOf, words } from '../records/records.contract.ts'
import { type ExampleLinkKind, exampleLinkKinds, type ExampleState, exampleStates } from './examples.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const exampleState = z.enum(keysOf<ExampleState>(exampleStates)).meta({ title: '状态' })
const dimension = z.enum(keysOf(dimensions)).meta({ title: '哪个方面' })
const linkKind = z.enum(keysOf<ExampleLinkKind>(exampleLinkKinds)).meta({ title: '哪类记录' })

export const exampleLine = z.object({
  id: z.string(),
  title: z.string(),
  state: exampleState,
  dimension,
  organization: named,
  records: z.number().int(),
  writtenOn: civilDate,
  publishedOn: civilDate.nullable(),
})
export type ExampleLine = z.infer<typeof exampleLine>

const filters = {
  under: organizationId.optional(),
  state: exampleState.optional(),
  dimension: dimension.optional(),
  mine: z.enum(['to_act']).optional().meta({ title: '等我办理' }),
  text: z.string().trim().max(50).optional(),
}
export const listExamples = endpoint({
  method: 'GET',
  path: '/api/v1/examples',
  tag: '督办',
  summary: '好做法：市内发布的，和自己范围内还没有发布的',
  query: pageQuery.extend(filters),
  reply: listOf(exampleLine),
})
export const exportExamples = endpoint({
  method: 'GET',
  path: '/api/v1/examples/export',
  tag: '督办',
  summary: '好做法导出为 Excel，筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})

/** A record that an example rests on, as it stands now; nothing but its kind where the reader may not see it. */
export const exampleLink = z.object({
  id: z.string(),
  kind: linkKind,
  reference: z.string().nullable(),
  title: z.string().nullable(),
  figures: z.string().nullable(),
})
export type ExampleLink = z.infer<typeof exampleLink>
export const examplePage = exampleLine.extend({
  revision: z.number().int(),
  practice: z.string(),
  effect: z.string(),
  links: z.array(exampleLink),
  steps: z.array(recordStep),
  ...offer,
})
export type ExamplePage = z.infer<typeof examplePage>
export const showExample = endpoint({
  method: 'GET',
  path: '/api/v1/examples/:id',
  tag: '督办',
  summary: '一条好做法：做法、成效、所依据的记录、经过',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: examplePage,
})
const said = {
  title: words('名称', 80),
  dimension,
  practice: words('做法', 4000).meta({ help: '怎么做的，别的单位照着能做。' }),
  effect: words('成效', 2000).meta({ help: '数字不用抄，关联记录后自动显示。' }),
}
const record = z.strictObject({ kind: linkKind, reference: z.string().min(1).max(60).meta({ title: '记录' }) })
export const writeExample = endpoint({
  method: 'POST',
  path: '/api/v1/examples',
  tag: '督办',
  summary: '写一条好做法；记录可以随后关联',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '哪个组织的做法' }),
    ...said,
    records: z.array(record).max(30).default([]).meta({ title: '依据的记录' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

const verb = verbOf('examples', exampleState)
export const amendExample = verb(
  'amend',
  '修改；原来的留在经过里',
  z.strictObject({ revision: z.number().int().meta({ title: '修订号' }), ...said }),
)
export const linkExample = verb('link', '关联一条记录', record)
export const unlinkExample = verb(
  'unlink',
  '去掉一条关联',
  z.strictObject({ linkId: z.string().max(60).meta({ title: '关联' }) }),
)
export const proposeExample = verb('propose', '报送审核；至少关联一条记录', z.strictObject({}))
export const reviewExample = verb(
  'review',
  '审核通过；审核人不能是写的人或报送的人',
  z.strictObject({ opinion: words('审核意见') }),
)
export const returnExample = verb('return', '退回修改', z.strictObject({ reason }))
export const publishExample = verb('publish', '在市内发布：登录的人都能看到', z.strictObject({ reason }))
export const withdrawExample = verb('withdraw', '撤回', z.strictObject({ reason }))

problems({
  'supervision.example_not_found': { status: 404, title: '没有找到这条好做法，或不在您的管理范围内。' },
  'supervision.example_not_allowed_now': { status: 409, title: '这条好做法现在的状态不能这样办。' },
  'supervision.example_without_record': {
    status: 422,
    title: '还没有关联记录。请先关联会议、工作纪实、督办事项、任务或问题，再报送。',
  },
  'supervision.example_reviewer_must_be_another': { status: 403, title: '审核须由写的人和报送的人以外的人办理。' },
  'supervision.example_record_not_found': { status: 422, title: '没有找到这条记录，或不在您的范围内。请重新选择。' },
  'supervision.example_record_linked': { status: 409, title: '这条记录已经关联过了，不用再关联一次。' },
})
