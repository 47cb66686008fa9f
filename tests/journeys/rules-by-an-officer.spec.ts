import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn, tabTo } from './at-the-desk.ts'

const digits = () => String(Math.floor(Math.random() * 900) + 100)
const firstOfMonth = () => `${new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 8)}01`

/** Ten sentences of a document that nobody has seen before; the last four only say what is meant. */
const sentences = [
  ['每月主题党日', '支部每月开展一次主题党日，主题由支委会商定。'],
  ['每季党员大会', '支部每季度召开一次党员大会，讨论支部工作。'],
  ['每季一堂党课', '支部每季度安排一次党课，可以请身边党员来讲。'],
  ['按月开支委会', '设有委员会的支部每月召开一次支委会。'],
  ['每年组织生活会', '支部每年召开一次组织生活会，会前听取意见。'],
  ['每年民主评议', '支部每年开展一次民主评议党员。'],
  ['总的目的', '这个文件的目的是让支部生活经常、认真、管用。'],
  ['不搞形式', '不得以台账、照片和打卡代替组织生活。'],
  ['负责解释', '本文件由示例市直机关工委负责解释。'],
  ['施行日期', '本文件自印发之日起施行，以前的规定不再执行。'],
] as const

async function choose(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.fill(option)
  await expect(page.getByRole('option', { name: option }).first()).toBeAttached()
  await box.press('Enter')
  await box.press('Escape')
}

async function chooseDate(page: Page, label: string, day: string): Promise<void> {
  const field = page.getByLabel(label)
  await field.fill(day)
  await field.press('Tab')
  await expect(field).toHaveValue(day)
}

const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()
const saved = (page: Page) => expect(page.getByText(/^已保存，/).first()).toBeVisible()

/** On a phone the outline stands folded. */
async function outline(page: Page, name: string): Promise<void> {
  const folded = page.getByText(/^目录（现在/)
  const line = page.getByRole('button', { name })
  if ((await folded.isVisible()) && !(await line.isVisible())) await folded.click()
  await line.click()
}

async function startDraft(page: Page, code: string, title: string): Promise<void> {
  await page.goto('/rules/drafts')
  await page.getByRole('button', { name: '新拟或修订' }).click()
  await page.getByLabel('文件代号').fill(code)
  await page.getByLabel('文件名称').fill(title)
  await page.getByRole('button', { name: '开始起草' }).click()
  await expect(page.getByRole('heading', { name: `《${title}》草稿`, level: 1 })).toBeVisible()
}

async function writeHead(page: Page): Promise<void> {
  await page.getByLabel('发文机关').fill('示例市直机关工委')
  await chooseDate(page, '印发日期', firstOfMonth())
  await chooseDate(page, '施行日期', firstOfMonth())
  await save(page)
  await saved(page)
}

async function writeClause(page: Page, at: number): Promise<void> {
  const [title, gist] = sentences[at] ?? ['', '']
  await outline(page, '加一条')
  await expect(page.getByRole('heading', { name: '新的条款' })).toBeVisible()
  await page.getByLabel('条款简称').fill(title)
  await page.getByLabel('要点').fill(gist)
  if (at === 0) await choose(page, '所属维度', '基础建设')
  if (at > 5) await page.getByLabel('没有可计算要求的缘由').fill('原则性的话，不宜计数')
  await save(page)
  await expect(page.getByRole('heading', { name: new RegExp(`条款 XC-${at + 1} ${title}`) })).toBeVisible()
}

async function writeRequirement(page: Page, code: string): Promise<void> {
  await outline(page, '加一项')
  await expect(page.getByRole('heading', { name: '新的要求' })).toBeVisible()
  await page.getByLabel('要求名称').fill('每月主题党日')
  await page.getByLabel('要求代号').fill(code)
  await choose(page, '依据条款', 'XC-1')
  await choose(page, '所属维度', '基础建设')
  await choose(page, '数什么', '期内召开并已记录的会议次数')
  await choose(page, '会议类别', '主题党日')
  await page.getByLabel('依据条次').fill('第一条')
  await save(page)
  // Saved as it is, with what is missing named; nothing typed is lost.
  await expect(page.getByRole('heading', { name: new RegExp(`要求 ${code} 每月主题党日`) })).toBeVisible()
  await expect(page.getByText('缺少“算法说明”，请补上。').first()).toBeVisible()
  await page.getByLabel('算法说明').fill('本月召开并已记录的主题党日次数，一次即可。')
  await page.getByLabel('不足时怎么办').fill('月内补开主题党日并记录。')
  await save(page)
  await saved(page)
}

