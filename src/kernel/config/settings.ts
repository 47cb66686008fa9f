import path from 'node:path'
import { z } from 'zod'
import { defaultRobotHosts } from '../robots/robots.ts'
import { StartProblem } from './start-problem.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: string
  /** The claim of the identity that holds the account's user name here. */
  readonly usernameClaim: string
  /** What the button on the sign-in page says. */
  readonly title: string
}

export interface Settings {
  readonly port: number
  /** The address to listen on. An intranet server behind no proxy needs 0.0.0.0; the default serves this machine alone. */
  readonly host: string
  /** The address in the browser's bar, without a trailing slash; cookies and the CSRF check depend on it. */
  readonly origin: string
  /** Absolute path. */
  readonly dataFolder: string
  /** Absolute path of a key file kept outside the data folder. */
  readonly secretsFile?: string
  /** Absent: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl?: string
  readonly mode: 'demonstration' | 'production'
  /** Which proxies may name the client's address: false, the number of hops, or a list of addresses and networks. */
  readonly trustProxy: false | number | readonly string[]
  readonly smtpUrl?: string
  /** Hosts on which group robots may stand; nothing is sent to any other. */
  readonly robotHosts: readonly string[]
  /** The sender of mail. */
  readonly mailFrom: string
  readonly oidc?: OidcSettings
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const remedies = {
  PORT: '请填 1 到 65535 之间的整数，例如 PORT=8080',
  DATABASE_URL: '请填 PostgreSQL 连接地址，例如 postgres://用户:密码@主机:5432/库名',
  BIAOSHUAI_MODE: '请填 demonstration（演示）或 production（正式）',
  BIAOSHUAI_ORIGIN: '请填浏览器中访问本系统的网址，只含协议、主机和端口，例如 https://dj.example.gov.cn',
  BIAOSHUAI_HOST: '请填监听地址：只在本机访问填 127.0.0.1，供内网访问填 0.0.0.0',
  BIAOSHUAI_TRUST_PROXY: '没有反向代理请填 off；有则填代理的层数（如 1）或以逗号分隔的代理地址',
  BIAOSHUAI_SMTP_URL: '请填邮件服务器地址，例如 smtps://用户:密码@mail.example.gov.cn:465',
  BIAOSHUAI_MAIL_FROM: '请填发件人邮箱，例如 biaoshuai@example.gov.cn',
  BIAOSHUAI_ROBOT_HOSTS: '请填群机器人所在的主机名，以逗号分隔，例如 qyapi.weixin.qq.com,oapi.dingtalk.com；不许外发填 off',
  BIAOSHUAI_OIDC_ISSUER: '请填统一身份认证的签发地址（https 开头）',
  BIAOSHUAI_LOG_LEVEL: '请填 fatal、error、warn、info、debug、trace、silent 之一',
} as const

function urlOf(...protocols: string[]) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))
}

function originOnly(value: string): boolean {
  const url = new URL(value)
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
}

const originSchema = urlOf('http:', 'https:')
  .refine((value) => URL.canParse(value) && originOnly(value))
  .transform((value) => new URL(value).origin)

const proxySchema = z
  .string()
  .regex(/^(off|[1-9]|[0-9a-fA-F.:/]+(\s*,\s*[0-9a-fA-F.:/]+)*)$/)
  .transform((value) => {
    if (value === 'off') return false
    return /^[1-9]$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim())
  })

const hostsSchema = z
  .string()
  .regex(/^(off|[a-z0-9-]+(\.[a-z0-9-]+)+(\s*,\s*[a-z0-9-]+(\.[a-z0-9-]+)+)*)$/i)
  .transform((value) => (value === 'off' ? [] : value.split(',').map((host) => host.trim().toLowerCase())))

const environmentSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535)
    .default(8080),
  DATABASE_URL: urlOf('postgres:', 'postgresql:').optional(),
  BIAOSHUAI_DATA: z.string().default('data'),
  BIAOSHUAI_SECRETS: z.string().optional(),
  BIAOSHUAI_MODE: z.enum(['demonstration', 'production']).optional(),
  BIAOSHUAI_ORIGIN: originSchema.optional(),
  BIAOSHUAI_HOST: z
    .string()
    .regex(/^[0-9a-zA-Z.:-]+$/)
    .default('127.0.0.1'),
  BIAOSHUAI_TRUST_PROXY: proxySchema.default(false),
  BIAOSHUAI_SMTP_URL: urlOf('smtp:', 'smtps:').optional(),
  BIAOSHUAI_MAIL_FROM: z.email().default('biaoshuai@localhost.localdomain'),
  BIAOSHUAI_ROBOT_HOSTS: hostsSchema.default([...defaultRobotHosts]),
  BIAOSHUAI_OIDC_ISSUER: urlOf('https:', 'http:').optional(),
  BIAOSHUAI_OIDC_CLIENT_ID: z.string().optional(),
  BIAOSHUAI_OIDC_CLIENT_SECRET: z.string().optional(),
  BIAOSHUAI_OIDC_SCOPES: z.string().default('openid profile'),
  BIAOSHUAI_OIDC_USERNAME_CLAIM: z.string().default('preferred_username'),
  BIAOSHUAI_OIDC_TITLE: z.string().default('统一身份认证登录'),
  BIAOSHUAI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

