import { expect, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn, TakenBack } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const recorded = new TakenBack()

test.afterEach(({ page, baseURL }) => recorded.all(page, baseURL ?? ''))

test('a secretary records a talk given in the community in six taps at most, finds it and takes it along as Word', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/talks')
  await expect(page.getByRole('heading', { name: '微宣讲', level: 1 })).toBeVisible()
  await expectAccessible(page)
  const hand = countingHand()
  await hand.do(page.getByRole('link', { name: '记微宣讲' }).first().click())
  await hand.do(page.getByLabel('主题').fill('一件事一次办'))
  await hand.do(page.getByRole('button', { name: '社区居民' }).click())
  await hand.do(page.getByLabel('地点').fill('城东社区'))
  await expectAccessible(page)
  await hand.do(page.getByRole('button', { name: '记好' }).click())
  const address = await recorded.keep(page)
  expectFew('record a talk', hand.count)

  await page.getByRole('link', { name: '看这次记录' }).click()
  await expect(page.getByRole('heading', { name: '一件事一次办', level: 1 })).toBeVisible()
  await expect(page.getByText('城东社区')).toBeVisible()
  await expectAccessible(page)
  const word = await page.request.get(`/api/v1${address}/paper`)
  expect(word.headers()['content-type']).toContain('wordprocessingml')
})

test('a heart talk keeps who with whom; the pairs still missing stand by name, and one less after it', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/heart-talks')
  const holes = page.getByText(/还没有谈：/).first()
  await expect(holes).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '记谈心谈话' }).first().click()
  const partner = page.getByLabel('和谁谈', { exact: true })
  await partner.last().click()
  await page.locator('.ant-select-item-option').last().click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('双方都同意才写')).toBeVisible()
  await page.getByRole('button', { name: '记好' }).click()
  await recorded.keep(page)
  await page.getByRole('link', { name: '看这次记录' }).click()
  await expect(page.getByRole('heading', { name: '谈心谈话', level: 1 })).toBeVisible()

  await page.goto('/my-facts')
  await expect(page.getByText('谁谈的').first()).toBeVisible()
  await expectAccessible(page)
  await page.goto('/resolutions')
  await expect(page.getByText('每月 15 日')).toBeVisible()
  await expectAccessible(page)
})
