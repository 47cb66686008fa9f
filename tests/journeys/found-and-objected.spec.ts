import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

async function say(page: Page, act: string, words: string): Promise<void> {
  await page.getByRole('button', { name: act }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(words)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: act }).click()
  await expect(dialog).toHaveCount(0)
}

test('what an inspector found is objected to by the branch on a phone, and changed by somebody else', async ({
  page,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  await signIn(page, 'zhibu', origin)
  const me = (await (await page.request.get('/api/v1/me')).json()) as { organizations: { id: string; name: string }[] }
  const [branch] = me.organizations
  await signIn(page, 'gongwei', origin)
  await page.goto(`/determinations/new?requirement=HN11&organization=${branch?.id ?? ''}`)
  await expect(page.getByText(branch?.name ?? '').last()).toBeVisible()
  await page.locator('label', { hasText: '没有做到' }).click()
  await expect(page.getByRole('radio', { name: '没有做到' })).toBeChecked()
  await page.getByLabel(/^看到了什么/).fill('活动室没有设置学习资料。')
  await expectAccessible(page)
  await page.getByRole('button', { name: '认定', exact: true }).click()
  await expect(page.getByText('以前可以提一次异议')).toBeVisible()
  const at = new URL(page.url()).pathname

  await signIn(page, 'zhibu', origin)
  await page.goto(at)
  await expect(page.getByText('活动室没有设置学习资料。')).toBeVisible()
  await say(page, '提出异议', '资料在隔壁的图书角，当天没有看到。')
  await expect(page.getByText('资料在隔壁的图书角').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '提出异议' })).toHaveCount(0)

  await signIn(page, 'fuhe', origin)
  await page.goto(at)
  await say(page, '改变认定', '到图书角看过，资料齐全。')
  await expect(page.getByText('到图书角看过，资料齐全。').first()).toBeVisible()
  await expectAccessible(page)
})
