import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { paperBody } from '../../../kernel/papers/paper.contract.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { type PaperKindName, paperKinds } from './paper-kinds.rules.ts'
import { type PaperState, paperStates } from './papers.lifecycle.ts'

export const paperState = z.enum(Object.keys(paperStates) as [PaperState, ...PaperState[]]).meta({ title: '状态' })
const paperKind = z.enum(Object.keys(paperKinds) as [PaperKindName, ...PaperKindName[]]).meta({ title: '文种' })
const object = z.strictObject({
  kind: z.string().max(40).meta({ title: '对象种类' }),
  id: z.string().max(80).meta({ title: '对象编号' }),
})
const named = z.object({ id: z.string(), name: z.string() })

export const paperLine = z.object({
  id: z.string(),
  kind: paperKind,
  kindName: z.string(),
  state: paperState,
  number: z.string().nullable(),
  title: z.string(),
  organization: named,
  to: z.array(z.string()),
  object,
  draftedOn: civilDate,
  issuedOn: civilDate.nullable(),
})
export type PaperLine = z.infer<typeof paperLine>

const step = z.object({ action: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() })
export const paperPage = paperLine.extend({
  body: paperBody,
  steps: z.array(step),
  abilities: z.array(z.string()),
  notices: z.array(z.string()),
})
export type PaperPage = z.infer<typeof paperPage>

const params = z.strictObject({ id: z.string().max(60) })
const reason = z.string({ error: '请写明理由。' }).trim().min(2, { error: '请写明理由。' }).max(500).meta({ title: '理由' })

export const listPapers = endpoint({
  method: 'GET',
  path: '/api/v1/papers',
  tag: '督办',
  summary: '文书',
  query: pageQuery.extend({
    state: paperState.optional(),
    kind: paperKind.optional(),
    under: organizationId.optional(),
    objectKind: z.string().max(40).optional().meta({ title: '对象种类' }),
    objectId: z.string().max(80).optional().meta({ title: '对象编号' }),
    text: z.string().trim().max(50).optional().meta({ title: '题目或字号' }),
  }),
  reply: listOf(paperLine),
})
export const showPaper = endpoint({
  method: 'GET',
  path: '/api/v1/papers/:id',
  tag: '督办',
  summary: '一份文书：正文、经过、现在能做什么',
  params,
  reply: paperPage,
})
export const offeredPapers = endpoint({
  method: 'GET',
  path: '/api/v1/papers/offers',
  tag: '督办',
  summary: '一个事项现在可以出哪些文书，各是什么内容',
  query: z.strictObject({
    objectKind: z.string().max(40).meta({ title: '对象种类' }),
    objectId: z.string().max(80).meta({ title: '对象编号' }),
  }),
  reply: z.object({ items: z.array(z.object({ kind: paperKind, name: z.string(), body: paperBody })) }),
})
export const paperFile = endpoint({
  method: 'GET',
  path: '/api/v1/papers/:id/file',
  tag: '督办',
  summary: '文书的 Word 文件；已撤销的每页标明，issued=yes 取签发时的原件',
  params,
  query: z.strictObject({ issued: z.enum(['yes']).optional().meta({ title: '签发时的原件' }) }),
  reply: z.undefined(),
})
export const draftPaper = endpoint({
  method: 'POST',
  path: '/api/v1/papers',
  tag: '督办',
  summary: '起草一份文书',
  body: z.strictObject({
    kind: paperKind,
    object,
    addition: z.string().trim().max(1000).optional().meta({ title: '补充说明', help: '加在正文最后一段，可以不写。' }),
    copies: z.array(z.string().trim().min(2).max(60)).max(20).optional().meta({ title: '抄送' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const moved = z.object({ id: z.string(), state: paperState, number: z.string().nullable() })
export const issuePaper = endpoint({
  method: 'POST',
  path: '/api/v1/papers/:id/issue',
  tag: '督办',
  summary: '签发：取得字号，正文不再变动',
  params,
  body: z.strictObject({ reason }),
  reply: moved,
})
export const withdrawPaper = endpoint({
  method: 'POST',
  path: '/api/v1/papers/:id/withdraw',
  tag: '督办',
  summary: '撤销：字号保留，标明已撤销和理由',
  params,
  body: z.strictObject({ reason }),
  reply: moved,
})
const numberDifference = z.object({
  kind: z.enum(['changed', 'removed', 'added']),
  where: z.string(),
  text: z.string(),
  issued: z.string().nullable(),
  edited: z.string().nullable(),
})
export const comparePaper = endpoint({
  method: 'POST',
  path: '/api/v1/papers/:id/compare',
  tag: '督办',
  summary: '把改过的文件传回来，看哪些数字与签发时不同（multipart/form-data：file）；什么也不会改动',
  params,
  reply: z.object({ differences: z.array(numberDifference), compared: z.number().int() }),
})

problems({
  'supervision.paper_not_found': { status: 404, title: '没有找到这份文书，或不在您的管理范围内。' },
  'supervision.paper_not_allowed_now': { status: 409, title: '文书现在的状态不能这样办。' },
  'supervision.paper_outdated': { status: 409, title: '起草以后事项有了新进展，正文已不符合现状。请撤销这份草稿，重新起草。' },
  'supervision.paper_not_offered': { status: 409, title: '事项现在的状态不出这种文书。' },
  'supervision.paper_object_unknown': { status: 404, title: '没有找到要出文书的事项，或不在您的管理范围内。' },
  'supervision.paper_not_issued': { status: 409, title: '还没有签发的文书没有可比对的原件。请先签发。' },
})
