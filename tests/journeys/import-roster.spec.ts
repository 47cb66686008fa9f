import { buffer } from 'node:stream/consumers'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { type OutCell, writeWorkbook } from '../../src/kernel/files/workbook-writer.ts'
import { expectAccessible, signIn, tabTo } from './at-the-desk.ts'

const headings = ['身份证号码', '姓名', '人员类别', '所在支部', '入党时间', '转正时间', '备注栏']
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function aWorkbook(name: string, rows: readonly (readonly OutCell[])[]) {
  const columns = headings.map((title) => ({ title, width: 16 }))
  return { name, mimeType: mediaType, buffer: await buffer(writeWorkbook({ sheets: [{ name: '人员名册', columns, rows }] })) }
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Made up, with the check character of GB 11643. */
function anIdNumber(): string {
  const body = `43060219800615${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`
  const sum = weights.reduce((so, weight, at) => so + weight * Number(body[at]), 0)
  return body + ('10X98765432'[sum % 11] ?? '')
}

/** Made up, and rare enough to be found alone. */
function aName(): string {
  const characters = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥']
  const one = () => characters[Math.floor(Math.random() * characters.length)] ?? '甲'
  return `岳${one()}${one()}${one()}`
}

interface Named {
  readonly id: string
  readonly name: string
}

async function aBranchOfDanwei(request: APIRequestContext): Promise<Named> {
  const me = (await (await request.get('/api/v1/me')).json()) as { grants: { role: string; organization: Named }[] }
  const unit = me.grants.find((grant) => grant.role === 'full_time_deputy')?.organization
  const list = await request.get(`/api/v1/organizations?under=${unit?.id ?? ''}&kind=branch&limit=1`)
  const { items } = (await list.json()) as { items: Named[] }
  const [branch] = items
  if (!branch) throw new Error('the unit has no branch')
  return branch
}

const found = (page: Page, name: string) => page.getByText(name, { exact: true })

async function lookUp(page: Page, name: string): Promise<void> {
  await page.goto(`/persons?text=${encodeURIComponent(name)}`)
  await expect(page.getByRole('heading', { name: '人员', exact: true })).toBeVisible()
}

test('a roster with errors names rows and columns; corrected it is imported whole, by keyboard alone, and undone', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'danwei', baseURL ?? '')
  const branch = await aBranchOfDanwei(page.request)
  const name = aName()
  const row = (who: string) => [anIdNumber(), who, '正式党员', branch.name, '2010-07-01', '2011-07-01', '']
  const good = [row(name), row(aName())]

  await page.goto('/roster-import')
  await expect(page.getByRole('link', { name: '下载模板' })).toHaveAttribute('href', '/api/v1/roster-imports/template')
  const elsewhere = [anIdNumber(), aName(), '正式党员', '没有这个党支部', '2010-07-01', '2011-07-01', '']
  const slips = ['430602198006150000', aName(), '正式党员', branch.name, '2010-13-01', '2011-07-01', '']
  const wrong = [good[0] ?? [], slips, elsewhere]
  await page.getByLabel('名册文件').setInputFiles(await aWorkbook('有错的名册.xlsx', wrong))
  await expect(page.getByText('有错误，未导入').first()).toBeVisible()
  const mistakes = page.getByRole('region', { name: '要改的地方' })
  for (const [column, place] of [
    ['公民身份号码', '第 3 行'],
    ['加入党组织日期', '第 3 行'],
    ['所在党支部', '第 4 行'],
  ] as const) {
    await expect(mistakes.getByRole('row').filter({ hasText: column })).toContainText(place)
  }
  await expect(mistakes.getByText('第 2 行')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '确认导入' })).toHaveCount(0)
  await expectAccessible(page)

  const chosen = page.waitForEvent('filechooser')
  await tabTo(page, /^选择文件上传$/)
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(await aWorkbook('改好的名册.xlsx', good))
  await expect(page.getByText(/核对通过。确认后导入/)).toBeVisible()
  await expect(page.getByText('将新增').locator('..')).toContainText('2 人')
  await expect(page.getByRole('list', { name: '表头的读法' })).toContainText('表头“备注栏”')
  await expectAccessible(page)
  await tabTo(page, /^确认导入$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/已于 .* 导入。/)).toBeVisible()

  const address = page.url()
  await lookUp(page, name)
  await expect(found(page, name).first()).toBeVisible()
  await expectAccessible(page)

  await page.goto(address)
  await tabTo(page, /^撤销这次导入$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: '撤销这次导入' })).toBeVisible()
  await tabTo(page, /^撤销导入$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/新增的已移出名册，更改的已恢复原状/)).toBeVisible()
  await expectAccessible(page)
  await lookUp(page, name)
  await expect(page.getByText('没有符合筛选条件的记录。可以放宽或清除筛选。')).toBeVisible()
})

test('a file that is no workbook is refused in words, and nothing is kept', async ({ page, baseURL }) => {
  await signIn(page, 'danwei', baseURL ?? '')
  await page.goto('/roster-import')
  await page.getByLabel('名册文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名\n') })
  await expect(page.getByRole('alert')).toContainText('不是 .xlsx 文件')
  const disguised = { name: '名册.xlsx', mimeType: mediaType, buffer: Buffer.from('这不是表格') }
  await page.getByLabel('名册文件').setInputFiles(disguised)
  await expect(page.getByText(/名册\.xlsx/).first()).toBeVisible()
  await expect(page.getByText('有错误，未导入').first()).toBeVisible()
  await expect(page.getByText('读到 0 行')).toHaveCount(0)
  await expect(page.getByText('（空白）')).toHaveCount(0)
  await expect(page.getByRole('table', { name: '以前的导入' }).getByText('正在核对')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '确认导入' })).toHaveCount(0)
  await expectAccessible(page)
})
