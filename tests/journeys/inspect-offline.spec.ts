import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Found {
  readonly state: string
  readonly findings: readonly { seen: string; signed: boolean }[]
  readonly sheets: readonly unknown[]
  readonly lines: readonly { id: string; revision: number; answer: string | null; question: string }[]
}

async function post(page: Page, origin: string, asked: { path: string; data: unknown; key: string }): Promise<unknown> {
  const answer = await page.request.post(asked.path, {
    data: asked.data,
    headers: { origin, 'idempotency-key': `${asked.key}-${Date.now()}` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

async function get<Reply>(page: Page, address: string): Promise<Reply> {
  const answer = await page.request.get(address)
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Reply
}

/** An unannounced visit of the demonstration's inspector to the demonstration's branch, sent by the city. */
async function aVisit(page: Page, origin: string): Promise<{ id: string; title: string }> {
  await signIn(page, 'zhibu', origin)
  const { organizations } = await get<{ organizations: { id: string }[] }>(page, '/api/v1/me')
  await signIn(page, 'jiancha', origin)
  const { person } = await get<{ person: { id: string } }>(page, '/api/v1/me')
  await signIn(page, 'gongwei', origin)
  const title = `走查暗访 ${Date.now() % 100_000}`
  const { ids } = (await post(page, origin, {
    path: '/api/v1/inspections',
    key: 'plan-visit',
    data: {
      title,
      manner: 'unannounced',
      organizationIds: [organizations[0]?.id],
      inspectorIds: [person.id],
      visitOn: '2099-01-04',
      despite: '走查需要',
    },
  })) as { ids: string[] }
  return { id: ids[0] ?? '', title }
}

async function draw(page: Page, name: RegExp): Promise<void> {
  const glass = page.getByRole('img', { name })
  await glass.scrollIntoViewIfNeeded()
  const box = await glass.boundingBox()
  if (!box) throw new Error('there is no field to sign on')
  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.down()
  await page.mouse.move(box.x + 90, box.y + 60, { steps: 4 })
  await page.mouse.move(box.x + 150, box.y + 30, { steps: 4 })
  await page.mouse.up()
}

async function note(page: Page, seen: string): Promise<void> {
  await page.getByRole('textbox', { name: '看到的情况', exact: true }).fill(seen)
  await page.getByRole('button', { name: '记下这条' }).click()
  await expect(page.getByRole('button', { name: new RegExp(`删去这条发现：${seen}`) })).toBeVisible()
}

/** Closes the page and opens it anew in the same browser, as after the phone was put away. */
async function reopened(context: BrowserContext, page: Page, address: string): Promise<Page> {
  await page.close()
  const next = await context.newPage()
  await next.goto(address)
  return next
}

test('an inspector prepares at the office, inspects without network, and everything is merged once', async ({
  page: first,
  context,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  let page = first
  const visit = await aVisit(page, origin)
  await signIn(page, 'jiancha', origin)

  await page.goto('/inspections/kit')
  await page.getByRole('listitem').filter({ hasText: visit.title }).getByRole('button', { name: '存到这台设备' }).click()
  await page.getByRole('listitem').filter({ hasText: visit.title }).getByRole('button', { name: '打开' }).click()
  await expect(page.getByRole('button', { name: '开始检查' })).toBeVisible()
  const address = page.url()

  await context.setOffline(true)
  page = await reopened(context, page, '/')
  await page.getByRole('listitem').filter({ hasText: visit.title }).getByRole('button', { name: '打开' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()
  const before = page.getByRole('radiogroup', { name: '有没有违规收费' })
  await before.getByText('没有做到', { exact: true }).click()
  await note(page, '窗口没有公示收费标准')
  await note(page, '同一件事让群众跑了两次')
  await draw(page, /^检查人签字/)
  await page.getByRole('textbox', { name: '被检查方姓名' }).fill('窗口负责人')
  await draw(page, /^被检查方签字/)
  await page.getByRole('button', { name: '签好了' }).click()
  await expect(page.getByText(/窗口负责人已签字，列 2 条/)).toBeVisible()

  page = await reopened(context, page, address)
  await expect(page.getByText('同一件事让群众跑了两次').first()).toBeVisible()
  await expect(page.getByText(/5 项等有网络时上传/)).toBeVisible()
  await expectAccessible(page)

  await aColleagueAnswersOtherwise(page, origin, visit.id)
  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: '别人记的与您不同，请选一个' })).toBeVisible()
  await page.getByRole('button', { name: '用这台设备上的' }).click()
  await expect(page.getByText('已全部上传。')).toBeVisible()
  await page.reload()
  await expect(page.getByText('已全部上传。')).toBeVisible()

  const found = await get<Found>(page, `/api/v1/inspections/${visit.id}`)
  expect(found.state).toBe('signed')
  expect(found.findings.map((one) => [one.seen, one.signed])).toEqual([
    ['窗口没有公示收费标准', true],
    ['同一件事让群众跑了两次', true],
  ])
  expect(found.sheets).toHaveLength(1)
  expect(found.lines.find((line) => line.question === '有没有违规收费')?.answer).toBe('short')
  await page.goto(`/inspections/${visit.id}`)
  await expect(page.getByRole('img', { name: '窗口负责人的签字' })).toBeVisible()
  await expectAccessible(page)
})

/** The office starts the same visit and answers the same line while the inspector has no network; the request has a network of its own. */
async function aColleagueAnswersOtherwise(page: Page, origin: string, id: string): Promise<void> {
  const browser = page.context().browser()
  if (!browser) throw new Error('there is no browser')
  const office = await browser.newContext({ baseURL: origin })
  const desk = await office.newPage()
  await signIn(desk, 'gongwei', origin)
  await post(desk, origin, { path: `/api/v1/inspections/${id}/start`, key: 'start-visit', data: {} })
  const { lines } = await get<Found>(desk, `/api/v1/inspections/${id}`)
  const line = lines.find((one) => one.question === '有没有违规收费')
  await post(desk, origin, {
    path: `/api/v1/inspections/${id}/answers`,
    key: 'answer-visit',
    data: { answers: [{ line: line?.id, over: line?.revision, answer: 'good' }] },
  })
  await office.close()
}
