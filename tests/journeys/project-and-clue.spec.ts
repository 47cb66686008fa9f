import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Me {
  readonly organizations: readonly { id: string; name: string }[]
  readonly person: { id: string; name: string } | null
}

async function as(page: Page, username: string, origin: string): Promise<Me> {
  await signIn(page, username, origin)
  return (await (await page.request.get('/api/v1/me')).json()) as Me
}

async function post<Reply>(page: Page, path: string, asked: { origin: string; data: object }): Promise<Reply> {
  const headers = { origin: asked.origin, 'idempotency-key': `${path}-${Math.random()}` }
  const answer = await page.request.post(`/api/v1${path}`, { data: asked.data, headers })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Reply
}

async function find(page: Page, label: string, name: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(name)
  await page.locator('.ant-select-item-option').filter({ hasText: name }).first().click()
  await page.keyboard.press('Escape')
}

interface Walk {
  readonly origin: string
  readonly mark: string
  /** The branch's secretary: supervises the project, and is whom the clue is about. */
  readonly secretary: string
}

async function aProject(page: Page, { mark, secretary }: Walk): Promise<string> {
  // The deputy enters the project and sets up its temporary branch.
  await page.goto('/key-projects')
  await page.getByRole('link', { name: '登记重点项目' }).click()
  await page.getByRole('textbox', { name: '名称' }).fill(`档案楼改造${mark}`)
  await page.getByRole('textbox', { name: '内容' }).fill('改造档案楼，增设查档窗口')
  await page.getByRole('textbox', { name: '结束日期' }).fill('2099-12-31')
  await find(page, '监督人', secretary)
  await expectAccessible(page)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('heading', { name: `档案楼改造${mark}` })).toBeVisible()
  const project = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await expect(page.getByText('期限在六个月以上的项目')).toBeVisible()
  await page.getByRole('button', { name: '设立临时党支部' }).click()
  await page.getByRole('textbox', { name: '批准依据' }).fill('机关党委批复')
  await page.locator('form').getByRole('button', { name: '设立临时党支部' }).click()
  await expect(page.getByRole('link', { name: `档案楼改造${mark}临时党支部` })).toBeVisible()
  await expectAccessible(page)

  return project
}

async function aFindingHandedOver(
  page: Page,
  { origin, mark, secretary }: Walk,
  on: { project: string; branch: string; inspector: string },
): Promise<void> {
  // The city inspects it; what was found goes to the discipline line with the name of whom it is about.
  await as(page, 'gongwei', origin)
  const { ids } = await post<{ ids: string[] }>(page, '/inspections', {
    origin,
    data: {
      title: `工程现场检查${mark}`,
      manner: 'unannounced',
      organizationIds: [on.branch],
      inspectorIds: [on.inspector],
      visitOn: '2099-01-04',
      despite: '走查需要',
      keyProjectId: on.project,
    },
  })
  await post(page, `/inspections/${ids[0]}/start`, { origin, data: {} })
  const seen = { kind: 'other', seen: `签证单没有编号${mark}`, notedAt: '2026-01-04T09:00:00+08:00' }
  await post(page, '/findings', { origin, data: { inspectionId: ids[0], clientId: mark.padStart(32, '0'), ...seen } })
  await page.goto(`/key-projects/${on.project}`)
  await expect(page.getByText(`签证单没有编号${mark}`)).toBeVisible()
  await page.getByRole('link', { name: `工程现场检查${mark}` }).click()
  await page.getByRole('button', { name: '作为线索移交纪检' }).click()
  await page.getByRole('textbox', { name: '反映什么' }).fill(`工程签证有问题${mark}`)
  await find(page, '被反映人', secretary)
  await expectAccessible(page)
  await page.locator('form').getByRole('button', { name: '作为线索移交纪检' }).click()
  await expect(page.getByText(`签证单没有编号${mark}`)).toHaveCount(0)
}

async function assessed(page: Page, { origin, mark, secretary }: Walk): Promise<string> {
  // The unit's discipline secretary assesses it; nothing typed stays on the device.
  await signIn(page, 'jiwei', origin)
  await page.goto('/clues')
  const line = page.getByRole('link', { name: `工程签证有问题${mark}` })
  await expect(line).toBeVisible()
  await expectAccessible(page)
  await line.click()
  await expect(page.getByText(secretary).first()).toBeVisible()
  await page.getByRole('button', { name: '评估', exact: true }).click()
  await page.getByRole('textbox', { name: '评估意见' }).fill('可以核实')
  await page.locator('form').getByRole('button', { name: '评估' }).click()
  await expect(page.getByText('已评估，请决定怎样处置。')).toBeVisible()
  await expectAccessible(page)
  const clue = new URL(page.url()).pathname
  expect(await page.evaluate((word) => JSON.stringify({ ...localStorage }).includes(word), '可以核实')).toBe(false)

  return clue
}

async function nobodyElseFinds(page: Page, clue: string, origin: string): Promise<void> {
  // Whoever is named, the deputy, the leader, the city's officer and an administrator find nothing.
  for (const username of ['zhibu', 'danwei', 'lingdao', 'gongwei', 'anquan']) {
    await signIn(page, username, origin)
    const answers = [await page.request.get(`/api/v1${clue}`), await page.request.get('/api/v1/clues')]
    expect(answers.map((one) => one.status())).toEqual([403, 403])
  }
  // Nobody is kept where nobody could handle it: the unit's own discipline secretary is named, and above there is no account yet.
  const jiwei = await as(page, 'jiwei', origin)
  await page.goto(clue)
  await page.getByRole('button', { name: '补充被反映人' }).click()
  await find(page, '被反映人', jiwei.person?.name ?? '')
  await page.getByRole('textbox', { name: '理由' }).fill('反映到本人')
  await page.locator('form').getByRole('button', { name: '补充被反映人' }).click()
  await expect(page.getByText('还没有可以办理的账号').first()).toBeVisible()
}

test('from a key project with its temporary branch over a finding to a clue, of which whoever is named sees nothing', {
  tag: '@desk',
}, async ({ page, baseURL }) => {
  const origin = String(baseURL)
  const mark = String(Date.now() % 100_000)
  const branch = (await as(page, 'zhibu', origin)).organizations[0]
  const inspector = (await as(page, 'jiancha', origin)).person
  const secretary = (await as(page, 'zhibu', origin)).person
  await signIn(page, 'danwei', origin)

  const walk = { origin, mark, secretary: secretary?.name ?? '' }
  const project = await aProject(page, walk)
  await aFindingHandedOver(page, walk, { project, branch: branch?.id ?? '', inspector: inspector?.id ?? '' })
  const clue = await assessed(page, walk)
  await nobodyElseFinds(page, clue, origin)
})
