import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn, withdraw } from './at-the-desk.ts'

/**
 * A period is frozen once, so each width has its own. The year comes last of all: no rule may begin in it afterwards, and that is what
 * other journeys do.
 */
const frozen = { desk: { period: '2026-04', day: '2026-04-14' }, phone: { period: '2026', day: '2026-05-14' } } as const

/** The figures that show 逐字节一致 are those of the file; whatever is recorded later stays outside. */
async function frozenAndReplayed(page: Page): Promise<void> {
  await expect(page.getByText('已冻结', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('逐字节一致', { exact: true })).toBeVisible({ timeout: 90_000 })
}

test('an officer freezes a period and replays it; a late record shows as a difference and the frozen figure stays', async ({
  page,
  baseURL,
}, info) => {
  test.setTimeout(240_000)
  const { period, day } = frozen[info.project.name === 'phone' ? 'phone' : 'desk']
  const origin = String(baseURL)
  await signIn(page, 'gongwei', origin)
  await page.goto(`/cockpit/frozen?period=${period}`)
  await expect(page.getByRole('heading', { name: '冻结与复核' })).toBeVisible()
  const freeze = page.getByRole('button', { name: /^冻结.+20\d\d年/ })
  await expect(freeze).toBeVisible()
  await expect(page.getByText('应办事项').first()).toBeVisible()
  await expectAccessible(page)
  await freeze.click()
  await expect(page).toHaveURL(/\/cockpit\/frozen\/snp_/)
  const frozenAt = page.url()
  await frozenAndReplayed(page)
  await expect(page.getByText('没有变化：现在的数字与冻结时相同。')).toBeVisible()
  await page.getByRole('button', { name: '核验签名' }).click()
  await expect(page.getByText('签名成立', { exact: true })).toBeVisible()
  await expectAccessible(page)

  // A branch secretary records what was held then, late.
  await signIn(page, 'zhibu', origin)
  const me = (await (await page.request.get('/api/v1/me')).json()) as {
    grants: { role: string; organization: { id: string } }[]
  }
  const branch = me.grants.find((grant) => grant.role === 'branch_secretary')?.organization.id
  const recorded = await page.request.post('/api/v1/meetings', {
    headers: { origin, 'idempotency-key': `freeze-${info.project.name}-${Date.now()}` },
    data: {
      organizationIds: [branch],
      kinds: ['theme_day'],
      title: '主题党日',
      heldOn: day,
      agenda: [{ title: '学习', category: 'business' }],
      lateReason: '补记：当时漏记',
    },
  })
  expect(recorded.ok(), await recorded.text()).toBe(true)
  const meeting = ((await recorded.json()) as { id: string }).id

  await signIn(page, 'gongwei', origin)
  await page.goto(frozenAt)
  const differences = page.getByLabel('冻结之后的变化', { exact: true })
  await expect(differences.getByRole('link', { name: '主题党日' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/cockpit?period=${period}`)
  await expect(page.getByText(/本期已于 .+冻结，之后有 \d+ 处变化/)).toBeVisible()
  await expectAccessible(page)

  // The frozen figure stays: recomputed again, every byte is the same.
  await page.goto(frozenAt)
  await page.getByRole('button', { name: '再复核一次' }).click()
  await expect(page.getByText(/正在/).first()).toBeVisible()
  await frozenAndReplayed(page)

  await page.getByRole('button', { name: '重新冻结' }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('补记核实后重新冻结')
  await page.getByRole('dialog').getByRole('button', { name: '重新冻结' }).click()
  await expect(page.getByText('补记核实后重新冻结')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('已冻结', { exact: true })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: '前一次冻结' }).click()
  await expect(page.getByText('已被取代', { exact: true })).toBeVisible()

  await signIn(page, 'zhibu', origin)
  await withdraw(page.request, meeting, origin)
})
