import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

const administrators = [
  { username: 'xitong', own: '/accounts', sentence: '您是系统管理员', reads: '/api/v1/accounts' },
  { username: 'anquan', own: '/grants', sentence: '您是安全管理员', reads: '/api/v1/grants' },
  { username: 'shenji', own: '/audit', sentence: '您是审计管理员', reads: '/api/v1/audit/entries' },
] as const

const businessPages = ['/cockpit', '/organizations', '/persons', '/roster-import', '/meetings', '/cases', '/obligations']
const businessLists = ['persons', 'meetings', 'obligations', 'cases', 'roster-imports'].map((name) => `/api/v1/${name}`)

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[]
}

const listed = async (request: APIRequestContext, path: string) => (await (await request.get(path)).json()) as Listed
const textOf = (value: unknown) => (typeof value === 'string' && value.length > 1 ? [value] : [])

/** Texts of the business that no administrator may come across: people without an account, meetings, cases, ids. */
async function canaries(page: Page, origin: string): Promise<string[]> {
  await signIn(page, 'xitong', origin)
  const accounts = await listed(page.request, '/api/v1/accounts?limit=500')
  await signIn(page, 'gongwei', origin)
  const known = new Set(accounts.items.map((account) => account.name))
  const persons = (await listed(page.request, '/api/v1/persons?limit=200')).items
  const meetings = (await listed(page.request, '/api/v1/meetings?limit=50')).items
  const cases = (await listed(page.request, '/api/v1/cases?limit=50')).items
  const names = persons.filter((person) => !known.has(person.name)).flatMap((person) => textOf(person.name))
  const ids = [...persons, ...meetings, ...cases].flatMap((record) => textOf(record.id))
  const titles = [...meetings, ...cases].flatMap((record) => textOf(record.title)).filter((title) => title.length > 5)
  expect(names.length).toBeGreaterThan(20)
  expect(ids.length).toBeGreaterThan(100)
  expect(titles.length).toBeGreaterThan(5)
  return [...new Set([...names, ...ids, ...titles])]
}

/** Operations that read and need no parameter in the path. */
async function plainReads(request: APIRequestContext): Promise<string[]> {
  const document = (await (await request.get('/api/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(document.paths)
    .filter(([path, operations]) => 'get' in operations && !path.includes('{') && !path.includes(':'))
    .map(([path]) => path)
}

function heard(page: Page): { readonly texts: () => Promise<string[]> } {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''))
  })
  return { texts: () => Promise.all(bodies) }
}

for (const { username, own, sentence, reads } of administrators) {
  test(`${username} sees the own list and no business data, by pages and by the interface`, async ({ page, baseURL }) => {
    test.slow()
    const origin = baseURL ?? ''
    const secrets = await canaries(page, origin)
    await signIn(page, username, origin)
    const replies = heard(page)

    await page.goto(own)
    await expect(page.getByText(sentence)).toBeVisible()
    expect((await page.request.get(reads)).status()).toBe(200)
    await expectAccessible(page)

    for (const path of businessPages) {
      await page.goto(path)
      await expect(page.getByText('您没有查看这里的权限')).toBeVisible()
    }
    await expectAccessible(page)

    for (const list of businessLists) expect([403, 404], list).toContain((await page.request.get(list)).status())
    for (const other of administrators.filter((one) => one.username !== username)) {
      if (username === 'anquan' && other.username === 'xitong') continue
      expect([403, 404], other.reads).toContain((await page.request.get(other.reads)).status())
    }

    const paths = await plainReads(page.request)
    expect(paths.length).toBeGreaterThan(15)
    const everything = await replies.texts()
    for (const path of paths) {
      const answer = await page.request.get(path)
      if (answer.ok()) everything.push(await answer.text())
    }
    const shown = everything.join('\n')
    expect(shown).toContain(username)
    // The ledger names objects by their ids: that is what the auditor is there to read. No name, title or body stands in it.
    const forbidden = username === 'shenji' ? secrets.filter((secret) => !/^(mtg|cas|per|fil)_/.test(secret)) : secrets
    expect(forbidden.length).toBeGreaterThan(20)
    expect(forbidden.filter((secret) => shown.includes(secret))).toEqual([])
  })
}
