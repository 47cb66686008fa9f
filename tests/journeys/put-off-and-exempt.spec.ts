import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Duty {
  readonly requirement: string
  readonly title: string
  readonly period: string
  readonly due: string
  readonly status: string
  readonly subject: { readonly kind: string }
}

/** The last duty ahead of the branch whose period has begun: nobody else in these journeys needs it. */
async function openDuty(page: Page): Promise<{ organization: string; duty: Duty }> {
  const me = (await (await page.request.get('/api/v1/me')).json()) as {
    today: string
    grants: { role: string; organization: { id: string } }[]
  }
  const organization = me.grants.find((grant) => grant.role === 'branch_secretary')?.organization.id ?? ''
  const answer = await page.request.get(`/api/v1/calendar?organization=${organization}`)
  const { items } = (await answer.json()) as { items: (Duty & { starts: string })[] }
  const duty = items.findLast((one) => one.status === 'not_due' && one.subject.kind === 'organization' && one.starts <= me.today)
  if (!duty) throw new Error('the branch has nothing ahead')
  return { organization, duty }
}

test('a secretary asks for an extension, an officer grants it, and the calendar shows the new day', async ({ page, baseURL }) => {
  test.slow()
  const origin = String(baseURL)
  await signIn(page, 'zhibu', origin)
  const { organization, duty } = await openDuty(page)
  const until = new Date(Date.parse(duty.due) + 20 * 86_400_000).toISOString().slice(0, 10)

  await page.goto('/')
  await page.getByRole('link', { name: '应办日历' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '应办日历' })).toBeVisible()
  await expect(page.getByRole('button', { name: new RegExp(`${duty.title}`) }).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/calendar?organization=${organization}&duty=${encodeURIComponent(`${duty.requirement} ${duty.period}`)}`)
  await page.getByRole('button', { name: '申请延期' }).click()
  // Without its day and reason nothing is sent.
  await page.getByRole('button', { name: '提交延期申请' }).click()
  await expect(page.getByText(/处要改/)).toBeVisible()
  await page.getByLabel('延到哪天').fill(until)
  await page.getByLabel('延到哪天').press('Enter')
  await page.getByLabel('理由').fill('全体党员参加防汛值守')
  await page.getByRole('button', { name: '提交延期申请' }).click()
  await expect(page.getByRole('list', { name: '延期和停表' })).toContainText('申请延到')
  await expectAccessible(page)

  await signIn(page, 'gongwei', origin)
  await page.goto('/reliefs?mine=to_decide')
  await page.locator('[data-row]').first().click()
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByLabel('理由').fill('情况属实，同意延期')
  await expectAccessible(page)
  await page.getByRole('button', { name: '同意延期' }).click()
  await expect(page.getByRole('complementary')).toContainText('已同意延到')

  await signIn(page, 'zhibu', origin)
  const read = await page.request.get(`/api/v1/calendar?organization=${organization}`)
  const { items } = (await read.json()) as { items: Duty[] }
  expect(items.find((one) => one.requirement === duty.requirement && one.period === duty.period)).toMatchObject({ due: until })
  await page.goto('/calendar?view=month')
  await expect(page.getByRole('button', { name: '下个月' })).toBeVisible()
  await expectAccessible(page)
})

test('a branch exempts a member who is ill: with ground, reason and end, and those above see it', async ({
  page,
  baseURL,
}, info) => {
  const origin = String(baseURL)
  await signIn(page, 'zhibu', origin)
  const me = (await (await page.request.get('/api/v1/me')).json()) as { person: { id: string } }
  const listed = await page.request.get('/api/v1/persons?limit=50')
  const { items } = (await listed.json()) as { items: { id: string; name: string }[] }
  // One is exempted once, so each width has somebody of its own.
  const member = items.filter((one) => one.id !== me.person.id).at(info.project.name === 'phone' ? -2 : -1)
  await page.goto('/exemptions')
  await expect(page.getByRole('heading', { level: 1, name: '豁免' })).toBeVisible()
  await page.goto(`/exemptions/new?subject=${member?.id ?? ''}`)
  await expect(page.getByRole('heading', { level: 1, name: '决定豁免' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('至', { exact: true }).fill('2099-12-31')
  await page.getByLabel('至', { exact: true }).press('Enter')
  await page.getByLabel('理由').fill('长期住院治疗，支部委员会研究决定')
  await page.getByRole('button', { name: '决定豁免' }).click()
  await expect(page).toHaveURL(/\/exemptions\?open=exm_/)
  await expect(page.getByRole('complementary')).toContainText('长期住院治疗')
  await expectAccessible(page)

  await signIn(page, 'danwei', origin)
  await page.goto('/exemptions')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await expectAccessible(page)
  const above = await page.request.get(`/api/v1/exemptions?subject=${member?.id ?? ''}`)
  expect(((await above.json()) as { items: unknown[] }).items).toHaveLength(1)
})
