import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { addressOf, CallProblem, call, onSignedOut, request, Unreachable } from './call.ts'
import { endpoint } from './endpoint.ts'

const record = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/votes',
  tag: '会议',
  summary: '记表决',
  params: z.strictObject({ id: z.string() }),
  body: z.strictObject({ title: z.string() }),
  reply: z.object({ id: z.string() }),
})
const asked = { params: { id: 'mtg_1' }, body: { title: '表决' } }

function answer(status: number, body: unknown, type = 'application/json') {
  const fetched = vi.fn<typeof fetch>(
    async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

afterEach(() => vi.unstubAllGlobals())

test('an address carries its parameters encoded, lists repeated and nothing empty', () => {
  expect(addressOf('/a/:id', { params: { id: '支部 1' }, query: { kind: ['x', 'y'], q: '', after: undefined } })).toBe(
    '/a/%E6%94%AF%E9%83%A8%201?kind=x&kind=y',
  )
})

test('an act carries the key that was given, so that a retry is the same act', async () => {
  const fetched = answer(200, { id: 'vot_1' })
  await expect(call(record, asked, { idempotencyKey: 'attempt-1' })).resolves.toEqual({ id: 'vot_1' })
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/meetings/mtg_1/votes')
  expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({
    'idempotency-key': 'attempt-1',
    'content-type': 'application/json',
  })
})

test('signing in carries no idempotency key', async () => {
  const fetched = answer(201, {})
  await request({ method: 'POST', path: '/api/v1/session', body: {} })
  expect(fetched.mock.calls[0]?.[1]?.headers).not.toHaveProperty('idempotency-key')
})

test("the server's no comes with its sentence and the fields at fault", async () => {
  answer(
    422,
    { code: 'orglife.x', detail: '议程不能为空。', errors: [{ field: 'title', message: '请填写。' }] },
    'application/problem+json',
  )
  const problem = await call(record, asked).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(CallProblem)
  expect(problem).toMatchObject({ code: 'orglife.x', status: 422, detail: '议程不能为空。', errors: [{ field: 'title' }] })
})

test('no answer, and a gateway without one, are told apart from a refusal', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network')
  })
  await expect(call(record, asked)).rejects.toBeInstanceOf(Unreachable)
  answer(502, 'bad gateway', 'text/html')
  await expect(call(record, asked)).rejects.toBeInstanceOf(Unreachable)
})

test('an ended session is announced, a wrong password is not', async () => {
  const listener = vi.fn<() => void>()
  const stop = onSignedOut(listener)
  answer(401, { code: 'kernel.not_signed_in', detail: '请先登录。' }, 'application/problem+json')
  await request({ method: 'POST', path: '/api/v1/session', body: {} }).catch(() => undefined)
  expect(listener).not.toHaveBeenCalled()
  await call(record, asked).catch(() => undefined)
  expect(listener).toHaveBeenCalledTimes(1)
  stop()
})

test('an answer that does not fit the contract is refused in words', async () => {
  answer(200, { id: 7 })
  await expect(call(record, asked)).rejects.toMatchObject({ code: 'web.reply_unreadable' })
})
