import { expect, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'

const words = `想请支部协调一件事之${Date.now() % 100_000}`

test('a member asks her branch on a phone, its secretary answers, and nobody above reads it', async ({ page, baseURL }) => {
  const hand = countingHand()
  await signIn(page, 'dangyuan', baseURL ?? '')
  await page.goto('/member-requests')
  await expect(page.getByRole('heading', { name: '党员请示' })).toBeVisible()
  await expectAccessible(page)
  await hand.do(page.getByRole('link', { name: '向支部请示' }).click())
  await expect(page.getByText('只有支部书记和转报到的上级看得到')).toBeVisible()
  await expectAccessible(page)
  await hand.do(page.getByRole('button', { name: '其他事项' }).click())
  await hand.do(page.getByRole('textbox', { name: '请示的内容' }).fill(words))
  await hand.do(page.getByRole('button', { name: '报支部书记' }).click())
  await expect(page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: '撤回' })).toBeVisible()
  await expect(page.getByText(words)).toBeVisible()
  expect(hand.count).toBeLessThanOrEqual(5)
  console.log(`a member asks her branch: ${hand.count} interactions`)
  await expectAccessible(page)
  const address = new URL(page.url()).pathname

  for (const above of ['danwei', 'gongwei']) {
    await signIn(page, above, baseURL ?? '')
    expect((await page.request.get(`/api/v1${address}`)).status()).toBe(404)
  }
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/')
  await expect(page.getByRole('link', { name: /党员请示待答复/ })).toBeVisible()
  await page.goto(address)
  await page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: '答复', exact: true }).click()
  await page.getByLabel('答复内容').fill('支委会商量过，安排同志协助。')
  await page.getByRole('button', { name: '确定答复' }).click()
  await expect(page.getByText('已答复', { exact: true })).toBeVisible()

  await signIn(page, 'dangyuan', baseURL ?? '')
  await page.goto(address)
  await expect(page.getByText('支委会商量过，安排同志协助。')).toBeVisible()
})
