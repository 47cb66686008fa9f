import { expect, type Page, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn, tabTo, withdraw } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

interface Line {
  readonly id: string
  readonly title: string
  readonly heldOn: string
  readonly together: number
  readonly kinds: readonly string[]
}

async function itemsOf<Item>(page: Page, address: string): Promise<Item[]> {
  const answer = await page.request.get(address)
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { items: Item[] }).items
}

/** Takes the only theme day of a past month back, so that a hard duty of the branch is missed; gives the case that is proposed. */
async function missedDuty(page: Page, origin: string): Promise<{ id: string; title: string }> {
  await signIn(page, 'zhibu', origin)
  const held = await itemsOf<Line>(page, '/api/v1/meetings?kind=theme_day&state=recorded&from=2026-01-01&to=2026-08-31&limit=100')
  const monthOf = (meeting: Line) => meeting.heldOn.slice(0, 7)
  const only = held.filter(
    (one) => one.together === 1 && one.kinds.length === 1 && held.filter((other) => monthOf(other) === monthOf(one)).length === 1,
  )
  const meeting = only[0]
  if (!meeting) throw new Error('the branch has no month with a single theme day')
  await withdraw(page.request, meeting.id, origin)
  await signIn(page, 'danwei', origin)
  const month = `${monthOf(meeting).slice(0, 4)}年${Number(monthOf(meeting).slice(5))}月`
  let proposed: { id: string; title: string } | undefined
  await expect
    .poll(async () => {
      const found = await itemsOf<{ id: string; title: string }>(page, '/api/v1/cases?state=proposed&limit=100')
      proposed = found.find((one) => one.title.includes(`${month} 主题党日`))
      return proposed !== undefined
    })
    .toBe(true)
  if (!proposed) throw new Error('no case was proposed')
  return proposed
}

async function stage(page: Page, name: string): Promise<number> {
  const button = page.getByRole('button', { name: new RegExp(`^${name} \\d+$`) })
  return Number(((await button.textContent()) ?? '').replace(/\D/g, ''))
}

async function reportAs(page: Page, origin: string, said: { title: string; report: string }): Promise<void> {
  await signIn(page, 'zhibu', origin)
  await page.goto('/')
  const hand = countingHand()
  await hand.do(page.getByRole('link', { name: said.title }).first().click())
  await hand.do(page.getByRole('textbox', { name: '办理结果' }).fill(said.report))
  // What was typed survives a closed page.
  await page.reload()
  await expect(page.getByRole('textbox', { name: '办理结果' })).toHaveValue(said.report)
  await expectAccessible(page)
  await hand.do(page.locator('form').getByRole('button', { name: '报告办理结果' }).click())
  await expect(page.getByText('已报告。由责任人和报告人以外的人核验')).toBeVisible()
  expectFew('report how a case was put right', hand.count)
}

