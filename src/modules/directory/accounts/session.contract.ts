import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

const username = z.string().trim().min(1, { error: '请输入用户名。' }).max(60).meta({ title: '用户名' })
const password = z.string().min(1, { error: '请输入密码。' }).max(200).meta({ title: '密码' })

export const secondFactorState = z.enum(['none', 'required', 'done'])
export const signIn = endpoint({
  method: 'POST',
  path: '/api/v1/session',
  tag: '登录',
  summary: '用户名和密码登录；secondFactor 为 required 时还须动态口令',
  body: z.strictObject({ username, password }),
  reply: z.object({ secondFactor: secondFactorState, mustChangePassword: z.boolean() }),
  status: 201,
})
export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/v1/session',
  tag: '登录',
  summary: '退出登录',
  reply: z.object({}),
})
export const secondFactor = endpoint({
  method: 'POST',
  path: '/api/v1/session/second-factor',
  tag: '登录',
  summary: '第二步：动态口令',
  body: z.strictObject({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, { error: '动态口令是 6 位数字。' })
      .meta({ title: '动态口令' }),
  }),
  reply: z.object({ secondFactor: secondFactorState }),
})
export const signInOptions = endpoint({
  method: 'GET',
  path: '/api/v1/sign-in-options',
  tag: '登录',
  summary: '登录页可用的方式',
  reply: z.object({ single: z.object({ title: z.string(), path: z.string() }).nullable(), demonstration: z.boolean() }),
})
export const me = endpoint({
  method: 'GET',
  path: '/api/v1/me',
  tag: '登录',
  summary: '我是谁、在哪些组织、能做什么',
  reply: z.object({
    account: z.object({
      id: z.string(),
      username: z.string(),
      name: z.string(),
      administrator: z.enum(['system', 'security', 'audit']).nullable(),
    }),
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    organizations: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
    grants: z.array(
      z.object({ role: z.string(), roleName: z.string(), organization: z.object({ id: z.string(), name: z.string() }) }),
    ),
    abilities: z.array(z.string()),
    secondFactor: secondFactorState,
    secondFactorEnrolled: z.boolean(),
    mustChangePassword: z.boolean(),
    today: civilDate,
    demonstration: z.boolean(),
    preferences: z.record(z.string(), z.unknown()),
  }),
})

problems({
  'directory.sign_in_failed': { status: 401, title: '用户名或密码不对。连续输错会暂时锁定，请核对后再试。' },
  'directory.sign_in_locked': { status: 429, title: '输错次数过多，请稍后再试；急用请联系安全管理员解锁。' },
  'directory.second_factor_wrong': { status: 401, title: '动态口令不对或已用过，请等下一个口令再试。' },
  'directory.password_weak': { status: 422, title: '新密码不合要求，请按提示另设。' },
})
