import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

test.beforeEach(async ({ page, baseURL }) => {
  await signIn(page, 'zhibu', baseURL ?? '')
})

/** Chooses a day as the width at hand lets one choose it. */
async function chooseDay(page: Page, day: string): Promise<void> {
  const field = page.getByLabel('召开日期')
  await field.fill(day)
  await field.press('Enter')
}

test('what was missed can be recorded late with a reason, is seen to be late for ever, and can be taken back', async ({
  page,
}) => {
  await page.goto('/')
  const missed = page.getByRole('link', { name: /^补记：/ }).first()
  const label = (await missed.getAttribute('aria-label')) ?? ''
  const [, year, month] = /(\d{4})年(\d{1,2})月/.exec(label) ?? []
  expect(month, label).toBeDefined()
  const heldOn = `${year}-${String(month).padStart(2, '0')}-15`

  await missed.click()
  // The day is not guessed: a late record without it is refused.
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByText('请选实际开会的那一天。')).toBeVisible()
  await expectAccessible(page)
  await chooseDay(page, heldOn)
  await expect(page.getByText('已过记录期限，可以照常补记。')).toBeVisible()
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByText('已过记录期限，请写明为什么现在才记。')).toBeVisible()
  await page.getByLabel('为什么现在才记').fill('经办同志出差，回来后补记')
  await expectAccessible(page)
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  await expect(page.getByText('迟办').first()).toBeVisible()

  await page.getByRole('link', { name: '看这次记录' }).click()
  await expect(page.getByText('经办同志出差，回来后补记').first()).toBeVisible()
  await expect(page.getByText(`${year}年${month}月15日`, { exact: true })).toBeVisible()
  await expect(page.getByText('补记', { exact: true })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('走查后恢复原状')
  await page.getByRole('button', { name: '撤回记录' }).click()
  await expect(page.getByText('已撤回：走查后恢复原状')).toBeVisible()

  await page.goto('/')
  await expect(page.getByRole('link', { name: label })).toBeVisible()
})
