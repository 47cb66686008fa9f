import { expect, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

test('a secretary finds a meeting by two characters, takes the year away in Word, and sees what is wrong in a sheet of old meetings @desk', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '待办', exact: true })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('heading', { name: '查找' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: '查找什么' }).fill('主题党日')
  await page.getByRole('button', { name: '查找', exact: true }).click()
  const first = page.getByRole('listitem').filter({ hasText: '主题党日' }).first()
  await expect(first).toBeVisible()
  await expectAccessible(page)
  await first.getByRole('link').click()
  await expect(page).not.toHaveURL(/search/)

  await page.goto('/search?text=' + encodeURIComponent('没有这样的词'))
  await expect(page.getByText('没有找到“没有这样的词”')).toBeVisible()

  await page.goto('/collections')
  await expect(page.getByRole('heading', { name: '材料', exact: true })).toBeVisible()
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载交接清单' }).click()
  expect((await downloading).suggestedFilename()).toMatch(/交接清单.*\.docx$/)

  await page.goto('/meetings/import')
  await expect(page.getByRole('heading', { name: '补录旧会议' })).toBeVisible()
  await expectAccessible(page)
  await page
    .getByLabel('旧会议 Excel')
    .setInputFiles({ name: 'x.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('no sheet') })
  await expect(page.getByRole('alert').first()).toBeVisible()
})
