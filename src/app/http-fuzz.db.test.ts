import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { foreignObjects } from '../../tests/authorization/foreign-objects.ts'
import { productServer, type ProductServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, signedIn, type Visitor } from '../../tests/authorization/sessions.ts'
import { twoUnits } from '../../tests/authorization/two-units.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { endpoint } from '../kernel/http/endpoint.ts'
import { type Route, route } from '../kernel/http/route.ts'
import { routes } from './modules.ts'

/** An operation that fails for one value in nine, as a forgotten check would. */
const careless = endpoint({
  method: 'POST',
  path: '/api/v1/careless',
  tag: '试',
  summary: '粗心的接口',
  body: z.strictObject({ text: z.string().max(50) }),
  reply: z.object({}),
})
const carelessRoute: Route = route(careless, {
  permission: 'signed_in',
  handle: async ({ body }) => {
    if (/^\d/.test(body.text)) throw new TypeError('nobody thought of it')
    return {}
  },
})

const platform = await testPlatform('2026-11-23')
const server = await productServer(platform)
const defective = await productServer(platform, { routes: [carelessRoute] })
const visitors: Record<string, Visitor> = {}
let ids: string[] = []

beforeAll(async () => {
  const world = await twoUnits(platform)
  const foreign = await foreignObjects(platform, world)
  visitors['business'] = await aVisitor(platform, 'officer', {
    held: [{ role: 'committee_officer', over: world.city }],
    person: world.own.person,
  })
  for (const administrator of ['system', 'security', 'audit'] as const)
    visitors[administrator] = await aVisitor(platform, administrator, { administrator })
  ids = [
    world.a.branch,
    world.a.unit,
    world.b.branch,
    world.own.person,
    world.own.meeting,
    world.own.proposal,
    foreign.person,
    foreign.recorded,
    foreign.cases.reported,
    foreign.grant,
    foreign.checked,
  ].map(({ id }) => id)
}, 60_000)

interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly format?: string
}

const nasty = [
  '',
  ' ',
  "'",
  '";--',
  '%',
  '_',
  '\\',
  '\u0000',
  '\ud800',
  '𠮷',
  '‮',
  '1e309',
  '-0',
  '9223372036854775808',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '{}',
  '[]',
  'null',
  '../../x',
  '=1+1',
  '2026',
  '2019Q1',
  '2045-12',
  '2046-01',
  '0000',
  '9999H2',
  'MSBhYmM',
  'MSAx',
  '1.1.1.1.o.1',
  '99999.1.1.1.o.1',
  'x'.repeat(300),
]
const numbers = [0, -1, 1, 0.5, 1e21, -1e21, 2 ** 31, 2 ** 53, 2 ** 63]

/** Values that a schema describes, mixed with what nobody expects of it. */
function values(shape: Shape): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, '', [], {}),
    fc.constantFrom<unknown>(...nasty),
    fc.constantFrom<unknown>(...numbers),
  )
  return fc.oneof({ weight: 14, arbitrary: described(shape) }, { weight: 1, arbitrary: odd })
}

const texts = () =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: fc.constantFrom('2026-10', '2026Q3', '2026', 'T-hard', '办理完毕', '照批复办理') },
    { weight: 2, arbitrary: fc.constantFrom(...nasty) },
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
const dates = () => fc.constantFrom('2026-11-20', '2026-10-01', '2026-12-31', '1900-01-01', '9999-12-31')

function plain({ type, format }: Shape): fc.Arbitrary<unknown> {
  if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...numbers))
  if (type === 'boolean') return fc.boolean()
  return format === 'date' ? dates() : texts()
}

function described(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(values))
  if (shape.type === 'object') {
    const properties = Object.entries(shape.properties ?? {})
    return fc.record(Object.fromEntries(properties.map(([key, inner]) => [key, values(inner)])), {
      requiredKeys: [...(shape.required ?? [])],
    })
  }
  if (shape.type === 'array') return fc.array(values(shape.items ?? {}), { maxLength: 4 })
  return plain(shape)
}

