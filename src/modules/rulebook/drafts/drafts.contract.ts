import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'

export const tag = '制度草稿'
export const anyId = z.string().max(60)
export const draftParams = z.strictObject({ id: anyId.meta({ title: '草稿', help: '草稿编号' }) })
/** The number the draft had when it was read; another officer's change in between is refused with what changed. */
export const draftNumber = z.coerce.number().int().min(1).max(1_000_000).meta({ title: '草稿序号', help: '读取草稿时的序号' })
export const reason = z.string().trim().min(4, { error: '请写明理由，至少四个字。' }).max(300).meta({ title: '理由' })

/** A part of a draft, right or wrong: what is missing or mistaken is listed beside it, not refused. */
const part = z
  .record(z.string().max(60), z.unknown())
  .refine((value) => isShallow(value, 8), { error: '内容嵌套得太深，请检查后重新填写。' })

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

/** A draft's body has the shape of a rulebook file; parts may be incomplete. */
export const draftBody = z.object({
  document: part,
  clauses: z.array(part),
  requirements: z.array(part),
  tightens: z.array(part),
  /** Tags that this document defines for 工作纪实. */
  tags: z.array(part),
})
export type DraftBody = z.infer<typeof draftBody>

export const sections = ['document', 'clauses', 'requirements', 'tightens', 'tags'] as const
export type Section = (typeof sections)[number]

export const draftMistake = z.object({
  section: z.enum(sections),
  /** Code of the clause, requirement, tightened requirement or tag at fault; null for the head. */
  code: z.string().nullable(),
  /** Path inside that part, `subject.where.max_full_members`; empty for the part as a whole. */
  field: z.string(),
  /** Path inside the whole body, `requirements.0.valid_from`. */
  path: z.string(),
  message: z.string(),
})
export type DraftMistake = z.infer<typeof draftMistake>

export const draftStates = { open: '起草中', published: '已发布', discarded: '已作废' } as const
export const draftOrigins = {
  new: '新拟',
  clone: '由现行文件修订',
  copy: '由现行文件另立',
  import: '由文件导入',
  shipped: '随软件更新',
} as const
export const oneOf = <T extends Record<string, string>>(titles: T) =>
  z.enum(Object.keys(titles) as [keyof T & string, ...(keyof T & string)[]])

export const draftLine = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  state: oneOf(draftStates),
  origin: oneOf(draftOrigins),
  /** The published document that this draft would change; null for a new one. */
  rulebook: z.object({ id: z.string(), code: z.string(), title: z.string() }).nullable(),
  /** Edition of that document when the draft began; an edition published since must be compared first. */
  baseEdition: z.number().int().nullable(),
  behind: z.boolean(),
  version: z.number().int(),
  mistakes: z.number().int(),
  clauses: z.number().int(),
  requirements: z.number().int(),
  changedBy: z.string().nullable(),
  changedAt: z.string(),
})
export type DraftLine = z.infer<typeof draftLine>

export const draftDetail = draftLine.omit({ mistakes: true }).extend({
  body: draftBody,
  mistakes: z.array(draftMistake),
  revisions: z.array(z.object({ version: z.number().int(), what: z.string(), by: z.string().nullable(), at: z.string() })),
})
export type DraftDetail = z.infer<typeof draftDetail>

/** What every change of a draft answers: its new number and what is still wrong. */
export const draftSaved = z.object({ id: z.string(), version: z.number().int(), mistakes: z.array(draftMistake) })

export const listDrafts = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/drafts',
  tag,
  summary: '制度草稿，起草中的在前',
  query: z.strictObject({ state: oneOf(draftStates).optional() }),
  reply: z.object({ items: z.array(draftLine), next: z.string().nullable() }),
})

export const showDraft = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/drafts/:id',
  tag,
  summary: '一份草稿的全部内容、待改之处和修改经过',
  params: draftParams,
  reply: draftDetail,
})

export const listDraftMistakes = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/drafts/:id/mistakes',
  tag,
  summary: '草稿里还要改正的地方，每处写明改法',
  params: draftParams,
  reply: z.object({ version: z.number().int(), items: z.array(draftMistake) }),
})

export const startDraft = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/drafts',
  tag,
  summary: '新拟一份制度，或由现行制度修订（from）、另立（from 加 code）',
  body: z.strictObject({
    from: anyId.optional().meta({ title: '现行文件', help: '不填即新拟；填写即以它为底稿' }),
    code: z.string().trim().max(16).optional().meta({ title: '文件代号', help: '新拟或另立时填写，如 GW2027' }),
    title: z.string().trim().max(100).optional().meta({ title: '文件名称' }),
    prefix: z
      .string()
      .regex(/^[A-Z]{1,4}$/, { error: '请写一到四个大写字母。' })
      .optional()
      .meta({ title: '要求代号的字头', help: '另立时要求代号不能与原件相同，换成这个字头' }),
  }),
  reply: draftSaved,
  status: 201,
})

export const importRulebook = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/import',
  tag,
  summary: '导入制度文件（YAML，不超过 256 KB）成为草稿；以 multipart 的 file 上传，或以 JSON {"fileName", "text"} 提交',
  reply: draftSaved.extend({ code: z.string(), title: z.string(), rulebook: z.string().nullable() }),
  status: 201,
})