type Parsed = z.output<typeof environmentSchema>

/** An empty variable counts as absent: compose files and unit files pass empty ones. */
function present(env: Environment): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const)
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => Boolean(entry[1])))
}

function schemaProblems(error: z.ZodError): string[] {
  const names = new Set(error.issues.map((issue) => String(issue.path[0])))
  const known = new Map<string, string>(Object.entries(remedies))
  return [...names].map((name) => `${name} 的值不正确：${known.get(name) ?? '请检查这个变量'}。`)
}

const oidcNames = ['BIAOSHUAI_OIDC_ISSUER', 'BIAOSHUAI_OIDC_CLIENT_ID', 'BIAOSHUAI_OIDC_CLIENT_SECRET'] as const

/** What single variables cannot show: sets that belong together, and what production forbids. */
function jointProblems(given: Record<string, string>): string[] {
  const found: string[] = []
  const missing = oidcNames.filter((name) => !given[name])
  if (missing.length > 0 && missing.length < oidcNames.length) {
    found.push(`统一身份认证还缺少 ${missing.join('、')}：请一并填写，或三个都去掉。`)
  }
  if (given.BIAOSHUAI_MODE === 'production' && !given.BIAOSHUAI_ORIGIN) {
    found.push(`正式运行必须设置 BIAOSHUAI_ORIGIN：${remedies.BIAOSHUAI_ORIGIN}。`)
  }
  return found
}

function oidcOf(parsed: Parsed): { oidc: OidcSettings } | Record<string, never> {
  const { BIAOSHUAI_OIDC_ISSUER: issuer, BIAOSHUAI_OIDC_CLIENT_ID: clientId, BIAOSHUAI_OIDC_CLIENT_SECRET: clientSecret } = parsed
  if (!issuer || !clientId || !clientSecret) return {}
  const scopes = parsed.BIAOSHUAI_OIDC_SCOPES
  const usernameClaim = parsed.BIAOSHUAI_OIDC_USERNAME_CLAIM
  return { oidc: { issuer, clientId, clientSecret, scopes, usernameClaim, title: parsed.BIAOSHUAI_OIDC_TITLE } }
}

function settingsOf(parsed: Parsed): Settings {
  return {
    port: parsed.PORT,
    host: parsed.BIAOSHUAI_HOST,
    origin: parsed.BIAOSHUAI_ORIGIN ?? `http://127.0.0.1:${parsed.PORT}`,
    dataFolder: path.resolve(parsed.BIAOSHUAI_DATA),
    ...(parsed.BIAOSHUAI_SECRETS ? { secretsFile: path.resolve(parsed.BIAOSHUAI_SECRETS) } : {}),
    ...(parsed.DATABASE_URL ? { databaseUrl: parsed.DATABASE_URL } : {}),
    mode: parsed.BIAOSHUAI_MODE ?? (parsed.DATABASE_URL ? 'production' : 'demonstration'),
    trustProxy: parsed.BIAOSHUAI_TRUST_PROXY,
    ...(parsed.BIAOSHUAI_SMTP_URL ? { smtpUrl: parsed.BIAOSHUAI_SMTP_URL } : {}),
    robotHosts: parsed.BIAOSHUAI_ROBOT_HOSTS,
    mailFrom: parsed.BIAOSHUAI_MAIL_FROM,
    ...oidcOf(parsed),
    logLevel: parsed.BIAOSHUAI_LOG_LEVEL,
  }
}

/** Reads the settings from environment variables; throws one StartProblem that names every wrong variable and its remedy. */
export function readSettings(env: Environment): Settings {
  const given = present(env)
  const result = environmentSchema.safeParse(given)
  const problems = [...(result.success ? [] : schemaProblems(result.error)), ...jointProblems(given)]
  if (!result.success || problems.length > 0) throw new StartProblem(`启动设置有误。\n${problems.join('\n')}`)
  return settingsOf(result.data)
}
