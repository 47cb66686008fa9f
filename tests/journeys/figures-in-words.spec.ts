import { expect, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

test('an officer reads a period in words, sees which differences are noise, and works the year’s standing out again', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'gongwei', String(baseURL))
  await page.goto('/cockpit?period=2026Q3')
  await page.getByRole('link', { name: '情况说明' }).click()
  await expect(page.getByText(/^应办 \d+ 项，已办 \d+ 项/)).toBeVisible()
  await expect(page.getByRole('heading', { name: '要紧的事' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '在等上级的' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: '差别' }).click()
  await expect(page.getByRole('heading', { name: /偶然范围|不作比较/ })).toBeVisible()
  await expect(page.getByText(/区间 \d+% 至 \d+%/).first()).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: '年度履责' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('年度履责')
  await page.getByRole('button', { name: '采用年度履责' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('经工委会议研究决定')
  await page.getByRole('dialog').getByRole('button', { name: '采用年度履责' }).click()
  await expect(page.getByText(/年履责情况/)).toBeVisible()
  const share = Number((await page.getByText(/年履责情况/).innerText()).match(/([\d.]+)%/)?.[1])
  const lines = await page.getByText(/^\d+(\.\d+)?%$/).count()
  expect(share).toBeGreaterThan(0)
  expect(share).toBeLessThanOrEqual(100)
  if (page.viewportSize()?.width === 1440) expect(lines).toBeGreaterThan(4)
  await expectAccessible(page)

  await page.getByRole('button', { name: '停用年度履责' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('走查后恢复原状')
  await page.getByRole('dialog').getByRole('button', { name: '停用年度履责' }).click()
  await expect(page.getByText('本市没有采用年度履责')).toBeVisible()
})
