import path from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { StartProblem } from './start-problem.ts'

function problemsOf(env: Record<string, string>): string {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof StartProblem) return error.message
    throw error
  }
  return ''
}

test('with nothing set, the demonstration serves this machine alone', () => {
  expect(readSettings({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    origin: 'http://127.0.0.1:8080',
    dataFolder: path.resolve('data'),
    mode: 'demonstration',
    trustProxy: false,
    robotHosts: ['qyapi.weixin.qq.com', 'oapi.dingtalk.com'],
    mailFrom: 'biaoshuai@localhost.localdomain',
    logLevel: 'info',
  })
})

test('an own database means production unless the mode says otherwise', () => {
  const DATABASE_URL = 'postgres://u:p@db:5432/biaoshuai'
  expect(readSettings({ DATABASE_URL }).mode).toBe('production')
  expect(readSettings({ DATABASE_URL, BIAOSHUAI_MODE: 'demonstration' }).mode).toBe('demonstration')
})

test('the origin follows the port and loses its trailing slash', () => {
  expect(readSettings({ PORT: '9000' }).origin).toBe('http://127.0.0.1:9000')
  expect(readSettings({ BIAOSHUAI_ORIGIN: 'https://dj.example.gov.cn/' }).origin).toBe('https://dj.example.gov.cn')
})

test('an empty variable counts as absent', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: ' ', BIAOSHUAI_SMTP_URL: '' })).toEqual(readSettings({}))
})

test('all problems are named at once, each with its remedy', () => {
  const message = problemsOf({
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    BIAOSHUAI_ORIGIN: 'https://a.example/path',
    BIAOSHUAI_OIDC_ISSUER: 'https://id.example',
    BIAOSHUAI_LOG_LEVEL: 'loud',
  })
  for (const name of ['PORT', 'DATABASE_URL', 'BIAOSHUAI_ORIGIN', 'BIAOSHUAI_OIDC_CLIENT_ID', 'BIAOSHUAI_LOG_LEVEL']) {
    expect(message).toContain(name)
  }
  expect(message.split('\n')).toHaveLength(6)
})

test.each(['0', '65536', '-1', '80x', '1e3', '٣'])('port %s is refused', (PORT) => {
  expect(problemsOf({ PORT })).toContain('PORT 的值不正确')
})

test('a secret value never appears in the message', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://u:hunter2@db/x', PORT: 'x' })).not.toContain('hunter2')
})

test('production wants to know its address in the browser', () => {
  expect(problemsOf({ BIAOSHUAI_MODE: 'production' })).toContain('BIAOSHUAI_ORIGIN')
})

test('proxies are a number of hops or a list of networks', () => {
  expect(readSettings({ BIAOSHUAI_TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(readSettings({ BIAOSHUAI_TRUST_PROXY: '10.0.0.0/8, ::1' }).trustProxy).toEqual(['10.0.0.0/8', '::1'])
  expect(readSettings({ BIAOSHUAI_TRUST_PROXY: 'off' }).trustProxy).toBe(false)
  expect(problemsOf({ BIAOSHUAI_TRUST_PROXY: 'yes' })).toContain('BIAOSHUAI_TRUST_PROXY')
})

test('single sign-on is read whole', () => {
  const env = { BIAOSHUAI_OIDC_ISSUER: 'https://id.example', BIAOSHUAI_OIDC_CLIENT_ID: 'b', BIAOSHUAI_OIDC_CLIENT_SECRET: 's' }
  expect(readSettings(env).oidc).toMatchObject({
    issuer: 'https://id.example',
    clientId: 'b',
    usernameClaim: 'preferred_username',
  })
})
