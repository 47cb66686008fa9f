import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn, tabTo } from './at-the-desk.ts'

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

/** Goes down the tree by arrow keys until the focus is on the line that begins with the name. */
async function arrowTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await focusedText(page)).includes(name)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`${name} cannot be reached with the arrow keys`)
}

test('an officer finds a unit in the tree and sets up a branch below it by keyboard alone', async ({ page, baseURL }) => {
  test.slow()
  const name = `示例交通局第${String(Date.now()).slice(-6)}专班党支部`
  await signIn(page, 'gongwei', baseURL ?? '')
  await page.goto('/organizations')
  await expect(page.getByRole('treeitem').first()).toBeVisible()
  await tabTo(page, /按名称或拼音找组织/, 'textbox')
  await page.keyboard.press('ArrowDown')
  await arrowTo(page, '示例交通局')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^示例交通局/, level: 2 })).toBeVisible()
  await expectAccessible(page)

  await tabTo(page, /^设立下级组织$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^设立下级组织$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/有 \d 处要改/)).toBeVisible()
  await expectAccessible(page)

  // The focus stands at the first field at fault, the kind.
  await page.keyboard.type('党支部')
  await expect(page.getByRole('option', { name: '党支部', exact: true })).toBeAttached()
  await page.keyboard.press('Enter')
  await tabTo(page, /^名称/, 'textbox')
  await page.keyboard.type(name)
  await tabTo(page, /依据或理由/, 'textbox')
  await page.keyboard.type('走查用批复')
  await expect(page.getByText(`设立“${name}”`)).toBeVisible()
  await tabTo(page, /^设立下级组织$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: new RegExp(name), level: 2 })).toBeVisible()
  await expect(page.getByText(`设立，名称为“${name}”`)).toBeVisible()
  await expectAccessible(page)
})