const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape

/** Who is let in at a route, so that the fuzz gets behind the door. */
function whoFor(permission: string): Visitor {
  const names: [RegExp, string][] = [
    [/^directory\.account\.(read|create|disable|enable|reset_password)/, 'system'],
    [/^directory\.(account|grant\.(read|decide|end))/, 'security'],
    [/^desk\.audit/, 'audit'],
  ]
  return visitors[names.find(([pattern]) => pattern.test(permission))?.[1] ?? 'business'] as Visitor
}

interface Fuzzed {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

const flat = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

async function statusOf(asked: ProductServer, bound: Route, { params, query, body }: Fuzzed): Promise<number> {
  const { method, path } = bound.endpoint
  const visitor = whoFor(bound.permission)
  const token =
    path.startsWith('/api/v1/session') || path.includes('/me/') ? await signedIn(platform, visitor.accountNo) : visitor.token
  const search = Object.entries(query ?? {})
    .map(([key, value]) => `${encoded(key)}=${encoded(flat(value))}`)
    .join('&')
  const url = `${path.replace(/:(\w+)/g, (_, name: string) => encoded(flat(params?.[name])) || 'x')}?${search}`
  const answer = await asked.ask(
    { ...visitor, token },
    {
      method,
      url,
      ...(method !== 'GET' &&
        body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    },
  )
  return answer.statusCode
}

interface Outcome {
  readonly failures: readonly string[]
  /** Operations that got past their schema. */
  readonly reached: ReadonlySet<string>
  readonly sent: number
}

/** Asks every route in rounds, each with its own samples, until the time is up; a route that failed is left in peace. */
async function fuzz(asked: ProductServer, fuzzed: readonly Route[], milliseconds: number): Promise<Outcome> {
  const until = performance.now() + milliseconds
  const failures = new Map<string, string>()
  const reached = new Set<string>()
  let sent = 0
  const seeded = fuzzed.map((bound, index) => {
    const { params, query, body } = bound.endpoint
    const bodies = body instanceof z.ZodUndefined ? fc.constant(undefined) : values(shapeOf(body))
    const shape = fc.record({ params: described(shapeOf(params)), query: described(shapeOf(query)), body: bodies })
    return {
      bound,
      name: `${bound.endpoint.method} ${bound.endpoint.path}`,
      samples: fc.sample(shape, { numRuns: 60, seed: 20261123 + index }) as Fuzzed[],
    }
  })
  const round =
    ({ bound, name, samples }: (typeof seeded)[number], at: number) =>
    async () => {
      const sample = samples[at]
      if (!sample || failures.has(name)) return
      const status = await statusOf(asked, bound, sample)
      sent += 1
      if (status !== 400) reached.add(name)
      if (status >= 500) failures.set(name, `${name}: ${status} ${JSON.stringify(sample).slice(0, 400)}`)
    }
  for (let at = 0; at < 60 && performance.now() < until; at += 1) await Promise.all(seeded.map((one) => round(one, at)()))
  return { failures: [...failures.values()], reached, sent }
}

describe('随机提交', () => {
  it('never makes the server fail: no operation answers 5xx to what it declares, nor to what it does not', {
    timeout: 60_000,
  }, async () => {
    // Passwords and one-time codes cost a hundred milliseconds each by design; their own tests ask them hostile things.
    const fuzzed = routes.filter(
      ({ endpoint: { path } }) => !/session$|password|second-factor/.test(path) && path !== '/api/v1/accounts',
    )
    const { failures, reached, sent } = await fuzz(server, fuzzed, 15_000)
    expect(failures).toEqual([])
    expect(sent).toBeGreaterThan(300)
    // A fuzz that is always refused at the schema proves nothing.
    expect(reached.size).toBeGreaterThan(40)
    expect(({} as Record<string, unknown>)['administrator']).toBeUndefined()
  })

  it('finds the operation that nobody thought through', async () => {
    const { failures } = await fuzz(defective, [carelessRoute], 5000)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain('POST /api/v1/careless: 500')
  })
})
