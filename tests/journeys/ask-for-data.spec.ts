import { expect, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

test('what is asked beyond recording is weighed, refused where the data is held, published, answered and stopped', async ({
  page,
  baseURL,
}) => {
  const origin = String(baseURL)
  const name = `结对小区情况${Date.now() % 100_000}`
  await signIn(page, 'gongwei', origin)
  await page.goto('/data-requests/new')
  await page.getByLabel('由哪里要求').fill('示例市直机关工委')
  await page
    .getByRole('option', { name: /示例市直机关工委/ })
    .first()
    .click()
  await page.getByLabel('名称').fill(name)
  await page.getByLabel('用途').fill('安排结对帮扶经费')
  await page.getByLabel('第 1 项填什么').fill('党员总数')
  await page.getByLabel('第一次截止日期').fill('2026-12-15')
  await page.getByLabel('终止日期').fill('2026-12-31')
  await page.getByLabel('估计填一次要多少分钟').fill('10')
  await expectAccessible(page)
  await page.getByRole('button', { name: '存为草稿' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('button', { name: '发布' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '请到“人员”直接看' })).toBeVisible()

  await page.getByRole('link', { name: '修改' }).click()
  await page.getByLabel('第 1 项填什么').fill('结对小区户数')
  await page.getByRole('button', { name: '算一算代价' }).click()
  await expect(page.getByText(/个组织 × 1 次 × 10 分钟/)).toBeVisible()
  await page.getByRole('button', { name: '存下修改' }).click()
  await page.getByRole('button', { name: '发布' }).click()
  await expect(page.getByRole('button', { name: '提前停止' })).toBeVisible()
  const address = new URL(page.url()).pathname

  await page.context().clearCookies()
  await signIn(page, 'zhibu', origin)
  await page.goto('/')
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('button', { name: '填报', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: '请填“结对小区户数”' })).toBeVisible()
  await page.getByLabel('结对小区户数').fill('36')
  await page.getByRole('button', { name: '填报', exact: true }).click()
  await expect(page.getByRole('button', { name: '更正' })).toBeVisible()
  await expectAccessible(page)
  await page.goto('/burden?year=2026')
  await expect(page.getByText(name)).toBeVisible()
  await expect(page.getByText(/\d+ \/ 12/)).toBeVisible()
  await expectAccessible(page)

  await page.context().clearCookies()
  await signIn(page, 'gongwei', origin)
  await page.goto(address)
  await expect(page.getByText(/已填 1 \/ \d+/)).toBeVisible()
  await page.getByRole('button', { name: '提前停止' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('走查后恢复原状')
  await page.getByRole('dialog').getByRole('button', { name: '提前停止' }).click()
  await expect(page.getByText('已停止')).toBeVisible()
})
