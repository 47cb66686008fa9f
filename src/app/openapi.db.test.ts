import { connect } from 'node:net'
import { beforeAll, expect, it } from 'vitest'
import { buildServer } from '../kernel/http/server.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { registerModules, routes } from './modules.ts'

type Server = Awaited<ReturnType<typeof buildServer>>
let platform: TestPlatform
let app: Server

beforeAll(async () => {
  registerModules()
  platform = await testPlatform()
  const fixed = { origin: 'http://10.0.0.8:8080', strictOrigin: true, trustProxy: false as const, webFolder: null }
  app = await buildServer({ platform, routes, authenticate: () => Promise.resolve(null), ...fixed })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return () => app.close()
})

interface Described {
  readonly servers: readonly { url: string }[]
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown>; parameters?: readonly { name: string }[] }>>
}

it('the description names every operation of the program, its problem, its key and its address', async () => {
  const described = (await app.inject('/api/openapi.json')).json<Described>()
  expect(described.servers).toEqual([{ url: 'http://10.0.0.8:8080' }])
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
  )
  const named = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(operations.map(({ name }) => name).sort()).toEqual([...named].sort())
  expect(operations.filter(({ responses }) => !('default' in responses))).toEqual([])
  const keyless = operations.filter(
    ({ name, parameters }) => !name.startsWith('GET') && !parameters?.some((one) => one.name === 'Idempotency-Key'),
  )
  expect(keyless.map(({ name }) => name).filter((name) => !name.includes('/session'))).toEqual([])
})

it('the readable description forces nobody to https and runs no inline script', async () => {
  const policy = (await app.inject('/api/docs/')).headers['content-security-policy']
  expect(policy).not.toContain('upgrade-insecure-requests')
  expect(policy).toContain("script-src 'self'")
})

it('bytes that are no HTTP are answered by a problem with a sentence', async () => {
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end('GET /api/v1/health HTTP/1.1\r\nHost:\u0000bad\r\n\r\n'))
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toContain('400 Bad Request')
  expect(answer).toContain('application/problem+json')
  expect(answer).toContain('"code":"kernel.invalid_input"')
})