test('what was missed is supervised, reported, returned once, reported again, and closed by somebody else', async ({
  page,
  baseURL,
}) => {
  // Four people one after another, and axe on each page.
  test.slow()
  const origin = String(baseURL)
  const found = await missedDuty(page, origin)
  await signIn(page, 'zhibu', origin)
  const owner = ((await (await page.request.get('/api/v1/me')).json()) as { person: { name: string } }).person.name

  // The unit's full-time deputy secretary takes the proposal up from the list.
  await signIn(page, 'danwei', origin)
  await page.goto('/cases?state=proposed')
  await expect(page.locator(`[data-row="${found.id}"]`)).toBeVisible()
  await expectAccessible(page)
  const before = { proposed: await stage(page, '建议立项'), supervised: await stage(page, '督办中') }
  await page.locator(`[data-row="${found.id}"]`).click()
  await expect(page.getByText('现在这一项是“未报”。')).toBeVisible()
  await page.getByRole('button', { name: '转督办' }).click()
  await page.getByRole('button', { name: new RegExp(`^${owner}（`) }).click()
  await page.getByLabel('整改措施').fill('本月内补开，并把支部年度计划排到月')
  await expectAccessible(page)
  // Without its reason nothing is sent, and what was filled in stays.
  await page.locator('form[name="case-supervise"]').getByRole('button', { name: '转督办' }).click()
  await expect(page.getByText('有 1 处要改。填写的内容都在，改好后再提交。')).toBeVisible()
  await page.getByLabel('为什么转督办').fill('应当开展而没有记录')
  await page.locator('form[name="case-supervise"]').getByRole('button', { name: '转督办' }).click()
  await expect(page.getByText('已转督办并编号')).toBeVisible()
  await expect.poll(() => stage(page, '建议立项')).toBe(before.proposed - 1)
  expect(await stage(page, '督办中')).toBe(before.supervised + 1)

  await reportAs(page, origin, { title: found.title, report: '已经安排，下周补开' })
  // Whoever reported does not certify it: not on the page, and not past it.
  await expect(page.getByRole('button', { name: '核验销号' })).toHaveCount(0)
  const refused = await page.request.post(`/api/v1/cases/${found.id}/verify`, {
    data: { verification: '自己看过，属实' },
    headers: { origin, 'idempotency-key': `self-${found.id}` },
  })
  expect(refused.status()).toBe(403)

  await signIn(page, 'jiwei', origin)
  await page.goto(`/cases/${found.id}`)
  await page.getByRole('button', { name: '退回' }).click()
  await page.getByLabel('哪里没有办到位').fill('还没有补开，只有打算')
  await expectAccessible(page)
  await page.locator('form').getByRole('button', { name: '退回' }).click()
  await expect(page.getByText('已退回继续整改')).toBeVisible()
  await expect(page.getByText('督办中', { exact: true })).toBeVisible()

  await reportAs(page, origin, { title: found.title, report: '已经补开并记录，今后固定在每月第二周' })

  await signIn(page, 'jiwei', origin)
  await page.goto(`/cases/${found.id}`)
  await page.getByRole('button', { name: '核验销号' }).click()
  await page.getByLabel('核验情况').fill('到支部看了记录和签到，属实')
  await page.getByRole('checkbox', { name: /到了现场|核验方式/ }).check()
  await page.locator('form').getByRole('button', { name: '核验销号' }).click()
  await expect(page.getByText('已核验销号。')).toBeVisible()
  await expect(page.getByText('已销号', { exact: true })).toBeVisible()
  await expect(page.getByText('到现场核验')).toBeVisible()
  await expect(page.getByText('还没有补开，只有打算')).toBeVisible()
  await expectAccessible(page)
})

test('of two who act at once the later one reads what is possible now, and keeps what was typed', async ({ page, baseURL }) => {
  const origin = String(baseURL)
  const found = await missedDuty(page, origin)
  await page.goto(`/cases/${found.id}`)
  await page.getByRole('button', { name: '不采纳' }).click()
  await page.getByLabel('理由').fill('当月全体参加抢险值守')
  const other = await page.request.post(`/api/v1/cases/${found.id}/remind`, {
    data: { dueOn: '2099-12-31' },
    headers: { origin, 'idempotency-key': `other-${found.id}` },
  })
  expect(other.ok(), await other.text()).toBe(true)
  await page.locator('form').getByRole('button', { name: '不采纳' }).click()
  await expect(page.getByText(/事项现在是“已提醒”，不能“不采纳”。现在可以：/)).toBeVisible()
  await expect(page.getByLabel('理由')).toHaveValue('当月全体参加抢险值守')
  await page.getByRole('button', { name: '看最新情况' }).click()
  await expect(page.getByText('已读取最新情况。')).toBeVisible()
  await expect(page.getByRole('button', { name: '转督办' })).toBeVisible()
  await expectAccessible(page)
})

test('an officer reminds of two proposals at once by keyboard alone', { tag: '@keyboard' }, async ({ page, baseURL }) => {
  await signIn(page, 'gongwei', String(baseURL))
  await page.goto('/cases?state=proposed')
  const rows = page.locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  const before = await stage(page, '建议立项')
  for (let presses = 0; presses < 60 && !(await rows.first().evaluate((row) => row.matches(':focus'))); presses += 1) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByText('已选 2 条')).toBeVisible()
  await expectAccessible(page)
  for (let presses = 0; presses < 30; presses += 1) {
    if (await page.getByRole('button', { name: '采纳，发提醒', exact: true }).evaluate((button) => button.matches(':focus')))
      break
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  await tabTo(page, /^采纳，发提醒 2 条$/)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已提醒 2 条，都办成了。')).toBeVisible()
  await tabTo(page, /^知道了$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已选 2 条')).toHaveCount(0)
  await expect.poll(() => stage(page, '建议立项')).toBe(before - 2)
})
