import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const made: string[] = []

async function post<Reply>(request: APIRequestContext, asked: { path: string; data: unknown; origin: string }): Promise<Reply> {
  const answer = await request.post(asked.path, {
    data: asked.data,
    headers: { origin: asked.origin, 'idempotency-key': `training-${Math.random().toString(36).slice(2)}` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Reply
}

test.afterEach(async ({ page, baseURL }) => {
  const origin = baseURL ?? ''
  if (made.length > 0) await signIn(page, 'gongwei', origin)
  for (const id of made.splice(0))
    await post(page.request, { path: `/api/v1/training-classes/${id}/withdraw`, data: { reason: '走查后恢复原状' }, origin })
})

const read = async <Reply>(page: Page, path: string) => (await (await page.request.get(path)).json()) as Reply
const idIn = (page: Page) => /training-classes\/(tcl_[^/?]+)/.exec(page.url())?.[1] ?? ''

test('below seventy per cent the meter says what is missing, the class is refused, and a reason sets it up as unmet', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'gongwei', baseURL ?? '')
  await page.goto('/training-classes')
  await expect(page.getByRole('heading', { name: '学习培训', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await page.goto('/training-classes/new?targetGroup=branch_secretary')
  await page.getByLabel('班次名称').fill('走查用业务班')
  await page.getByLabel('第 1 课名称').fill('公文处理')
  await page.getByLabel('第 1 课学时').fill('4')
  await expect(page.getByText('政治理论 4 / 4 学时，占 100%，达到七成。')).toBeVisible()
  await page.getByRole('button', { name: '加一课' }).click()
  await page.getByLabel('第 2 课名称').fill('办公软件')
  await page.getByLabel('第 2 课学时').fill('4')
  await page.getByLabel('第 2 课类别').click()
  await page.getByTitle('业务能力').click()
  await expect(page.getByText(/政治理论 4 \/ 8 学时，占 50%，不到七成；总学时不变还差 2 学时/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '排好了' }).click()
  await expect(page.getByText('确需这样安排的，请写明理由。')).toBeVisible()
  await page.getByLabel('不到七成的理由').fill('市里统一部署的业务培训')
  await page.getByRole('button', { name: '排好了' }).click()
  await expect(page.getByRole('heading', { name: '走查用业务班', level: 1 })).toBeVisible()
  made.push(idIn(page))
  await expect(page.getByText('市里统一部署的业务培训', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('attendance of a class of forty takes a few taps when all came, and stands in the member’s ledger', async ({
  page,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  await signIn(page, 'dangyuan', origin)
  const me = await read<{ person: { id: string } }>(page, '/api/v1/me')
  await signIn(page, 'gongwei', origin)
  const officer = await read<{ grants: { role: string; organization: { id: string } }[]; today: string }>(page, '/api/v1/me')
  const { today } = officer
  const organizationId = officer.grants.find(({ role }) => role === 'committee_officer')?.organization.id ?? ''
  const found = await read<{ items: { personId: string }[] }>(
    page,
    `/api/v1/training-classes/candidates?organization=${organizationId}&targetGroup=party_member`,
  )
  const others = found.items.map(({ personId }) => personId).filter((id) => id !== me.person.id)
  const data = {
    title: '走查用四十人班',
    organizationId,
    targetGroup: 'party_member',
    sessions: [{ title: '学习文件', heldOn: today, hours: 3.5, category: 'political_theory' }],
    personIds: [me.person.id, ...others.slice(0, 39)],
  }
  const { id } = await post<{ id: string }>(page.request, { path: '/api/v1/training-classes', data, origin })
  made.push(id)

  const hand = countingHand()
  await page.goto(`/training-classes/${id}`)
  await hand.do(page.getByRole('link', { name: '登记出勤' }).click())
  await expect(page.getByRole('heading', { name: '到课 40 / 40' })).toBeVisible()
  await expectAccessible(page)
  await hand.do(page.getByRole('button', { name: '记好' }).click())
  await expect(page.getByRole('heading', { name: '出勤已记好' })).toBeVisible()
  await expect(page.getByText('共计入 140 学时')).toBeVisible()
  expectFew('attendance of a class of forty', hand.count)

  await signIn(page, 'dangyuan', origin)
  await page.goto('/hours')
  await expect(page.getByRole('link', { name: '走查用四十人班' })).toBeVisible()
  await expect(page.getByText('3.5 / 3.5 学时')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '申请更正：走查用四十人班' }).click()
  await page.getByRole('textbox', { name: '哪里不对' }).fill('那天只上了半课')
  await page.getByRole('button', { name: '申请更正', exact: true }).last().click()
  await expect(page.getByText(/那天只上了半课 （等答复）/).first()).toBeVisible()

  await signIn(page, 'gongwei', origin)
  await page.goto('/study-records/corrections')
  await expect(page.getByText('那天只上了半课').first()).toBeVisible()
  await page.goto('/training-coverage')
  await expect(page.getByRole('heading', { name: /^支部书记/ })).toBeVisible()
  await expectAccessible(page)
})
