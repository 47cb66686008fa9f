import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Me {
  readonly organizations: readonly { id: string; name: string }[]
  readonly grants: readonly { readonly role: string; readonly organization: { readonly id: string; readonly name: string } }[]
  readonly person: { id: string; name: string } | null
}

const meOf = async (page: Page) => (await (await page.request.get('/api/v1/me')).json()) as Me

/** An act by its address, where another page of the same sort is walked elsewhere. */
async function act(page: Page, path: string, asked: { origin: string; data: object }): Promise<{ id: string; state?: string }> {
  const headers = { origin: asked.origin, 'idempotency-key': `${path}-${Math.random()}` }
  const answer = await page.request.post(`/api/v1${path}`, { data: asked.data, headers })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { id: string; state?: string }
}

test('what nobody signed is sifted, rectified, and closed by the verification of another', async ({ page, baseURL }, info) => {
  test.slow()
  const origin = String(baseURL)
  const text = `服务大厅的复印机坏了很久（${info.project.name}）`

  // Without an account: no cookie is set, and the page says what is promised and what is not.
  await page.goto('/')
  await page.getByRole('link', { name: '匿名反映' }).click()
  await expect(page.getByRole('heading', { name: '我们做不到的' })).toBeVisible()
  await expectAccessible(page)
  const unit = page.getByLabel('反映哪个单位')
  await signIn(page, 'danwei', origin)
  const own = await meOf(page)
  await page.context().clearCookies()
  await expect(unit.locator('option')).not.toHaveCount(1)
  await unit.selectOption({ label: own.grants.find(({ role }) => role === 'full_time_deputy')?.organization.name ?? '' })
  await page.getByLabel('哪个方面').selectOption('D5')
  await page.getByRole('textbox', { name: '反映的问题' }).fill(text)
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByText('已经收到。没有回执')).toBeVisible()
  expect(await page.context().cookies()).toEqual([])

  await signIn(page, 'gongwei', origin)
  await page.goto('/problem-letters')
  const letter = page.locator('section', { hasText: text }).first()
  await expect(letter).toBeVisible()
  await expectAccessible(page)
  await letter.getByRole('button', { name: '采用，写成问题' }).click()
  await letter.getByLabel('问题', { exact: true }).fill(`服务大厅设备失修（${info.project.name}）`)
  await letter.getByLabel('具体情况').fill('群众反映设备长期失修，办事不便')
  await letter.locator('form').getByRole('button', { name: '采用，写成问题' }).click()
  await page.goto('/problems?state=raised')
  await page.getByRole('link', { name: `服务大厅设备失修（${info.project.name}）` }).click()
  await expect(page.getByText('群众提（匿名来信）')).toBeVisible()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  await signIn(page, 'danwei', origin)
  const deputy = (await meOf(page)).person?.id
  const owner = { ownerId: deputy, dueOn: '2099-12-31', remedies: '修好并定人每周检查', reason: '情况属实' }
  await act(page, `/problems/${id}/accept`, { origin, data: owner })
  await page.goto(`/problems/${id}`)
  await page.getByRole('button', { name: '报告整改结果' }).click()
  await page.getByRole('textbox', { name: '整改结果' }).fill('已经修好，每周一检查')
  await expectAccessible(page)
  await page.locator('form').getByRole('button', { name: '报告整改结果' }).click()
  await expect(page.getByText('您是责任人或报告整改的人，核验须由其他人办理。')).toBeVisible()
  await expect(page.getByRole('button', { name: '核验通过' })).toHaveCount(0)

  await signIn(page, 'jiwei', origin)
  await page.goto(`/problems/${id}`)
  await page.getByRole('button', { name: '核验通过' }).click()
  await page.getByRole('textbox', { name: '核验情况' }).fill('到大厅看过，能用')
  await page.locator('form').getByRole('button', { name: '核验通过' }).click()
  await expect(page.getByText('不知道是谁提的，没有人可以确认，核验通过即销号。')).toBeVisible()
  await expectAccessible(page)
})

test('a yellow card is heard, decided and lifted item by item; an earlier one is revoked on appeal by another officer', async ({
  page,
  baseURL,
}) => {
  test.slow()
  const origin = String(baseURL)
  await signIn(page, 'zhibu', origin)
  const branch = (await meOf(page)).organizations[0]?.id
  const secretary = (await meOf(page)).person?.id
  const propose = async () => {
    await signIn(page, 'danwei', origin)
    const { id } = await act(page, '/yellow-cards', {
      origin,
      data: { organizationId: branch, grounds: '连续三个月没有按时开会' },
    })
    return id
  }
  const item = { title: '排好全年会议', ownerId: secretary, dueOn: '2099-12-31' }
  const stateAs = async (id: string) => {
    await signIn(page, 'zhibu', origin)
    await page.goto(`/yellow-cards/${id}`)
    await page.getByRole('button', { name: '陈述意见' }).click()
    await page.getByRole('textbox', { name: '陈述意见' }).fill('其中一个月因抢险值守推迟，已经补开')
    await expectAccessible(page)
    await page.locator('form').getByRole('button', { name: '陈述意见' }).click()
    await expect(page.getByText('已提交陈述，等工委决定。')).toBeVisible()
  }
  const decide = async (id: string) => {
    await signIn(page, 'gongwei', origin)
    await act(page, `/yellow-cards/${id}/decide`, { origin, data: { reason: '听取陈述后决定', items: [item] } })
  }

  const first = await propose()
  await stateAs(first)
  await decide(first)
  await signIn(page, 'zhibu', origin)
  await page.goto(`/yellow-cards/${first}`)
  await page.getByRole('link', { name: '对这个决定申诉' }).click()
  await page.getByLabel('申诉理由').fill('推迟有批准，补开有记录')
  await page.getByRole('button', { name: '提出申诉' }).click()
  await expect(page.getByRole('heading', { name: '申诉：黄牌警示' })).toBeVisible()
  const appeal = new URL(page.url()).pathname
  await signIn(page, 'gongwei', origin)
  await page.goto(appeal)
  await expect(page.getByText('原决定是您作出的，复核须由其他人办理。')).toBeVisible()
  await signIn(page, 'fuhe', origin)
  await page.goto(appeal)
  await page.getByRole('button', { name: '受理复核' }).click()
  await page.locator('form').getByRole('button', { name: '受理复核' }).click()
  await page.getByRole('button', { name: '申诉成立，撤销原决定' }).click()
  await page.getByLabel('复核意见').fill('推迟有批准，原决定不当')
  await expectAccessible(page)
  await page.locator('form').getByRole('button', { name: '申诉成立，撤销原决定' }).click()
  await page.getByRole('link', { name: /^黄牌：/ }).click()
  await expect(page.getByText('已撤销').first()).toBeVisible()

  const second = await propose()
  await stateAs(second)
  await decide(second)
  await signIn(page, 'zhibu', origin)
  await page.goto(`/yellow-cards/${second}`)
  await page.getByRole('button', { name: '报一条办完' }).click()
  await page.getByRole('textbox', { name: '办理结果' }).fill('全年会议已排到月')
  await page.locator('form').getByRole('button', { name: '报一条办完' }).click()
  await signIn(page, 'jiwei', origin)
  await page.goto(`/yellow-cards/${second}`)
  await page.getByRole('button', { name: '一条核验通过' }).click()
  await page.getByRole('textbox', { name: '核验情况' }).fill('看过全年安排和会议记录')
  await page.locator('form').getByRole('button', { name: '一条核验通过' }).click()
  await expect(page.getByText('清单全部核验通过，自动摘牌。')).toBeVisible()
  await expectAccessible(page)
})
