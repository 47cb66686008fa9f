import { expect, type Locator, type Page, test } from '@playwright/test'
import { expectAccessible, signIn, tabTo } from './at-the-desk.ts'

/** A quarter that is over, so that nothing in it is still open. */
const overview = '/cockpit?period=2026Q3'

/** The figures of an organization's children that are short, without the total. */
const shortFigures = (page: Page): Locator => page.getByRole('button', { name: /^(?!.*合计).*欠 \d+/ })

const why = (page: Page): Locator => page.getByRole('complementary', { name: '为什么是这个数' })

async function opened(page: Page, origin: string): Promise<void> {
  await signIn(page, 'gongwei', origin)
  await page.goto(overview)
  await expect(page.getByRole('heading', { name: '六个维度' })).toBeVisible()
}

/** `示例住建局 基础建设：46 / 53，欠 7。…` → `示例住建局`. */
const organizationOf = (label: string): string => label.slice(0, label.lastIndexOf(' ', label.indexOf('：')))

test('an officer follows a short figure down the tree to the branch, the duty that was missed and its clause', async ({
  page,
  baseURL,
}) => {
  await opened(page, String(baseURL))
  await expectAccessible(page)
  const short = shortFigures(page).first()
  const label = (await short.getAttribute('aria-label')) ?? ''
  await short.click()
  await expect(why(page)).toContainText(organizationOf(label))
  await expect(why(page)).toContainText(/应办 \d+ 项/)
  await expect(why(page)).toContainText('怎么算')
  const figure = /：(\d+ \/ \d+)/.exec(label)?.[1] ?? 'no figure'
  await expect(why(page)).toContainText(figure)
  await expectAccessible(page)
  await why(page)
    .getByRole('button', { name: /关闭|返回/ })
    .click()

  const year = page.getByRole('heading', { name: '2026年应办事项' })
  for (let depth = 0; depth < 6 && !(await year.isVisible()); depth += 1) {
    const next = organizationOf((await shortFigures(page).first().getAttribute('aria-label')) ?? '')
    await page.getByRole('link', { name: next, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: next, exact: true })).toBeVisible()
    await expect(year.or(shortFigures(page).first())).toBeVisible()
  }
  await expect(year).toBeVisible()
  await expectAccessible(page)

  const missed = page.getByRole('button', { name: /(未报|未达标)$/ }).first()
  const title = ((await missed.getAttribute('aria-label')) ?? '').split(' ')[0] ?? ''
  await missed.click()
  const duty = page.getByRole('complementary')
  await expect(duty).toContainText(title)
  await expect(duty).toContainText('到期')
  await expect(duty).toContainText(/没有任何记录|看记录/)
  await expect(duty).toContainText(/依据 \d+ 条条文/)
  await expect(duty.getByText(/^出处：/)).toBeAttached()
  await expectAccessible(page)
})

test('a figure that is short because of what was recorded opens down to that record', async ({ page, baseURL }) => {
  await signIn(page, 'gongwei', String(baseURL))
  await page.goto('/obligations?period=2026Q3&status=unmet&requirement=ZB9')
  const list = page.getByLabel('应办事项', { exact: true })
  await expect(list).toBeVisible()
  await expectAccessible(page)
  await page.locator('[data-row]').first().click()
  const duty = page.getByRole('complementary')
  await expect(duty).toContainText('未达标')
  await duty.getByText(/^未计入 \d+ 条/).click()
  await expect(duty.getByText(/未计入：/).first()).toBeVisible()
  await expectAccessible(page)
  await duty.getByRole('link', { name: '看记录' }).first().click()
  await expect(page).toHaveURL(/\/meetings\/mtg_/)
})

test('the same figure stands on a page of its own with everything unfolded, and each requirement opens its own', async ({
  page,
  baseURL,
}) => {
  await opened(page, String(baseURL))
  await shortFigures(page).first().click()
  await why(page).getByRole('link', { name: '单独打开这一页，可打印' }).click()
  await expect(page.getByRole('heading', { name: '为什么是这个数' })).toBeVisible()
  await expect(page.getByText(/^出处：/)).toBeVisible()
  await expectAccessible(page)
  await page
    .getByRole('listitem')
    .getByRole('link', { name: /^ZB\d+ |^D\d/ })
    .first()
    .click()
  await expect(page).toHaveURL(/requirement=/)
  await expect(page.getByText('计量值')).toBeVisible()
})

test('what is exported is what is shown, in the same order', async ({ page, baseURL }) => {
  await opened(page, String(baseURL))
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出' }).click()])
  expect(download.suggestedFilename()).toMatch(/驾驶舱\.xlsx$/)
})

test('the rules say whom a requirement binds, how it is counted and how it stands here', async ({ page, baseURL }) => {
  await signIn(page, 'gongwei', String(baseURL))
  await page.goto('/rules')
  const requirement = page.getByRole('button', { name: /^ZB6 / }).first()
  await expect(requirement).toBeVisible()
  await expectAccessible(page)
  await requirement.click()
  const rule = page.getByRole('complementary')
  await expect(rule).toContainText('第 2 版')
  await expect(rule).toContainText('从严')
  await expect(rule.getByRole('link', { name: /^\d+ \/ \d+$/ })).toBeVisible()
  await expectAccessible(page)
})

test.describe('by keyboard alone', { tag: '@keyboard' }, () => {
  test('the officer opens a short figure, closes it, goes down and opens the missed duty', async ({ page, baseURL }) => {
    await opened(page, String(baseURL))
    await tabTo(page, /欠 \d+/)
    await page.keyboard.press('Enter')
    await expect(why(page)).toContainText('怎么算')
    await tabTo(page, /^关闭$/)
    await page.keyboard.press('Enter')
    await expect(why(page)).toBeHidden()

    const year = page.getByRole('heading', { name: '2026年应办事项' })
    for (let depth = 0; depth < 6 && !(await year.isVisible()); depth += 1) {
      const next = organizationOf((await shortFigures(page).first().getAttribute('aria-label')) ?? '')
      await tabTo(page, new RegExp(`^${next}$`), 'link')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: next, exact: true })).toBeVisible()
      await expect(year.or(shortFigures(page).first())).toBeVisible()
    }
    await tabTo(page, /(未报|未达标)$/)
    await page.keyboard.press('Space')
    await expect(page.getByRole('complementary')).toContainText('到期')
  })

  test('the arrows go from figure to figure', async ({ page, baseURL }) => {
    await opened(page, String(baseURL))
    await tabTo(page, /政治建设：/)
    const before = await focused(page)
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toContain('思想建设')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    const below = await focused(page)
    expect(below).toContain('政治建设')
    expect(below).not.toBe(before)
  })
})

function focused(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '',
  )
}
