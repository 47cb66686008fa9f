import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

const matter = `添置阅览桌椅之${Date.now() % 100_000}`

/** Takes the one act by its name and fills its fields. */
async function take(page: Page, act: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: act, exact: true }).click()
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text)
  await page.getByRole('button', { name: `确定${act}` }).click()
  await expect(page.getByRole('button', { name: `确定${act}` })).toBeHidden()
}

test('a request goes to the proposed superior, is answered there, reported on and closed, and goes out as a paper @desk', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto('/request-reports')
  await expect(page.getByText(/超期 \d+ 天/).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '起草' }).click()
  await expect(page.getByText(/^直接上级是/)).toBeVisible()
  await page.getByLabel('事项').fill(matter)
  await page.getByLabel('内容').fill('拟添置桌椅十套，经费从党建经费列支。')
  await page.getByLabel('签发人').fill('支部书记')
  await page.getByLabel('传批情况').fill('支委传批审定')
  await expectAccessible(page)
  await page.getByRole('button', { name: '存为草稿' }).click()
  await expect(page.getByText(`关于${matter}的请示`)).toBeVisible()
  await take(page, '报送')
  await expect(page.getByText(/\d{4}-\d{2}-\d{2} 前答复/)).toBeVisible()
  await expectAccessible(page)
  const address = page.url()
  const paper = await page.request.get(`/api/v1${new URL(address).pathname}/paper`)
  expect(paper.headers()['content-type']).toContain('wordprocessingml')

  await signIn(page, 'danwei', baseURL ?? '')
  await page.goto('/')
  await expect(page.getByRole('link', { name: /请示报告待签收/ })).toBeVisible()
  await page.goto(address)
  await take(page, '签收')
  await take(page, '答复', { 答复内容: '同意，按规定办理。' })
  await expect(page.getByText('同意，按规定办理。')).toBeVisible()

  await signIn(page, 'zhibu', baseURL ?? '')
  await page.goto(address)
  await take(page, '续报', { 续报内容: '桌椅已经添置到位。' })
  await signIn(page, 'danwei', baseURL ?? '')
  await page.goto(address)
  await take(page, '办结')
  await expect(page.getByText('已办结', { exact: true })).toBeVisible()
  await expectAccessible(page)
})
