import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../organizations/organizations.contract.ts'

export const rosterStates = {
  checking: '正在核对',
  refused: '有错误，未导入',
  checked: '核对通过，待导入',
  importing: '正在导入',
  imported: '已导入',
  undone: '已撤销',
  failed: '没有办成',
} as const
export const rosterState = z.enum(Object.keys(rosterStates) as [keyof typeof rosterStates, ...(keyof typeof rosterStates)[]])

/** One fault of one cell, its value masked. Row 0 means the file as a whole. */
export const rosterMistake = z.object({
  row: z.number().int(),
  column: z.string(),
  cell: z.string().nullable(),
  message: z.string(),
  value: z.string(),
})

export const rosterSummary = z.object({
  create: z.number().int(),
  change: z.number().int(),
  unchanged: z.number().int(),
  warnings: z.array(rosterMistake),
  warningsTotal: z.number().int(),
  /** Headings that were not read, and those with a slip that were. */
  ignored: z.array(z.string()),
  guessed: z.array(z.object({ found: z.string(), title: z.string() })),
})
export type RosterSummary = z.infer<typeof rosterSummary>

const importLine = z.object({
  id: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  fileName: z.string(),
  state: rosterState,
  rowsRead: z.number().int(),
  mistakesTotal: z.number().int(),
  createdAt: z.string(),
  importedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
})
export const rosterImportPage = importLine.extend({
  /** Share of the file that is read while it is checked or imported, 0 to 1. */
  progress: z.number(),
  /** The first 200. */
  mistakes: z.array(rosterMistake),
  summary: rosterSummary.nullable(),
})
export type RosterImportPage = z.infer<typeof rosterImportPage>

const importId = z.strictObject({ id: z.string().regex(/^ros_[0-9a-z]{4,40}$/, { error: '导入编号不对。' }) })
const tag = '名册导入'

export const rosterTemplate = endpoint({
  method: 'GET',
  path: '/api/v1/roster-imports/template',
  tag,
  summary: '下载名册模板',
  reply: z.undefined(),
})
export const uploadRoster = endpoint({
  method: 'POST',
  path: '/api/v1/roster-imports',
  tag,
  summary: '上传名册（multipart 字段 file），随即在后台核对',
  query: z.strictObject({ organization: organizationId.meta({ title: '导入到' }) }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const listRosterImports = endpoint({
  method: 'GET',
  path: '/api/v1/roster-imports',
  tag,
  summary: '导入记录，新的在前',
  query: pageQuery,
  reply: listOf(importLine),
})
export const showRosterImport = endpoint({
  method: 'GET',
  path: '/api/v1/roster-imports/:id',
  tag,
  summary: '一次导入：进度、逐行逐列的错误、将新增和更改多少',
  params: importId,
  reply: rosterImportPage,
})
export const applyRoster = endpoint({
  method: 'POST',
  path: '/api/v1/roster-imports/:id/apply',
  tag,
  summary: '导入：要么全部成功，要么一条不留',
  params: importId,
  body: z.strictObject({}),
  reply: z.object({ id: z.string(), created: z.number().int(), changed: z.number().int() }),
})
export const undoRoster = endpoint({
  method: 'POST',
  path: '/api/v1/roster-imports/:id/undo',
  tag,
  summary: '撤销一次导入：新增的移出名册，更改的恢复原状',
  params: importId,
  body: z.strictObject({}),
  reply: z.object({ id: z.string() }),
})
export const exportRoster = endpoint({
  method: 'GET',
  path: '/api/v1/roster-export',
  tag,
  summary: '名册导出为 Excel（不含身份号码、电话和住址）',
  query: z.strictObject({ organization: organizationId }),
  reply: z.undefined(),
})

problems({
  'directory.roster_not_found': { status: 404, title: '没有找到这次导入，或不在您的管理范围内。' },
  'directory.roster_not_checked': { status: 409, title: '这份名册还没有核对通过，或已经导入。请刷新后看现在可以做什么。' },
  'directory.roster_not_imported': { status: 409, title: '只有已导入的名册可以撤销。请刷新后再看。' },
  'directory.roster_mistakes': { status: 422, title: '核对之后情况有变，名册中有了错误，一条也没有导入。请重新上传核对。' },
  'directory.roster_gone': { status: 409, title: '上传的文件已清理。请重新上传。' },
  'directory.roster_in_use': { status: 409, title: '导入之后，有人已参加组织生活、任职或被更正，不能整份撤销。请逐人更正。' },
})
