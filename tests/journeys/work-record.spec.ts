import { expect, type Page, test } from '@playwright/test'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const recorded: string[] = []

test.beforeEach(async ({ page, baseURL }) => {
  await signIn(page, 'zhibu', baseURL ?? '')
})

test.afterEach(async ({ page, baseURL }) => {
  for (const id of recorded.splice(0)) {
    const answer = await page.request.post(`/api/v1/work-records/${id}/withdraw`, {
      data: { reason: '走查后恢复原状' },
      headers: { origin: baseURL ?? '', 'idempotency-key': `undo-${id}` },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
})

/** The id of what was just recorded, to be taken back afterwards. */
async function keepId(page: Page): Promise<string> {
  const href = (await page.getByRole('link', { name: '看这次记录' }).getAttribute('href')) ?? ''
  const id = href.split('/').at(-1) ?? ''
  recorded.push(id)
  return id
}

/** A tag that asks for nothing but what was done, so that the few taps are the whole entry. */
async function plainTag(page: Page): Promise<string> {
  const { items } = (await (await page.request.get('/api/v1/work-records/tags')).json()) as {
    items: { title: string; fields: string[]; categories: unknown[]; kinds: string[] }[]
  }
  const found = items.find((tag) => !tag.fields.includes('hours') && tag.categories.length === 0 && tag.kinds.includes('branch'))
  expect(found, 'a shipped tag for branches without hours and categories').toBeDefined()
  return found?.title ?? ''
}

/** How many records the list says there are. */
async function total(page: Page): Promise<number> {
  const { total: count } = (await (await page.request.get('/api/v1/work-records?state=recorded&limit=1')).json()) as {
    total: number
  }
  return count
}

test('a secretary records what was done in a few taps: the tag first, a sentence, done', async ({ page }) => {
  const tag = await plainTag(page)
  const before = await total(page)
  const hand = countingHand()
  await page.goto('/work-records')
  await expect(page.getByRole('heading', { name: '工作纪实', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await hand.do(page.getByRole('link', { name: '记工作纪实' }).first().click())
  await hand.do(page.getByRole('button', { name: tag, exact: true }).click())
  await hand.do(page.getByLabel('做了什么').fill('到两名老党员家里走访，帮着联系了社区医生。'))
  await expectAccessible(page)
  await hand.do(page.getByRole('button', { name: '记好' }).click())
  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  expectFew('record what was done', hand.count)
  expect(await total(page)).toBe(before + 1)

  await keepId(page)
  await page.getByRole('link', { name: '看这次记录' }).click()
  await expect(page.getByRole('heading', { name: tag, level: 1 })).toBeVisible()
  await expect(page.getByText('到两名老党员家里走访')).toBeVisible()
  await expectAccessible(page)
})

test('a duty that work records feed leads to the form; the figure moves and moves back', async ({ page }) => {
  await page.goto('/')
  const missed = page.getByRole('link', { name: /^(补记|去记)：/ }).and(page.locator('[href*="/work-records/new"]'))
  await expect(missed.first()).toBeVisible()
  const label = (await missed.first().getAttribute('aria-label')) ?? ''
  await missed.first().click()
  await expect(page.locator('[aria-pressed="true"]').first()).toBeVisible()
  await page.getByLabel('做了什么').fill('按要求做了，当时没有顾上记。')
  const day = page.getByLabel('日期', { exact: true })
  if ((await day.inputValue()) === '') {
    const [, year, month] = /(\d{4})年(?:(\d{1,2})月)?/.exec(label) ?? []
    await day.fill(`${year}-${String(month ?? 1).padStart(2, '0')}-15`)
    await day.press('Enter')
  }
  const category = page
    .getByRole('group', { name: /的类别$/ })
    .getByRole('button')
    .first()
  if (await category.isVisible()) await category.click()
  const hours = page.getByLabel('学时')
  if (await hours.isVisible()) await hours.fill('8')
  const everybody = page.getByRole('button', { name: /^全体 \d+ 人$/ })
  if (await everybody.isVisible()) await everybody.click()
  await page.getByRole('button', { name: '记好' }).click()
  const why = page.getByLabel('补记理由')
  await expect(page.getByRole('heading', { name: '已记好' }).or(why)).toBeVisible()
  if (await why.isVisible()) {
    await why.fill('经办同志出差，回来后补记')
    await page.getByRole('button', { name: '记好' }).click()
    await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  }
  await expect(page.getByText('这一次记录同时满足：')).toBeVisible()
  const id = await keepId(page)

  await page.goto('/')
  await expect(page.getByRole('link', { name: label })).toBeHidden()

  await page.goto(`/work-records/${id}`)
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('走查后恢复原状')
  await page.getByRole('button', { name: '撤回记录' }).click()
  await expect(page.getByText('已撤回：走查后恢复原状')).toBeVisible()
  recorded.splice(0)
  await page.goto('/')
  await expect(page.getByRole('link', { name: label })).toBeVisible()
})

test('what is recorded after its period asks for a reason and is seen to be late, with both days', async ({ page, baseURL }) => {
  await signIn(page, 'gongwei', baseURL ?? '')
  const read = async <Reply>(path: string) => (await (await page.request.get(path)).json()) as Reply
  const { today } = await read<{ today: string }>('/api/v1/due')
  const year = Number(today.slice(0, 4))
  const over =
    Number(today.slice(5, 7)) > 6
      ? { name: `${year}H1`, day: `${year}-05-20` }
      : { name: `${year - 1}H2`, day: `${year - 1}-11-20` }
  const { items } = await read<{ items: { organization: { id: string } }[] }>(
    `/api/v1/obligations?requirement=JG16&period=${over.name}&limit=1`,
  )
  const organization = items[0]?.organization.id ?? ''
  await page.goto(`/work-records/new?organization=${organization}&tag=party_building_study&period=${over.name}`)
  await expect(page.getByRole('button', { name: '党组研究机关党建' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByLabel('做了什么').fill('听取机关党委半年工作汇报，定了三件事。')
  await page.getByRole('button', { name: '记好' }).click()
  // The day is not guessed.
  const day = page.getByLabel('日期', { exact: true })
  await expect(day).toHaveAttribute('aria-invalid', 'true')
  await day.fill(over.day)
  await day.press('Enter')
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByText('已过记录期限，请写明为什么现在才记。')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('补记理由').fill('当时没有系统，现在补上')
  await page.getByRole('button', { name: '记好' }).click()
  await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
  await expect(page.getByText('迟办').first()).toBeVisible()
  await keepId(page)
  await page.getByRole('link', { name: '看这次记录' }).click()
  await expect(page.getByText('补记', { exact: true })).toBeVisible()
  await expect(page.getByText('当时没有系统，现在补上').first()).toBeVisible()
})
