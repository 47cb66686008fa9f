import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const hour = z.number().int().min(0).max(23)

export const mailChoice = z.strictObject({
  address: z
    .email({ error: '请填写完整的邮箱地址，如 name@example.gov.cn。' })
    .max(200)
    .nullable()
    .meta({ title: '邮箱', help: '不填则只在本站通知' }),
  digest: z.boolean().default(true).meta({ title: '每天早上汇总', help: '把当天的通知合成一封，不逐条发' }),
  quietFrom: hour.default(20).meta({ title: '免打扰自几点' }),
  quietUntil: hour.default(8).meta({ title: '免打扰至几点', help: '这段时间不发邮件' }),
})
export type MailChoice = z.infer<typeof mailChoice>

export const showMail = endpoint({
  method: 'GET',
  path: '/api/v1/me/mail',
  tag: '工作台',
  summary: '我的邮件通知设置',
  reply: mailChoice,
})
export const chooseMail = endpoint({
  method: 'PUT',
  path: '/api/v1/me/mail',
  tag: '工作台',
  summary: '改我的邮件通知设置',
  body: mailChoice,
  reply: mailChoice,
})
