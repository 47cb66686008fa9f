import { expect, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const title = `走查党日之${Date.now() % 100_000}`

test('a branch adds to its year plan and arranges it with one tap; a member asks leave on the phone, and the record begins with it', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  const { items } = (await (await page.request.get('/api/v1/year-plans?state=approved')).json()) as { items: { id: string }[] }
  await page.goto(`/year-plans/${items[0]?.id ?? ''}`)
  await expect(page.getByText(/ \/ \d+ 已开/)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('月份', { exact: true }).selectOption('12')
  await page.getByLabel('名称', { exact: true }).fill(title)
  await page.getByRole('button', { name: '加上' }).click()

  const secretary = countingHand()
  await secretary.do(page.getByRole('button', { name: `预定 12 月${title}` }).click())
  const link = page.getByRole('link', { name: title, exact: true })
  await expect(link).toBeVisible()
  const meeting = (await link.getAttribute('href')) ?? ''
  await expectAccessible(page)

  // Told, one tap to the meeting, the reason in words: nothing else.
  await signIn(page, 'dangyuan', baseURL ?? '')
  await page.goto(meeting)
  const member = countingHand()
  await member.do(page.getByRole('button', { name: '请假', exact: true }).click())
  await member.do(page.getByLabel('请假原因').fill('出差在外'))
  await member.do(page.getByRole('dialog').getByRole('button', { name: '会前请假' }).click())
  await expect(page.getByText('已请假（出差在外）')).toBeVisible()
  await expectAccessible(page)
  expectFew('arrange a meeting of the year plan', secretary.count)
  expectFew('ask leave before a meeting', member.count)

  // The secretary sees it in the attendance, absent with the reason, without entering it again.
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto(meeting)
  await expect(page.getByText(/（出差在外）/)).toBeVisible()
  await page.getByRole('link', { name: '记会议' }).click()
  const names = page.locator('.meeting-name')
  await expect(names.first()).toBeVisible()
  const all = await names.count()
  await expect(page.getByRole('heading', { name: `到会 ${all - 1} / ${all}` })).toBeVisible()
  await expect(page.getByText('出差在外').first()).toBeVisible()
  await expectAccessible(page)

  const answer = await page.request.post(`/api/v1${meeting}/cancel`, {
    data: { reason: '走查后恢复原状' },
    headers: { origin: baseURL ?? '', 'idempotency-key': `undo-${meeting}` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
})
