import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium, expect, test } from '@playwright/test'
import { expectAccessible, signIn, withdraw } from './at-the-desk.ts'

test('a draft outlives a lost network and a closed browser, and is recorded once', async ({ baseURL }, information) => {
  const origin = baseURL ?? ''
  const folder = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-device-'))
  const { launchOptions, viewport, hasTouch, isMobile } = information.project.use
  const device = {
    ...launchOptions,
    baseURL: origin,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(viewport !== undefined && { viewport }),
    ...(hasTouch !== undefined && { hasTouch }),
    ...(isMobile !== undefined && { isMobile }),
  }
  const title = `学习文件并讨论安排 ${Date.now()}`
  let browser: BrowserContext | undefined
  try {
    browser = await chromium.launchPersistentContext(folder, device)
    let page = await browser.newPage()
    await signIn(page, 'zhibu', origin)
    await page.goto('/meetings/new?kind=theme_day')
    await page.getByLabel('第 2 项议题').fill(title)
    await expect(page.getByText(/草稿已存 \d\d:\d\d/).first()).toBeVisible()

    await browser.setOffline(true)
    await page.locator('.meeting-name').first().click()
    await page.getByRole('button', { name: '事假' }).click()
    await page.getByRole('button', { name: '记好' }).click()
    await expect(page.getByText(/网络断了，还没有记上。内容都在这台设备上/)).toBeVisible()
    await expectAccessible(page)
    await browser.close()

    browser = await chromium.launchPersistentContext(folder, device)
    page = await browser.newPage()
    await signIn(page, 'zhibu', origin)
    await page.goto('/meetings/new?kind=theme_day')
    await expect(page.getByText(/接着 \d\d:\d\d 存下的草稿填写/)).toBeVisible()
    await expect(page.getByLabel('第 2 项议题')).toHaveValue(title)
    await expect(page.locator('.meeting-name').first()).toContainText('事假')
    await expectAccessible(page)

    // The answer is lost on its way back; a second press must not record a second time.
    let sent = 0
    await page.route('**/api/v1/meetings', async (route) => {
      sent += 1
      if (sent > 1) return route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: '记好' }).click()
    await expect(page.getByText(/请再点一次，不会重复记录/)).toBeVisible()
    await page.getByRole('button', { name: '记好' }).click()
    await expect(page.getByRole('heading', { name: '已记好' })).toBeVisible()
    expect(sent).toBe(2)

    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
    const list = await page.request.get(`/api/v1/meetings?kind=theme_day&state=recorded&from=${today}&to=${today}`)
    const { items } = (await list.json()) as { items: { id: string }[] }
    const agendas = await Promise.all(
      items.map(async ({ id }) => ({ id, text: await (await page.request.get(`/api/v1/meetings/${id}`)).text() })),
    )
    const mine = agendas.filter(({ text }) => text.includes(title))
    expect(mine).toHaveLength(1)
    for (const { id } of mine) await withdraw(page.request, id, origin)

    await page.goto('/meetings/new?kind=theme_day')
    await expect(page.getByLabel('第 2 项议题')).not.toHaveValue(title)
  } finally {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  }
})
