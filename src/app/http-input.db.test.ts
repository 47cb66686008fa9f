import { beforeAll, describe, expect, it } from 'vitest'
import { productServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, nobody, type Visitor } from '../../tests/authorization/sessions.ts'
import { type TwoUnits, twoUnits } from '../../tests/authorization/two-units.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'

const platform = await testPlatform('2026-11-23')
const server = await productServer(platform)
let world: TwoUnits
let officer: Visitor
beforeAll(async () => {
  world = await twoUnits(platform)
  officer = await aVisitor(platform, 'officer', {
    held: [{ role: 'committee_officer', over: world.city }],
    person: world.own.person,
  })
})

const meeting = (more: object = {}) => ({
  organizationIds: [world.a.branch.id],
  kinds: ['members_meeting'],
  title: '十一月党员大会',
  heldOn: '2026-11-20',
  agenda: [{ title: '学习', category: 'political_theory' }],
  ...more,
})
const record = (body: unknown, headers: Record<string, string | undefined> = {}) =>
  server.ask(officer, { method: 'POST', url: '/api/v1/meetings', body, headers })
const raw = (text: string) => record(text, { 'content-type': 'application/json' })
const meetingsNow = async () => Number((await platform.owner.pool.query('select count(*) from orglife.meetings')).rows[0].count)

