import { expect, test } from '@playwright/test'
import { expectAccessible, signIn, tabTo } from './at-the-desk.ts'

test('the auditor verifies the whole ledger, is told what that proves, and finds the own act in it', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'shenji', baseURL ?? '')
  await page.goto('/audit')
  await expect(page.getByText('您是审计管理员')).toBeVisible()
  await expectAccessible(page)

  await tabTo(page, /^核验整个台账$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^完整$/)).toBeVisible()
  await expect(page.getByText(/台账完整：共 \d+ 条/)).toBeVisible()
  await expect(page.getByText(/没有被改动、删除、插入或调换过次序/)).toBeVisible()
  await page.getByText('最近的签名点').click()
  await expect(page.getByText('签于').first()).toBeVisible()
  await expectAccessible(page)

  await page.goto('/audit?action=desk.audit.verify')
  const row = page.locator('[data-row]').first()
  await expect(row).toBeVisible()
  await expect(page.getByText('核验台账', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('审计管理员', { exact: true }).nth(1)).toBeVisible()
  await row.click()
  await expect(page.getByText('核验台账（desk.audit.verify）')).toBeVisible()
  await expectAccessible(page)
})

test('what the filters say stands in the address, and the same can be exported', async ({ page, baseURL }) => {
  await signIn(page, 'shenji', baseURL ?? '')
  await page.goto('/audit?outcome=done&action=directory.session')
  await expect(page.getByText('登录', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('被拒')).toHaveCount(0)
  const href = await page.getByRole('link', { name: '导出', exact: true }).getAttribute('href')
  expect(href).toContain('outcome=done')
  const file = await page.request.get('/api/v1/audit/entries/export?format=ndjson')
  expect(file.ok()).toBe(true)
  expect((await file.text()).trim().split('\n').length).toBeGreaterThan(0)
})
