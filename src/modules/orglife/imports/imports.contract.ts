import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

const tag = '补录旧记录'

problems({
  'orglife.import_not_found': { status: 404, title: '没有找到这次补录，或不在您的管理范围内。' },
  'orglife.import_undone': { status: 409, title: '这次补录已经撤回，不能再撤回。' },
  'orglife.import_columns': { status: 422, title: '表头不全，请下载模板填写。' },
  'orglife.import_empty': { status: 422, title: '表里没有记录，请从第二行起填写。' },
  'orglife.import_too_many': { status: 422, title: '一次导入太多，请分几份。' },
  'orglife.import_twice': { status: 409, title: '有记录已经记过，一条也没有导入。请删去这些行再导入。' },
  'orglife.import_same_sheet': { status: 409, title: '这份表已经导入过。要重新导入，请先撤回那一次。' },
})

const fault = z.object({ row: z.number().int(), column: z.string(), message: z.string() })
export type ImportFault = z.infer<typeof fault>

const effect = z.object({
  records: z.number().int(),
  late: z.number().int(),
  /** Which of them, from 0, come after the last day of some requirement. */
  lateAt: z.array(z.number().int()),
  /** Requirements in their periods that are met by it, in time or late. */
  satisfied: z.array(z.object({ requirement: z.string(), title: z.string(), period: z.string(), late: z.boolean() })),
})
export type ImportEffect = z.infer<typeof effect>

const line = z.object({
  id: z.string(),
  records: z.number().int(),
  from: civilDate,
  to: civilDate,
  lateReason: z.string(),
  importedAt: z.string(),
  by: z.string(),
  undoReason: z.string().nullable(),
})
const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ title: '表格的指纹', help: '核对时得到；同一份表第二次导入会被认出' })
const ofImport = z.strictObject({ id: z.string().max(60) })

export interface SheetWords {
  /** Under which everything about this kind of sheet is reached, such as `/api/v1/meeting-imports`. */
  readonly path: string
  /** 会议, 工作纪实, 培训班. */
  readonly noun: string
  /** The word for counting them: 次, 条, 个. */
  readonly measure: string
  readonly most: number
}

const bodyOf = ({ noun, measure, most }: SheetWords, record: z.ZodType) =>
  z.strictObject({
    organizationId,
    lateReason: z
      .string()
      .trim()
      .min(2, { error: '请写明为什么现在才记。' })
      .max(300)
      .meta({ title: '补记理由', help: '如：系统启用前的纸质记录' }),
    fingerprint: fingerprint.optional(),
    records: z
      .array(record)
      .min(1, { error: `没有可以导入的${noun}。` })
      .max(most, { error: `一次最多导入 ${most} ${measure}${noun}，请分几份。` })
      .meta({ title: noun }),
  })

const undoBody = z.strictObject({
  reason: z.string().trim().min(2, { error: '请写明撤回理由。' }).max(300).meta({ title: '撤回理由' }),
})
const ofOrganization = z.strictObject({ organization: organizationId })

/** What one may ask about a kind of sheet; `record` is one record as it would be entered by hand, without its organization. */
export function sheetEndpoints(words: SheetWords, record: z.ZodType) {
  const { path, noun, measure } = words
  const body = bodyOf(words, record)
  const checkedRecord = z.object({ row: z.number().int(), label: z.string(), record })
  return {
    template: endpoint({
      method: 'GET',
      path: `${path}/template`,
      tag,
      summary: `补录旧${noun}的 Excel 模板`,
      reply: z.unknown(),
    }),
    check: endpoint({
      method: 'POST',
      path: `${path}/check`,
      tag,
      summary: `读一份旧${noun}的 Excel（multipart/form-data：file），逐行列出错误；只预览，不保存`,
      query: ofOrganization,
      reply: z.object({ fingerprint, records: z.array(checkedRecord), faults: z.array(fault) }),
    }),
    preview: endpoint({
      method: 'POST',
      path: `${path}/preview`,
      tag,
      summary: `试算：导入这些旧${noun}后哪些要求算办到、哪些算补记；不保存`,
      body,
      reply: effect,
    }),
    enter: endpoint({
      method: 'POST',
      path,
      tag,
      summary: `导入旧${noun}：全部成功或一${measure}也不记；记录日期是今天，过了期限的算补记`,
      body,
      reply: effect.extend({ id: z.string() }),
      status: 201,
    }),
    undo: endpoint({
      method: 'POST',
      path: `${path}/:id/undo`,
      tag,
      summary: `撤回一次补录：导入后没有更正过的${noun}全部撤回，更正过的留下`,
      params: ofImport,
      body: undoBody,
      reply: z.object({ id: z.string(), withdrawn: z.number().int(), kept: z.number().int() }),
    }),
    list: endpoint({
      method: 'GET',
      path,
      tag,
      summary: `一个组织补录旧${noun}的批次，新的在前`,
      query: ofOrganization,
      reply: z.object({ items: z.array(line), next: z.string().nullable() }),
    }),
  }
}

/** A kind of sheet as server and web know it. */
export interface Sheet extends SheetWords {
  readonly endpoints: ReturnType<typeof sheetEndpoints>
}

export const defineSheet = (words: SheetWords, record: z.ZodType): Sheet => ({
  ...words,
  endpoints: sheetEndpoints(words, record),
})
