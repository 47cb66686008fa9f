import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'

const tag = '补录旧记录'
export const mostMeetings = 300

problems({
  'orglife.import_not_found': { status: 404, title: '没有找到这次补录，或不在您的管理范围内。' },
  'orglife.import_undone': { status: 409, title: '这次补录已经撤回，不能再撤回。' },
  'orglife.import_columns': { status: 422, title: '表头不全，请下载模板填写。' },
  'orglife.import_empty': { status: 422, title: '表里没有会议，请从第二行起填写。' },
  'orglife.import_twice': { status: 409, title: '有会议已经记过，没有导入任何一次。请删去这些行再导入。' },
})

/** A meeting of the sheet as it would be recorded; who is not named absent was there. */
export const oldMeeting = recordMeetingBody.pick({
  kinds: true,
  title: true,
  heldOn: true,
  place: true,
  agenda: true,
  chairId: true,
  speakerId: true,
  absent: true,
  minutes: true,
  resolutions: true,
})
export type OldMeeting = z.output<typeof oldMeeting>

const fault = z.object({ row: z.number().int(), column: z.string(), message: z.string() })
export type ImportFault = z.infer<typeof fault>

export const importTemplate = endpoint({
  method: 'GET',
  path: '/api/v1/meeting-imports/template',
  tag,
  summary: '补录旧会议的 Excel 模板',
  reply: z.unknown(),
})

export const checkImport = endpoint({
  method: 'POST',
  path: '/api/v1/meeting-imports/check',
  tag,
  summary: '读一份旧会议的 Excel（multipart/form-data：file），逐行列出错误；只预览，不保存',
  query: z.strictObject({ organization: organizationId }),
  reply: z.object({ meetings: z.array(oldMeeting.extend({ row: z.number().int() })), faults: z.array(fault) }),
})

const importBody = z.strictObject({
  organizationId,
  lateReason: z
    .string()
    .trim()
    .min(2, { error: '请写明为什么现在才记。' })
    .max(300)
    .meta({ title: '补记理由', help: '如：系统启用前的纸质记录' }),
  meetings: z
    .array(oldMeeting)
    .min(1, { error: '没有可以导入的会议。' })
    .max(mostMeetings, { error: `一次最多导入 ${mostMeetings} 次会议，请分几份。` })
    .meta({ title: '会议' }),
})

const effect = z.object({
  meetings: z.number().int(),
  /** Of these, so many come after the last day of some requirement. */
  late: z.number().int(),
  /** Requirements in their periods that are met by it, in time or late. */
  satisfied: z.array(z.object({ requirement: z.string(), title: z.string(), period: z.string(), late: z.boolean() })),
})

export const previewImport = endpoint({
  method: 'POST',
  path: '/api/v1/meeting-imports/preview',
  tag,
  summary: '试算：导入后哪些要求算办到、几次算补记；不保存',
  body: importBody,
  reply: effect,
})

export const importMeetings = endpoint({
  method: 'POST',
  path: '/api/v1/meeting-imports',
  tag,
  summary: '导入旧会议：全部成功或一次也不记；记录日期是今天，过了期限的算补记',
  body: importBody,
  reply: effect.extend({ id: z.string() }),
  status: 201,
})

const ofImport = z.strictObject({ id: z.string().max(60) })

export const undoImport = endpoint({
  method: 'POST',
  path: '/api/v1/meeting-imports/:id/undo',
  tag,
  summary: '撤回一次补录：导入后没有更正过的会议全部撤回，更正过的留下',
  params: ofImport,
  body: z.strictObject({ reason: z.string().trim().min(2, { error: '请写明撤回理由。' }).max(300).meta({ title: '撤回理由' }) }),
  reply: z.object({ id: z.string(), withdrawn: z.number().int(), kept: z.number().int() }),
})

export const listImports = endpoint({
  method: 'GET',
  path: '/api/v1/meeting-imports',
  tag,
  summary: '一个组织补录过的批次，新的在前',
  query: z.strictObject({ organization: organizationId }),
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        meetings: z.number().int(),
        from: civilDate,
        to: civilDate,
        lateReason: z.string(),
        importedAt: z.string(),
        by: z.string(),
        undoReason: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
})
