import { expect, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn, tabTo, withdraw } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const recorded: string[] = []

test.beforeEach(async ({ page, baseURL }) => {
  await signIn(page, 'zhibu', baseURL ?? '')
})

test.afterEach(async ({ page, baseURL }) => {
  for (const id of recorded.splice(0)) await withdraw(page.request, id, baseURL ?? '')
})

/** The record's id, from the link on the page that says what came of it. */
async function idOf(link: { getAttribute(name: string): Promise<string | null> }): Promise<string> {
  const id = ((await link.getAttribute('href')) ?? '').split('/').at(-1) ?? ''
  recorded.push(id)
  return id
}

test('a secretary records the meeting that is due in a few taps, and sees at once what it satisfied', async ({ page }) => {
  const hand = countingHand()
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '待办', level: 1 })).toBeVisible()
  await expectAccessible(page)

  await hand.do(
    page
      .getByRole('link', { name: /^记会议：/ })
      .first()
      .click(),
  )
  const names = page.locator('.meeting-name')
  await expect(names.first()).toBeVisible()
  const all = await names.count()
  await expect(page.getByText(/记好后同时满足：/)).toBeVisible()
  await expectAccessible(page)

  // One tap is enough: absent at once, for the commonest reason.
  await hand.do(names.nth(1).click())
  await expect(page.getByRole('heading', { name: `到会 ${all - 1} / ${all}` })).toBeVisible()
  await expect(page.getByRole('button', { name: '出差', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await hand.do(page.getByRole('button', { name: '记好' }).click())

  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  await expect(page.getByText('这一次记录同时满足：')).toBeVisible()
  await expectAccessible(page)
  expectFew('record a meeting with one absent', hand.count)

  const link = page.getByRole('link', { name: '看这次记录' })
  await idOf(link)
  await link.click()
  await expect(page.getByText('（出差）')).toBeVisible()
  await expectAccessible(page)
})

test('the order of the agenda decides: theory not first is told at once and put right with one tap', async ({ page }) => {
  await page.goto('/meetings/new?kind=members_meeting')
  await page.getByRole('button', { name: /^第 2 项：/ }).click()
  await page.getByRole('button', { name: '上移' }).click()
  await expect(page.getByText('第一项议程不是政治理论学习。')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '把理论学习放到第一项' }).click()
  await expect(page.getByText('第一项议程不是政治理论学习。')).toBeHidden()
  await expect(page.getByRole('button', { name: /^第 1 项：政治理论学习/ })).toBeVisible()
})

test('a vote is judged by those who should have come with a vote', async ({ page }) => {
  await page.goto('/meetings/new?kind=members_meeting')
  await page.getByRole('button', { name: '表决', exact: true }).click()
  await page.getByRole('button', { name: '加一项表决' }).click()
  await page.getByLabel('第 1 项表决的事项').fill('接收预备党员 1 名')
  await page.getByRole('button', { name: '到会全部赞成' }).click()
  await expect(page.getByText(/^应到有表决权 \d+，到会 \d+，赞成 \d+，通过$/)).toBeVisible()
  await expectAccessible(page)
})

test('a mistyped count stays as it was typed, is said to be wrong at its field, and is not recorded', async ({ page }) => {
  await page.goto('/meetings/new?kind=members_meeting')
  await page.getByRole('button', { name: '表决', exact: true }).click()
  await page.getByRole('button', { name: '加一项表决' }).click()
  await page.getByLabel('第 1 项表决的事项').fill('接收预备党员 1 名')
  const yes = page.getByLabel('赞成', { exact: true })
  await yes.fill('4000')
  await yes.blur()
  await expect(yes).toHaveValue('4000')
  await expect(page.getByText(/^票数之和 4000，超过到会有表决权的 \d+ 人，请核对票数。$/)).toBeVisible()
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByRole('alert')).toContainText('票数之和为 4000')
  await expect(yes).toHaveValue('4000')
  await expect(yes).toBeFocused()
  await expectAccessible(page)
})

test('another reason has to be written; until then nobody is taken for present', async ({ page }) => {
  await page.goto('/meetings/new?kind=members_meeting')
  const names = page.locator('.meeting-name')
  await expect(names.first()).toBeVisible()
  const all = await names.count()
  await names.nth(0).click()
  await page.getByRole('button', { name: '其他', exact: true }).click()
  await names.nth(1).click()
  await expect(page.getByRole('heading', { name: `到会 ${all - 2} / ${all}` })).toBeVisible()
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByText('请填缺席原因，如出差、病假。')).toBeVisible()
  await expect(page.getByPlaceholder('写明原因')).toBeFocused()
  await expectAccessible(page)
  await page.getByPlaceholder('写明原因').fill('照顾病人')
  await expect(names.nth(0)).toContainText('照顾病人')
  await names.nth(1).click()
  await expect(page.getByRole('heading', { name: `到会 ${all - 1} / ${all}` })).toBeVisible()
})

test('an empty item is refused at its place, and nothing typed is lost', async ({ page }) => {
  await page.goto('/meetings/new?kind=theme_day')
  await page.getByRole('button', { name: '加一项' }).click()
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByText('请写明议题。')).toBeVisible()
  await expect(page.getByText('有 1 处要改。填写的内容都在，改好后再提交。')).toBeVisible()
  await page.getByLabel('第 3 项议题').fill('交流志愿服务安排')
  await expect(page.getByText('请写明议题。')).toBeHidden()
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  await idOf(page.getByRole('link', { name: '看这次记录' }))
})

test('the whole record is made by keyboard alone', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: /^记会议：/ }).first()).toBeVisible()
  await tabTo(page, /^记会议：/, 'link')
  await page.keyboard.press('Enter')
  const first = page.locator('.meeting-name').first()
  await expect(first).toBeVisible()
  const who = (await first.innerText()).trim()
  await tabTo(page, new RegExp(`^${who}$`))
  await page.keyboard.press('Enter')
  await tabTo(page, /^病假$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: new RegExp(`^${who}\\s*病假$`) })).toBeFocused()
  await tabTo(page, /^记好$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  await idOf(page.getByRole('link', { name: '看这次记录' }))
})