test('an officer writes an unknown document of ten sentences by forms, rehearses, publishes, and a branch owes it', async ({
  page,
  baseURL,
}) => {
  test.slow()
  const origin = baseURL ?? ''
  const rule = `XC${digits()}`
  const title = `示例支部生活规定第${digits()}号`
  await signIn(page, 'gongwei', origin)
  await startDraft(page, `XC${Date.now()}`.slice(0, 14), title)
  await writeHead(page)
  for (const at of sentences.keys()) await writeClause(page, at)
  await writeRequirement(page, rule)
  await expectAccessible(page)

  await page.getByRole('link', { name: '3 预演' }).click()
  await page.getByRole('button', { name: '预演', exact: true }).click()
  await expect(page.getByText(/以下都是试算，没有写入。/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('rowheader', { name: new RegExp(rule) })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: '4 发布' }).click()
  await expect(page.getByText(/新文件，10 条条款、1 项要求/)).toBeVisible()
  await chooseDate(page, '施行日期', firstOfMonth())
  await page.getByLabel('发布的依据或理由').fill('工委会议议定，自本月起施行')
  await expectAccessible(page)
  await page.getByRole('button', { name: /^发布，/ }).click()
  await expect(page.getByRole('heading', { name: /^已经发布/ })).toBeVisible()
  await expect(page.getByText('变了的要求已经算完。')).toBeVisible({ timeout: 60_000 })
  await expectAccessible(page)

  await page.getByRole('link', { name: '看覆盖情况' }).click()
  await expect(page.getByText('1 / 6 条有数据；4 条不宜计数')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/rules/${rule}`)
  await expect(page.getByRole('button', { name: '关闭这项要求' })).toBeVisible()
  await expect(page.getByText('正在读取')).toHaveCount(0)
  await expectAccessible(page)

  await signIn(page, 'zhibu', origin)
  await page.goto('/cockpit')
  await expect(page.getByText(rule).first()).toBeVisible()

  // Taken back, so that those who come next find the city as it was.
  await signIn(page, 'gongwei', origin)
  const list = (await (await page.request.get('/api/v1/rulebooks')).json()) as { items: { id: string; title: string }[] }
  const own = list.items.find((book) => book.title === title)
  const ended = await page.request.post(`/api/v1/rulebooks/${own?.id ?? ''}/end`, {
    data: { on: firstOfMonth().replace(/01$/, '02'), reason: '走查后恢复原状' },
    headers: { origin, 'idempotency-key': `end-${own?.id ?? ''}` },
  })
  expect(ended.ok(), await ended.text()).toBe(true)
})

const file = (code: string, cadence: string, clause: string) => `document:
  code: ${code}
  title: 示例导入文件
  issuer: 示例市直机关工委
  issued_on: 2026-01-01
  in_force_from: 2026-01-01
  kind: local_document
clauses:
  - code: DR-1
    title: 按月学习
    gist: 支部每月组织一次集中学习，不搞形式。
    dimension: D2
requirements:
  - code: DR${digits()}
    title: 按月学习
    clauses: [${clause}]
    dimension: D2
    version: 1
    valid_from: 2026-01-01
    strength: soft
    confidence: A
    enabled: true
    source: { regulation: 示例导入文件, article: 第一条 }
    subject: { kinds: [branch] }
    cadence: ${cadence}
    measure: { name: orglife.meetings_held, params: { kinds: [theme_day] } }
    target: { at_least: 1 }
    formula: 本月召开并已记录的主题党日次数，一次即可。
    remedy: 月内补开并记录主题党日。
`

test('a file with mistakes names each with its line, loads nothing, and is put right on the spot', async ({ page, baseURL }) => {
  await signIn(page, 'gongwei', baseURL ?? '')
  const code = `DR${Date.now()}`.slice(0, 14)
  await page.goto('/rules/drafts')
  await page.getByRole('button', { name: '从文件导入' }).click()
  const bad = file(code, 'monthly', 'DR-9')
  await page.getByLabel('制度文件').setInputFiles({ name: 'a.yaml', mimeType: 'text/yaml', buffer: Buffer.from(bad) })
  const mistakes = page.getByRole('region', { name: '文件里要改正的地方' })
  await expect(mistakes.getByRole('row').filter({ hasText: '第 16 行' })).toContainText('DR-9')
  await expect(mistakes.getByRole('row').filter({ hasText: '第 25 行' })).toContainText('month')
  await expect(page.getByRole('table', { name: '制度草稿' }).getByText(code)).toHaveCount(0)
  await expectAccessible(page)
  await page.getByLabel('a.yaml 的内容').fill(file(code, 'month', 'DR-1'))
  await page.getByRole('button', { name: '改好了，再导入' }).click()
  await expect(page.getByRole('heading', { name: '《示例导入文件》草稿', level: 1 })).toBeVisible()
  await expect(page.getByText('没有要改正的地方').first()).toBeAttached()
  await expectAccessible(page)
})

async function publish(page: Page, from: string, reason: string): Promise<void> {
  await page.getByRole('link', { name: '4 发布' }).click()
  await chooseDate(page, '施行日期', from)
  await page.getByLabel('发布的依据或理由').fill(reason)
  await page.getByRole('button', { name: /^发布，/ }).click()
  await expect(page.getByRole('heading', { name: /^已经发布/ })).toBeVisible()
}

async function confirmWith(page: Page, reason: string, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').last().fill(reason)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: confirm, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('a document is revised, its editions lie side by side, a requirement is switched off, and the document ends @desk', async ({
  page,
  baseURL,
}) => {
  test.slow()
  await signIn(page, 'gongwei', baseURL ?? '')
  const code = `BZ${Date.now()}`.slice(0, 14)
  const title = `示例对照文件第${digits()}号`
  const text = file(code, 'month', 'DR-1').replace('示例导入文件', title)
  const rule = /DR\d{3}/.exec(text)?.[0] ?? ''
  await page.goto('/rules/drafts')
  await page.getByRole('button', { name: '从文件导入' }).click()
  await page.getByLabel('制度文件').setInputFiles({ name: 'b.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) })
  await expect(page.getByRole('heading', { name: `《${title}》草稿`, level: 1 })).toBeVisible()
  await publish(page, firstOfMonth(), '会议议定，自本月起施行')

  const acts = async (act: string) => {
    await page.goto(`/rules?rulebook=${code}`)
    await page.getByRole('button', { name: `修订、导出《${title}》` }).click()
    await page.getByRole(act === '对照各版' ? 'link' : 'button', { name: act }).click()
  }
  await acts('起草修订')
  await expect(page.getByRole('heading', { name: `《${title}》草稿`, level: 1 })).toBeVisible()
  await outline(page, rule)
  await page.getByLabel('要求名称').fill('按月集中学习')
  await save(page)
  await saved(page)
  await publish(page, firstOfMonth().replace(/01$/, '02'), '会议议定修订')
  await acts('对照各版')
  await expect(page.getByText('按月集中学习').first()).toBeVisible()
  await expectAccessible(page)

  await page.goto(`/rules/${rule}`)
  await page.getByRole('button', { name: '关闭这项要求' }).click()
  await confirmWith(page, '试行期间先不计', '关闭这项要求')
  await expect(page.getByText(/^已关闭，/)).toBeVisible()
  await page.getByRole('button', { name: '启用这项要求' }).click()
  await confirmWith(page, '试行期满', '启用这项要求')
  await expect(page.getByText(/^已启用，/)).toBeVisible()
  await acts('定一天失效')
  await page.getByLabel('写一遍文件名称').fill(title)
  await confirmWith(page, '不再执行', '定下失效日期')
  await expect(page.getByText(/^已定：.*起失效/)).toBeVisible()
  await expect(page.getByText(/起施行、.*起失效/)).toBeVisible()
  await expectAccessible(page)
})

test('two officers write at once: both changes are seen and kept @keyboard', async ({ page, baseURL }) => {
  const origin = baseURL ?? ''
  await signIn(page, 'gongwei', origin)
  await startDraft(page, `LG${Date.now()}`.slice(0, 14), '示例两人同改')
  const id = page.url().split('/drafts/')[1]?.split('?')[0] ?? ''
  await tabTo(page, /^发文机关/, 'textbox')
  await page.keyboard.type('示例市直机关工委')
  const head = { code: 'LG1', title: '示例两人同改', kind: 'local_document', issuer: '示例市委办', note: '另一位同志写的说明' }
  const faster = await page.request.put(`/api/v1/rulebooks/drafts/${id}/head`, {
    data: { version: 1, head },
    headers: { origin, 'idempotency-key': `faster-${id}` },
  })
  expect(faster.ok(), await faster.text()).toBe(true)
  await page.keyboard.press('Control+s')
  const clash = page.getByRole('region', { name: '别人刚改过这份草稿' })
  await expect(clash.getByText(/两人都改了/)).toBeVisible()
  await expect(clash.getByText(/我的：示例市直机关工委/)).toBeVisible()
  await expectAccessible(page)
  await tabTo(page, /^合在一起保存$/)
  await page.keyboard.press('Enter')
  await saved(page)
  await expect(page.getByLabel('发文机关')).toHaveValue('示例市直机关工委')
  await expect(page.getByLabel('说明')).toHaveValue('另一位同志写的说明')

  // From a mistake to its field.
  await tabTo(page, /缺少“印发日期”/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('印发日期')).toBeFocused()
})
