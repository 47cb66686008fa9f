import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

export const robotProviders = { wecom: '企业微信', dingtalk: '钉钉' } as const
export type RobotProvider = keyof typeof robotProviders

/** What a robot may be told: a count and a link, each once a working day; nothing where there is nothing. */
export const robotLines = {
  reminders: '快到期的：三天内到期多少项',
  overdue: '逾期的：逾期多少项',
  digest: '每日概况：没办结、今天到期、待核验各多少',
} as const
export type RobotLine = keyof typeof robotLines

const provider = z.enum(Object.keys(robotProviders) as [RobotProvider, ...RobotProvider[]]).meta({ title: '哪家的机器人' })
const lines = z
  .array(z.enum(Object.keys(robotLines) as [RobotLine, ...RobotLine[]]))
  .min(1, { error: '请至少选一样。' })
  .meta({ title: '发什么' })
const name = z.string().trim().min(2, { error: '请起个名称，例如“工委工作群”。' }).max(40).meta({ title: '名称' })
const address = z
  .string()
  .trim()
  .max(500)
  .meta({ title: '机器人地址', help: '从群机器人的设置里复制，https 开头。加密存放，存下后不再显示' })
const secret = z
  .string()
  .trim()
  .regex(/^\S{8,200}$/, { error: '密钥不完整，请重新复制。' })
  .meta({ title: '加签密钥', help: '钉钉安全设置选“加签”时才有，SEC 开头。加密存放，存下后不再显示' })
const hour = z
  .number()
  .int()
  .min(8, { error: '请填 8 到 20 点。' })
  .max(20, { error: '请填 8 到 20 点。' })
  .default(9)
  .meta({ title: '几点发', help: '工作日发' })

export const robot = z.object({
  id: z.string(),
  revision: z.number().int(),
  name: z.string(),
  provider,
  host: z.string(),
  signed: z.boolean(),
  organization: z.object({ id: z.string(), name: z.string() }),
  lines: z.array(z.enum(Object.keys(robotLines) as [RobotLine, ...RobotLine[]])),
  hour: z.number().int(),
  enabled: z.boolean(),
  /** Texts that wait to be sent or sent again. */
  queued: z.number().int(),
  sentAt: z.string().nullable(),
  failedAt: z.string().nullable(),
  failure: z.string().nullable(),
})
export type RobotShown = z.infer<typeof robot>

export const listRobots = endpoint({
  method: 'GET',
  path: '/api/v1/robots',
  tag: '工作台',
  summary: '群机器人：发什么、最近一次发成和没有发成；地址和密钥不显示',
  reply: z.object({ items: z.array(robot), hosts: z.array(z.string()) }),
})
export const addRobot = endpoint({
  method: 'POST',
  path: '/api/v1/robots',
  tag: '工作台',
  summary: '加一个群机器人；只发数目和链接',
  body: z.strictObject({
    name,
    organizationId: organizationId.meta({ title: '数哪个组织的', help: '含下级；全市的选工委' }),
    provider,
    address,
    secret: secret.optional(),
    lines,
    hour,
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const changeRobot = endpoint({
  method: 'POST',
  path: '/api/v1/robots/:id/change',
  tag: '工作台',
  summary: '改群机器人：名称、发什么、几点发、停用或启用；地址和密钥填了才换',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({
    revision: z.number().int().meta({ title: '版次' }),
    name,
    lines,
    hour,
    enabled: z.boolean().meta({ title: '启用' }),
    address: address.optional(),
    secret: secret.optional(),
  }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const testRobot = endpoint({
  method: 'POST',
  path: '/api/v1/robots/:id/test',
  tag: '工作台',
  summary: '试发一条，不含任何数目；结果显示在机器人下面',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.object({ id: z.string() }),
})

problems({
  'desk.robot_not_found': { status: 404, title: '没有找到这个机器人。' },
  'desk.robot_address': { status: 422, title: '机器人地址不能用，请按提示改正。' },
})