export const changeHead = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/head',
  tag,
  summary: '改草稿的文件信息',
  params: draftParams,
  body: z.strictObject({ version: draftNumber, head: part.meta({ title: '文件信息', help: '字段同制度文件的 document' }) }),
  reply: draftSaved,
})

const partParams = z.strictObject({
  id: anyId.meta({ title: '草稿' }),
  code: z.string().min(1).max(60).meta({ title: '代号', help: '改代号时写原来的；没有这个代号即新增' }),
})

export const changeClause = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/clauses/:code',
  tag,
  summary: '改或新增草稿的一条条款；改了代号，引用它的要求一并改',
  params: partParams,
  body: z.strictObject({
    version: draftNumber,
    clause: part.meta({ title: '条款', help: '字段同制度文件的 clauses' }),
    position: z.int().min(1).max(500).optional().meta({ title: '排在第几条', help: '不填即不动' }),
  }),
  reply: draftSaved,
})

export const removeClause = endpoint({
  method: 'DELETE',
  path: '/api/v1/rulebooks/drafts/:id/clauses/:code',
  tag,
  summary: '从草稿删去一条条款',
  params: partParams,
  query: z.strictObject({ version: draftNumber }),
  reply: draftSaved,
})

export const changeRequirement = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/requirements/:code',
  tag,
  summary: '改或新增草稿的一项要求（有几个版本的，改最后一个）',
  params: partParams,
  body: z.strictObject({
    version: draftNumber,
    requirement: part.meta({ title: '要求', help: '字段同制度文件的 requirements' }),
  }),
  reply: draftSaved,
})

export const removeRequirement = endpoint({
  method: 'DELETE',
  path: '/api/v1/rulebooks/drafts/:id/requirements/:code',
  tag,
  summary: '从草稿删去一项要求；发布之日起停用，以前的数不变',
  params: partParams,
  query: z.strictObject({ version: draftNumber }),
  reply: draftSaved,
})

export const changeTightens = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/tightens',
  tag,
  summary: '改草稿对其他文件要求的从严',
  params: draftParams,
  body: z.strictObject({ version: draftNumber, tightens: z.array(part).max(100).meta({ title: '从严' }) }),
  reply: draftSaved,
})

export const changeTags = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/tags',
  tag,
  summary: '改草稿定义的工作纪实标签',
  params: draftParams,
  body: z.strictObject({ version: draftNumber, tags: z.array(part).max(100).meta({ title: '标签' }) }),
  reply: draftSaved,
})

export const changeText = endpoint({
  method: 'PUT',
  path: '/api/v1/rulebooks/drafts/:id/text',
  tag,
  summary: '以整份 YAML 文本替换草稿；文本有错即不保存，逐处列出',
  params: draftParams,
  body: z.strictObject({ version: draftNumber, text: z.string().max(262_144).meta({ title: '文本' }) }),
  reply: draftSaved,
})

export const discardDraft = endpoint({
  method: 'POST',
  path: '/api/v1/rulebooks/drafts/:id/discard',
  tag,
  summary: '作废一份草稿；内容仍可查看',
  params: draftParams,
  body: z.strictObject({ version: draftNumber, reason }),
  reply: z.object({ id: z.string(), state: oneOf(draftStates) }),
})

problems({
  'rulebook.rulebook_not_found': { status: 404, title: '没有找到这份制度或草稿，请从列表中选择。' },
  'rulebook.draft_not_open': { status: 409, title: '这份草稿已发布或已作废，不能再改。请另起一份草稿。' },
  'rulebook.draft_changed': { status: 409, title: '这份草稿刚被别人改过，请看清改了什么，再重新提交。' },
  'rulebook.draft_has_mistakes': { status: 422, title: '草稿里还有要改正的地方，请逐处改正后再办。' },
  'rulebook.draft_unchanged': { status: 409, title: '草稿与现行文本没有差别，不必发布。' },
  'rulebook.draft_behind': { status: 409, title: '起草之后现行文件又发布过新的一版。请对照差别，以现行文本另起草稿。' },
  'rulebook.file_refused': { status: 422, title: '文件里有要改正的地方，没有载入任何内容。请逐处改正后再导入。' },
  'rulebook.part_wrong': { status: 422, title: '这一项的写法有误，请按提示改正。' },
  'rulebook.code_taken': { status: 409, title: '这个代号已经用过，请换一个。' },
  'rulebook.code_missing': { status: 422, title: '请写文件代号和文件名称。' },
  'rulebook.cycle': { status: 422, title: '要求之间互相引用成了圈，算不出先后。请拆开其中一项。' },
  'rulebook.date_wrong': { status: 422, title: '日期不合适，请另选。' },
  'rulebook.figures_frozen': { status: 409, title: '这一天之前的数已经封存，请选封存时段以后的日期。' },
  'rulebook.already_ended': { status: 409, title: '已经停用，不必再办。' },
  'rulebook.already_switched': { status: 409, title: '现在就是这个状态，不必再办。' },
  'rulebook.only_as_hint': {
    status: 422,
    title: '依据没有证实的要求只能作为提示（软）启用。请先在草稿里改为软要求，或核实条文、改写信度。',
  },
  'rulebook.measure_missing': { status: 422, title: '还没有模块能计这一项，暂时不能启用。请等有数据来源后再办。' },
})