describe('提交的内容', () => {
  it('is refused whole with a key that nobody declared, wherever it stands', async () => {
    const before = await meetingsNow()
    for (const extra of [
      { state: 'recorded' },
      { id: 'mtg_0000' },
      { recorded_by: 1 },
      { recordedOn: '2026-01-01' },
      { administrator: 'system' },
      { agenda: [{ title: '学习', category: 'business', position: 9 }] },
    ]) {
      const answer = await record(meeting(extra))
      expect([answer.statusCode, answer.json<{ code: string }>().code], JSON.stringify(extra)).toEqual([
        400,
        'kernel.invalid_input',
      ])
    }
    expect(await meetingsNow()).toBe(before)
    expect((await server.ask(officer, { method: 'GET', url: '/api/v1/meetings?readOrganizations=1' })).statusCode).toBe(400)
  })

  it.each([
    '"__proto__":{"administrator":"system"}',
    '"constructor":{"prototype":{"administrator":"system"}}',
    '"agenda":[{"__proto__":{"a":1}}]',
  ])('bends no prototype with %s', async (poison) => {
    const whole = JSON.stringify(meeting())
    expect((await raw(`${whole.slice(0, -1)},${poison}}`)).statusCode).toBe(400)
    expect(({} as Record<string, unknown>)['administrator']).toBeUndefined()
  })

  it('names each parameter once', async () => {
    const answer = await server.ask(officer, {
      method: 'GET',
      url: `/api/v1/meetings?under=${world.a.unit.id}&under=${world.b.unit.id}`,
    })
    expect(answer.json()).toMatchObject({ status: 400, code: 'kernel.invalid_input', errors: [{ field: 'under' }] })
    for (const url of ['/api/v1/meetings?__proto__=1', '/api/v1/meetings?constructor=1', '/api/v1/meetings?hasOwnProperty=1']) {
      expect((await server.ask(officer, { method: 'GET', url })).statusCode, url).toBe(400)
    }
  })

  it.each(['\\u0000', 'a\\u0000b', '\\ud800', '\\udfff 学习'])('is refused as broken text where it holds %s', async (text) => {
    const inside = JSON.stringify(meeting({ title: '@' })).replace('"@"', `"${text}"`)
    const answer = await raw(inside)
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'kernel.invalid_input'])
    for (const url of [
      '/api/v1/meetings?text=%00',
      '/api/v1/persons?text=a%00',
      '/api/v1/meetings/%00',
      '/api/v1/cases/a%00b',
      '/api/v1/organizations?text=%00',
      '/api/v1/obligations?subject=%00',
    ]) {
      expect((await server.ask(officer, { method: 'GET', url })).statusCode, url).toBe(400)
    }
  })

  it.each([
    ['a title of 101 characters', () => record(meeting({ title: '会'.repeat(101) })), 400],
    ['51 organizations', () => record(meeting({ organizationIds: Array.from({ length: 51 }, () => world.a.branch.id) })), 400],
    ['an id as long as a page', () => server.ask(officer, { method: 'GET', url: `/api/v1/meetings/${'x'.repeat(3000)}` }), 404],
    ['an id longer than any id', () => server.ask(officer, { method: 'GET', url: `/api/v1/meetings/${'x'.repeat(100)}` }), 400],
    ['a body of two megabytes', () => raw(`{"title":"${'x'.repeat(2_000_000)}"}`), 413],
    ['a hundred thousand keys', () => raw(`{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`), 400],
    ['a list nested fifty thousand times', () => raw(`{"agenda":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), 400],
    [
      'a search text of 50 kilobytes',
      () => server.ask(officer, { method: 'GET', url: `/api/v1/persons?text=${'a'.repeat(50_000)}` }),
      400,
    ],
    ['no body at all', () => server.ask(officer, { method: 'POST', url: '/api/v1/meetings' }), 400],
    ['the body null', () => raw('null'), 400],
    ['a list for a body', () => raw('[]'), 400],
  ])('is refused in time when it is %s', async (_, asked, status) => {
    const begun = performance.now()
    const answer = await asked()
    expect(answer.statusCode).toBe(status)
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  it('is refused with a problem that has a stable code, a sentence, the fields and the request’s number, and no word of the database', async () => {
    const answers = [
      await record({}),
      await record(meeting({ heldOn: '2027-01-01' })),
      await server.ask(nobody, { method: 'GET', url: '/api/v1/me' }),
      await server.ask(officer, { method: 'GET', url: '/api/v1/nothing' }),
    ]
    for (const answer of answers) {
      expect(answer.headers['content-type']).toContain('application/problem+json')
      const body = answer.json<Record<string, unknown>>()
      expect(body).toMatchObject({
        type: `urn:biaoshuai:problem:${String(body['code'])}`,
        status: answer.statusCode,
        detail: expect.stringMatching(/[一-龥].*。$/) as string,
        requestId: expect.any(String) as string,
      })
      expect(answer.payload).not.toMatch(/select|insert|constraint|relation|stack|node_modules|!|！/i)
    }
    expect(answers[0]?.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)).toContain('heldOn')
  })
})

describe('同一个 Idempotency-Key', () => {
  it('has one effect and the same answer each time', async () => {
    const before = await meetingsNow()
    const key = { 'idempotency-key': 'same-key-0001' }
    const [first, second] = [await record(meeting({ title: '只记一次' }), key), await record(meeting({ title: '只记一次' }), key)]
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect(await meetingsNow()).toBe(before + 1)
  })

  it('is refused for another body and for another act', async () => {
    const key = { 'idempotency-key': 'same-key-0002' }
    await record(meeting({ title: '先记的' }), key)
    const before = await meetingsNow()
    const other = await record(meeting({ title: '另一份' }), key)
    const elsewhere = await server.ask(officer, {
      method: 'POST',
      url: '/api/v1/meetings/plan',
      body: { ...meeting(), heldOn: '2026-12-01' },
      headers: key,
    })
    for (const answer of [other, elsewhere])
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'kernel.idempotency_key_reused'])
    expect(await meetingsNow()).toBe(before)
  })

  it('has one effect when ten requests come at once', async () => {
    const before = await meetingsNow()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => record(meeting({ title: '同时来十次' }), { 'idempotency-key': 'same-key-0003' })),
    )
    expect(await meetingsNow()).toBe(before + 1)
    const ids = new Set(answers.filter(({ statusCode }) => statusCode === 201).map((answer) => answer.json<{ id: string }>().id))
    expect(ids.size).toBe(1)
    expect(answers.every(({ statusCode }) => [201, 409].includes(statusCode))).toBe(true)
  })

  it('belongs to one account: another’s is neither answered nor known', async () => {
    const key = { 'idempotency-key': 'same-key-0004' }
    const first = await record(meeting({ title: '甲记的' }), key)
    const other = await aVisitor(platform, 'other', { held: [{ role: 'committee_officer', over: world.city }] })
    const second = await server.ask(other, {
      method: 'POST',
      url: '/api/v1/meetings',
      body: meeting({ title: '甲记的' }),
      headers: key,
    })
    expect(second.json<{ id: string }>().id).not.toBe(first.json<{ id: string }>().id)
  })

  it.each([undefined, 'short', 'x'.repeat(201)])('is asked for on every act: %s is none', async (key) => {
    const before = await meetingsNow()
    expect((await record(meeting(), { 'idempotency-key': key })).json()).toMatchObject({
      status: 400,
      code: 'kernel.idempotency_key_missing',
    })
    expect(await meetingsNow()).toBe(before)
  })
})
