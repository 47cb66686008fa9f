import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const hour = z.number().int().min(0).max(23)

/** What notices are about, as a person chooses: one line for each part of the work. */
export const noticeLines = {
  supervision: '督办、任务、问题、黄牌',
  meetings: '会议和活动',
  duties: '应办提醒和报送',
  others: '学习和其他',
} as const
export type NoticeLineName = keyof typeof noticeLines

const lineOfModule: Readonly<Record<string, NoticeLineName>> = {
  supervision: 'supervision',
  orglife: 'meetings',
  rulebook: 'duties',
}

/** The line of a kind of notice, by the module that tells it. */
export const lineOf = (kind: string): NoticeLineName => lineOfModule[kind.split('.')[0] ?? ''] ?? 'others'

/** How a line comes. On the site everything stands in any case. */
export const ways = { mail: '随时发邮件', digest: '合在汇总里', site: '只在本站' } as const
export type Way = keyof typeof ways
const way = z.enum(Object.keys(ways) as [Way, ...Way[]]).default('digest')
const named = (line: NoticeLineName) => way.meta({ title: noticeLines[line] })

const choice = z.strictObject({
  address: z
    .email({ error: '请填写完整的邮箱地址，如 name@example.gov.cn。' })
    .max(200)
    .nullable()
    .meta({ title: '邮箱', help: '不填则只在本站通知' }),
  ways: z
    .strictObject({
      supervision: named('supervision'),
      meetings: named('meetings'),
      duties: named('duties'),
      others: named('others'),
    })
    .prefault({})
    .meta({ title: '哪些怎么发' }),
  digestEvery: z.enum(['day', 'week']).default('day').meta({ title: '多久汇总一次' }),
  digestWeekday: z.number().int().min(1).max(5).default(1).meta({ title: '每周汇总在星期几' }),
  digestHour: hour.default(8).meta({ title: '几点汇总', help: '要在免打扰以外' }),
  quietFrom: hour.default(21).meta({ title: '免打扰自几点' }),
  quietUntil: hour.default(8).meta({ title: '免打扰至几点', help: '这段时间不发邮件，急件也等到结束' }),
  quietDaysOff: z.boolean().default(true).meta({ title: '休息日也免打扰', help: '周末和节假日不发邮件，调休上班的日子照发' }),
})

const inside = ({ quietFrom, quietUntil, digestHour }: z.output<typeof choice>) =>
  quietFrom <= quietUntil
    ? digestHour >= quietFrom && digestHour < quietUntil
    : digestHour >= quietFrom || digestHour < quietUntil

export const mailChoice = choice.refine((given) => !inside(given), {
  path: ['digestHour'],
  error: '汇总的钟点在免打扰时间里，请另选一个钟点。',
})
/** The fields alone, for the form. */
export const mailFields = choice
export type MailChoice = z.infer<typeof choice>

export const showMail = endpoint({
  method: 'GET',
  path: '/api/v1/me/mail',
  tag: '工作台',
  summary: '我的通知设置：哪些发邮件、哪些汇总、哪些只在本站，免打扰时间',
  reply: choice,
})
export const chooseMail = endpoint({
  method: 'PUT',
  path: '/api/v1/me/mail',
  tag: '工作台',
  summary: '改我的通知设置',
  body: mailChoice,
  reply: choice,
})
