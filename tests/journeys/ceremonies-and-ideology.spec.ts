import { expect, type Page, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn, TakenBack } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const recorded = new TakenBack()

test.afterEach(({ page, baseURL }) => recorded.all(page, baseURL ?? ''))

/** Opens what was just recorded. */
async function look(page: Page): Promise<void> {
  await recorded.keep(page)
  await page.getByRole('link', { name: '看这次记录' }).click()
}

test('a secretary records a ceremony in four taps and a report of the ideological duty in two sentences', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/ceremonies')
  await expect(page.getByRole('heading', { name: '政治仪式', level: 1 })).toBeVisible()
  await expectAccessible(page)
  const hand = countingHand()
  await hand.do(page.getByRole('link', { name: '记政治仪式' }).first().click())
  await hand.do(page.getByRole('button', { name: '重温入党誓词' }).click())
  await hand.do(page.getByRole('button', { name: '记好' }).click())
  await look(page)
  await expect(page.getByRole('heading', { name: '重温入党誓词', level: 1 })).toBeVisible()
  expectFew('record a ceremony', hand.count)
  await expectAccessible(page)

  await page.goto('/ideology-reports/new')
  await expect(page.getByText('不要写个人的言论，不要附聊天内容。')).toBeVisible()
  await page.getByRole('button', { name: '上半年' }).click()
  await page.getByLabel('履行责任的情况').fill('研究了两次，核对了工作群由谁管。')
  await page.getByRole('button', { name: '记好' }).click()
  // What is lacking is asked for, and what was typed is kept.
  await expect(page.getByLabel('不足和下一步')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('履行责任的情况')).toHaveValue('研究了两次，核对了工作群由谁管。')
  await page.getByLabel('不足和下一步').fill('无')
  await page.getByRole('button', { name: '记好' }).click()
  await look(page)
  await expect(page.getByRole('heading', { name: '上半年意识形态责任制履行情况', level: 1 })).toBeVisible()
})

test('a notice goes down with its material and without asking for an answer; the branch reads it and takes the file', async ({
  page,
  baseURL,
}, { project }) => {
  const title = `关于做好岁末走访的通知（${project.name} ${Date.now() % 100_000}）`
  await signIn(page, 'gongwei', baseURL ?? '')
  await page.goto('/circulars/new')
  await expect(page.getByText('不要求回复，也不记谁看过。')).toBeVisible()
  await page.getByLabel('标题').fill(title)
  await page.getByLabel('内容').fill('请各支部在年底前走访困难党员，做法见附件。')
  await page.locator('input[type="file"]').setInputFiles({
    name: '走访办法.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('一、走访对象；二、走访办法。'),
  })
  await expect(page.getByRole('button', { name: '去掉 走访办法.txt' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '发出' }).click()
  await expect(page.locator('p', { hasText: title }).first()).toBeVisible()

  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/circulars')
  await page.locator('[data-row]', { hasText: title }).click()
  await expect(page.getByText('请各支部在年底前走访困难党员，做法见附件。')).toBeVisible()
  const file = (await page.getByRole('link', { name: '走访办法.txt' }).getAttribute('href')) ?? ''
  expect(await (await page.request.get(file)).text()).toContain('走访对象')
  await expect(page.getByRole('button', { name: '撤回' })).toHaveCount(0)
  await expectAccessible(page)

  await signIn(page, 'gongwei', baseURL ?? '')
  await page.goto('/circulars')
  await page.locator('[data-row]', { hasText: title }).click()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('textbox', { name: /理由/ }).fill('走查后恢复原状')
  await page.locator('form').getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('走查后恢复原状').first()).toBeVisible()
})
