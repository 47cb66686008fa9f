import { AxeBuilder } from '@axe-core/playwright'
import { type APIRequestContext, expect, type Page } from '@playwright/test'

const password = 'Biaoshuai-2026'

/** Signs a demonstration account in, as the sign-in page does. */
export async function signIn(page: Page, username: string, origin: string): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { username, password }, headers: { origin } })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** What axe finds on the page once all of it is read, in words that name the place. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: '正在读取' })).toHaveCount(0)
  // A list that is read again is drawn paler meanwhile.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
}

/** Takes a recorded meeting back, so that what it satisfied is due again for whoever comes next. */
export async function withdraw(request: APIRequestContext, meetingId: string, origin: string): Promise<void> {
  const answer = await request.post(`/api/v1/meetings/${meetingId}/withdraw`, {
    data: { reason: '走查后恢复原状' },
    headers: { origin, 'idempotency-key': `undo-${meetingId}` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** Keeps the addresses of what a journey recorded and takes all of it back at the end, as a branch secretary. */
export class TakenBack {
  readonly #made: string[] = []

  /** The address of what was just recorded. */
  async keep(page: Page): Promise<string> {
    await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
    const address = (await page.getByRole('link', { name: '看这次记录' }).getAttribute('href')) ?? ''
    this.#made.push(address)
    return address
  }

  async all(page: Page, origin: string): Promise<void> {
    await signIn(page, 'zhibu', origin)
    for (const address of this.#made.splice(0)) {
      const answer = await page.request.post(`/api/v1${address}/withdraw`, {
        data: { reason: '走查后恢复原状' },
        headers: { origin, 'idempotency-key': `undo-${address}` },
      })
      expect(answer.ok(), await answer.text()).toBe(true)
    }
  }
}

/** Presses Tab until the focus is on what is looked for, as somebody without a mouse does; fails when it cannot be reached. */
export async function tabTo(page: Page, name: RegExp, role: 'link' | 'button' | 'textbox' = 'button'): Promise<void> {
  const target = page.getByRole(role, { name }).first()
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${role} ${name} cannot be reached with the Tab key`)
}

/** Counts what a hand does: each tap, and each field filled. */
export function countingHand(): { readonly count: number; do: (act: Promise<unknown>) => Promise<void> } {
  let count = 0
  return {
    get count() {
      return count
    },
    do: async (act) => {
      count += 1
      await act
    },
  }
}
