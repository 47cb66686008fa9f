import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '时间请写成 22:00 这样的形式。' })
const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, { error: '动态口令是 6 位数字。' })
  .meta({ title: '动态口令' })

/** What a person sets for himself; null takes a setting back. */
export const preferences = z.strictObject({
  largeType: z.boolean().optional().meta({ title: '大字版' }),
  quietFrom: timeOfDay.nullable().optional().meta({ title: '免打扰自' }),
  quietTo: timeOfDay.nullable().optional().meta({ title: '免打扰至' }),
  mailDigest: z.enum(['none', 'daily', 'weekly']).optional().meta({ title: '邮件汇总' }),
})

export const setPreferences = endpoint({
  method: 'PUT',
  path: '/api/v1/me/preferences',
  tag: '我的设置',
  summary: '改自己的设置；没有写的项目不变',
  body: preferences,
  reply: z.object({ preferences: z.record(z.string(), z.unknown()) }),
})
export const changePassword = endpoint({
  method: 'POST',
  path: '/api/v1/me/password',
  tag: '我的设置',
  summary: '改自己的密码；其他地方的登录随即失效',
  body: z.strictObject({
    oldPassword: z.string().min(1, { error: '请输入原密码。' }).max(200).meta({ title: '原密码' }),
    newPassword: z
      .string()
      .min(1, { error: '请输入新密码。' })
      .max(128, { error: '密码不超过 128 个字符。' })
      .meta({ title: '新密码' }),
  }),
  reply: z.object({}),
})
export const enrolSecondFactor = endpoint({
  method: 'POST',
  path: '/api/v1/me/second-factor',
  tag: '我的设置',
  summary: '绑定动态口令：给出密钥和二维码，确认后生效',
  reply: z.object({ secret: z.string(), uri: z.string(), qr: z.string() }),
})
export const confirmSecondFactor = endpoint({
  method: 'POST',
  path: '/api/v1/me/second-factor/confirm',
  tag: '我的设置',
  summary: '用一个动态口令确认绑定',
  body: z.strictObject({ code }),
  reply: z.object({}),
})

problems({
  'directory.old_password_wrong': { status: 422, title: '原密码不对，请核对后再试。' },
  'directory.code_wrong': { status: 422, title: '动态口令不对，请核对手机时间，等下一个口令再试。' },
  'directory.second_factor_in_force': { status: 409, title: '已经绑定了动态口令。要换设备，请联系安全管理员重置后再绑定。' },
})
