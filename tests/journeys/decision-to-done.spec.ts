import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Named {
  readonly id: string
  readonly name: string
}
interface Me {
  readonly person: Named
  readonly organizations: readonly Named[]
  readonly grants: readonly { readonly role: string; readonly organization: Named }[]
}

async function meAs(page: Page, username: string, origin: string): Promise<Me> {
  await signIn(page, username, origin)
  return (await (await page.request.get('/api/v1/me')).json()) as Me
}

/** A list that is read anew under the finger takes no choice; a hand chooses again. */
async function pick(page: Page, field: string, name: string): Promise<void> {
  const option = page.getByRole('option', { name: new RegExp(name) }).first()
  await expect(async () => {
    await page.getByLabel(field).fill(name)
    await option.click({ timeout: 5_000 })
    await expect(page.locator('.ant-select').filter({ has: page.getByLabel(field) })).toContainText(name, { timeout: 2_000 })
  }).toPass()
}

async function act(page: Page, verb: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: verb, exact: true }).click()
  await fill()
  await page.locator('form').getByRole('button', { name: verb, exact: true }).click()
  await expect(page.getByText(`已${verb}。`)).toBeVisible()
}

test('a decision is broken down to unit, person and day, delegated, put off once, reported on a record and verified by another', async ({
  page,
  baseURL,
}) => {
  test.slow()
  const origin = String(baseURL)
  const name = `走访困难党员${Date.now() % 100_000}`
  const branch = await meAs(page, 'zhibu', origin)
  const unit = await meAs(page, 'danwei', origin)
  await signIn(page, 'gongwei', origin)

  // An officer records a decision with two matters.
  await page.goto('/decisions/new')
  await page.getByLabel('文号').fill('市发〔2026〕12号')
  await page.getByLabel('名称').fill(name)
  await page.getByLabel('发文机关').fill('市委')
  await page.getByLabel('要点 1 内容').fill(`${name}，年底前走访到户`)
  await page.getByLabel('要点 1 时限').fill('2099-12-20')
  await page.getByRole('button', { name: '再加一个要点' }).click()
  await page.getByLabel('要点 2 时限').fill('2099-12-31')
  await page.getByLabel('要点 2 内容').fill('建立走访台账')
  await expectAccessible(page)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { name: /要点 2/ })).toBeVisible()

  // Without unit and person nothing is given, and each is named.
  await page.getByRole('button', { name: '分解要点 1' }).click()
  await page.getByRole('button', { name: '分解下去' }).click()
  await expect(page.getByText('没有写承办单位')).toBeVisible()
  await expect(page.getByText('没有写责任人')).toBeVisible()
  await expect(page.getByText('没有写完成标准')).toBeVisible()
  await pick(page, '承办单位', unit.grants.find(({ role }) => role === 'full_time_deputy')?.organization.name ?? '')
  await pick(page, '责任人', unit.person.name)
  await page.getByLabel('完成标准').fill('困难党员都走访到并有记录')
  await expectAccessible(page)
  await page.getByRole('button', { name: '分解下去' }).click()
  await expect(page.getByText('还没有分解为任务。')).toHaveCount(1)

  // The unit delegates to a branch; what it promised itself stays there.
  await signIn(page, 'danwei', origin)
  const tasks = ((await (await page.request.get(`/api/v1/tasks?text=${encodeURIComponent(name)}`)).json()) as { items: Named[] })
    .items
  const above = `/tasks/${tasks[0]?.id ?? ''}`
  await page.goto(above)
  await page.getByRole('button', { name: '分解给下级' }).click()
  await pick(page, '承办单位', branch.organizations[0]?.name ?? '')
  await pick(page, '责任人', branch.person.name)
  await page.getByLabel('完成时限').fill('2099-12-10')
  await page.getByLabel('完成时限').press('Tab')
  await page.locator('form').getByRole('button', { name: '分解给下级' }).click()
  await expect(page.getByText('已分解给下级。')).toBeVisible()
  await expect(page.getByText('已办结 0 / 1')).toBeVisible()
  await expectAccessible(page)

  // The branch asks for more time before it is late; the unit grants it.
  await signIn(page, 'zhibu', origin)
  const own = ((await (await page.request.get(`/api/v1/tasks?text=${encodeURIComponent(name)}`)).json()) as { items: Named[] })
    .items
  const below = `/tasks/${own[0]?.id ?? ''}`
  await page.goto(below)
  await expect(page.getByText(/上级任务“.*承诺2099年12月20日/)).toBeVisible()
  await act(page, '申请延期', async () => {
    await page.getByLabel('延到哪天').fill('2099-12-18')
    await page.getByLabel('延到哪天').press('Tab')
    await page.getByLabel('为什么要延期').fill('一户外出未归')
  })
  await signIn(page, 'danwei', origin)
  await page.goto(below)
  await act(page, '同意延期', () => page.getByLabel('理由').fill('情况属实'))
  await expect(page.getByText('2099年12月10日 → 2099年12月18日')).toBeVisible()

  // The branch links what shows it and reports; somebody else verifies.
  await signIn(page, 'zhibu', origin)
  await page.goto(below)
  await act(page, '报告办理结果', async () => {
    await page.getByLabel('办理结果').fill('先报一次')
    await page.locator('form').getByRole('button', { name: '报告办理结果' }).click()
    await expect(page.getByText('还没有关联记录：先关联')).toBeVisible()
    await page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: '关联记录' }).click()
    await page.getByText('材料', { exact: true }).click()
    await page.getByLabel('说明').fill('走访登记表，存支部')
    await page.locator('form').getByRole('button', { name: '关联', exact: true }).click()
    await expect(page.getByText('已关联记录。')).toBeVisible()
    await page.getByRole('group', { name: '现在可以办的' }).getByRole('button', { name: '报告办理结果' }).click()
    await page.getByLabel('办理结果').fill('困难党员都走访到了')
  })
  await signIn(page, 'jiwei', origin)
  await page.goto(below)
  await act(page, '核验办结', () => page.getByLabel('核验情况').fill('看了登记表，属实'))
  await expect(page.getByText('已办结', { exact: true })).toBeVisible()
  await expectAccessible(page)
})
