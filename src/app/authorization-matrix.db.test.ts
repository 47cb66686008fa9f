import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inParallel, productServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, nobody, signedIn, type Visitor } from '../../tests/authorization/sessions.ts'
import { growAncestry, plantOrganization, plantPerson } from '../kernel/testing/plant.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { routes } from './modules.ts'

interface Matrix {
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly admitted: Readonly<Record<string, readonly string[]>>
}
const matrix = parse(readFileSync(new URL('../../tests/authorization/matrix.yaml', import.meta.url), 'utf8')) as Matrix
const unfold = (names: readonly string[]): string[] =>
  names.flatMap((name) => (matrix.groups[name] ? unfold(matrix.groups[name]) : [name]))
const everybody = [...new Set(unfold(['everybody']))]
const nameOf = ({ endpoint }: (typeof routes)[number]) => `${endpoint.method} ${endpoint.path}`

const platform = await testPlatform('2026-11-23')
const server = await productServer(platform)
const visitors = new Map<string, Visitor>([['anonymous', nobody]])

beforeAll(async () => {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '市直机关工委' })
  const unit = await plantOrganization(platform, { kind: 'unit', name: '第一局', under: city })
  await growAncestry(platform)
  for (const role of matrix.groups['roles'] ?? []) {
    const person = await plantPerson(platform, { name: '某人', home: unit })
    visitors.set(role, await aVisitor(platform, role, { person, held: [{ role, over: city }] }))
  }
  for (const administrator of ['system', 'security', 'audit'] as const) {
    visitors.set(administrator, await aVisitor(platform, administrator, { administrator }))
  }
  visitors.set(
    'nobody_yet',
    await aVisitor(platform, 'nobody_yet', { person: await plantPerson(platform, { name: '无职某', home: unit }) }),
  )
  const half = await plantPerson(platform, { name: '半登录', home: unit })
  // In the demonstration nobody owes a second factor but who has one; a password to be changed is the other half session.
  const owing = await aVisitor(platform, 'half', { person: half, held: [{ role: 'committee_officer', over: city }] })
  await platform.owner.pool.query('update directory.accounts set must_change_password = true where no = $1', [owing.accountNo])
  visitors.set('half', owing)
})

/** Fills parameters with ids that are well formed and stand for nothing. */
function filled(path: string): string {
  const prefixes: Record<string, string> = {
    accounts: 'acc',
    grants: 'grt',
    organizations: 'org',
    persons: 'per',
    'roster-imports': 'ros',
  }
  return path.replace(/\/([a-z-]+)\/:id/, (_, place: string) => `/${place}/${prefixes[place] ?? 'xxx'}_0000`)
}

async function refusedOrNot(route: (typeof routes)[number], who: string): Promise<{ status: number; code: unknown }> {
  const { method, path } = route.endpoint
  const known = visitors.get(who) ?? nobody
  // Signing out ends the session it is asked with.
  const visitor = method === 'DELETE' && known.token ? { ...known, token: await signedIn(platform, known.accountNo) } : known
  const answer = await server.ask(visitor, {
    method,
    url: filled(path),
    ...(method !== 'GET' && route.takes === 'json' && { body: {} }),
  })
  const code = answer.headers['content-type']?.includes('problem') ? answer.json<{ code: string }>().code : null
  return { status: answer.statusCode, code }
}

describe('谁进得了哪扇门', () => {
  it('has a row for every operation and an operation for every row', () => {
    expect(Object.keys(matrix.admitted).sort()).toEqual(routes.map(nameOf).sort())
    expect(everybody).toHaveLength(18)
    const unknown = Object.values(matrix.admitted)
      .flatMap(unfold)
      .filter((name) => !everybody.includes(name))
    expect(unknown).toEqual([])
  })

  it('lets in whom the table names and refuses everybody else, at every operation', { timeout: 60_000 }, async () => {
    const asked = routes.flatMap((route) => everybody.map((who) => ({ route, who })))
    const wrong = await inParallel(asked, 6, async ({ route, who }) => {
      const name = nameOf(route)
      const admitted = unfold(matrix.admitted[name] ?? []).includes(who)
      const { status, code } = await refusedOrNot(route, who)
      const refusal = who === 'anonymous' ? 401 : 403
      // The sign-in's own 401 for a wrong password or code is an answer to somebody who was let in.
      const shut = status === 401 || status === 403
      if (admitted ? !shut && status < 500 : status === refusal) return []
      return [`${name} × ${who}: ${status} ${String(code)}, the table says ${admitted ? 'let in' : `refused with ${refusal}`}`]
    })
    expect(wrong.flat()).toEqual([])
    expect(asked.length).toBeGreaterThan(1500)
  })

  it('gives no permission to two of the three administrators but names of accounts, and none of theirs to a business role', () => {
    const three = ['system', 'security', 'audit']
    const open = unfold(['everybody_signed_in'])
    const rows = Object.entries(matrix.admitted).map(([name, who]) => ({ name, who: unfold(who) }))
    const theirs = rows.filter(({ who }) => who.some((one) => three.includes(one)) && !open.every((one) => who.includes(one)))
    expect(theirs.filter(({ who }) => who.some((one) => !three.includes(one)))).toEqual([])
    expect(theirs.filter(({ who }) => who.length > 1).map(({ name }) => name)).toEqual(['GET /api/v1/accounts'])
  })

  it('writes every refusal at the door into the ledger', async () => {
    const before = await denied()
    const answer = await server.ask(visitors.get('member') ?? nobody, { method: 'POST', url: '/api/v1/exemptions', body: {} })
    expect(answer.statusCode).toBe(403)
    expect((await denied()) - before).toBe(1)
  })
})

const denied = async () =>
  Number((await platform.owner.pool.query(`select count(*) from ledger.entries where outcome = 'denied'`)).rows[0].count)
