import { expect, type Page, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

async function openQuestions(page: Page): Promise<{ id: string; sentence: string }[]> {
  const answer = await page.request.get('/api/v1/questions?state=open')
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { items: { id: string; sentence: string }[] }).items
}

test('a branch answers a question about its record; the officer sees question and answer only then', async ({
  page,
  baseURL,
}, information) => {
  test.slow()
  const origin = String(baseURL)
  await signIn(page, 'zhibu', origin)
  // The two widths run against one product: each answers its own question.
  const asked = (await openQuestions(page)).at(information.project.name === 'desk' ? 0 : -1)
  if (!asked) throw new Error('nothing is asked of the branch')

  // Nobody above sees it: not in the list, not by its address.
  await signIn(page, 'gongwei', origin)
  await page.goto('/questions')
  await expect(page.getByRole('heading', { name: '有疑问的记录' })).toBeVisible()
  await expect(page.getByText('问得准不准')).toBeVisible()
  await expect(page.locator(`[data-row="${asked.id}"]`)).toHaveCount(0)
  expect((await page.request.get(`/api/v1/questions/${asked.id}`)).status()).toBe(404)
  await expectAccessible(page)

  // The branch finds it in its work list, reads the record and answers in words.
  await signIn(page, 'zhibu', origin)
  await page.goto('/')
  await expect(page.getByText('有一条记录请您核对').first()).toBeVisible()
  const hand = countingHand()
  await page.goto('/questions')
  await hand.do(page.locator(`[data-row="${asked.id}"]`).click())
  await expect(page.locator('p', { hasText: asked.sentence })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('radio', { name: '已更正记录' }).check()
  await hand.do(page.getByRole('textbox', { name: '说明' }).fill('当天下午赶回来参加了会议，忘了销假。'))
  await page.locator('form').getByRole('button', { name: '答复' }).click()
  // Saying “corrected” without having corrected is refused, and nothing typed is lost.
  await expect(page.getByText('请先更正会议记录，再选这一项。')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '说明' })).toHaveValue('当天下午赶回来参加了会议，忘了销假。')
  await hand.do(page.getByRole('radio', { name: '说明情况' }).check())
  await hand.do(page.locator('form').getByRole('button', { name: '答复' }).click())
  await expect(page.locator('form[name="answer-question"]')).toHaveCount(0)
  expectFew('answer a question about a record', hand.count)
  await expect(page.getByText('当天下午赶回来参加了会议，忘了销假。')).toBeVisible()

  // Now the officer reads both.
  await signIn(page, 'gongwei', origin)
  await page.goto(`/questions?open=${asked.id}`)
  await expect(page.getByText('当天下午赶回来参加了会议，忘了销假。')).toBeVisible()
  await expect(page.locator('form[name="answer-question"]')).toHaveCount(0)
  await expectAccessible(page)
})

test('a branch sees first how punctually it records; nobody above until the period and its grace are over', async ({
  page,
  baseURL,
}) => {
  const origin = String(baseURL)
  await signIn(page, 'zhibu', origin)
  await page.goto('/questions/lateness')
  await expect(page.getByText('现在只有本组织看得到')).toBeVisible()
  await expectAccessible(page)
  const me = (await (await page.request.get('/api/v1/me')).json()) as { organizations: { id: string }[] }
  await signIn(page, 'gongwei', origin)
  await page.goto(`/questions/lateness?organization=${me.organizations[0]?.id ?? ''}`)
  await expect(page.getByText('先由本组织自己看')).toBeVisible()
  await expectAccessible(page)
})
