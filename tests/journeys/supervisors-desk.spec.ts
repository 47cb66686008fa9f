import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Me {
  readonly grants: readonly { readonly role: string; readonly organization: { readonly id: string } }[]
  readonly person: { readonly id: string } | null
}

async function send<Reply>(page: Page, path: string, asked: { origin: string; data: object }): Promise<Reply> {
  const headers = { origin: asked.origin, 'idempotency-key': `${path}-${Math.random()}` }
  const answer = await page.request.post(`/api/v1${path}`, { data: asked.data, headers })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Reply
}

test('an officer urges two tasks at once, hears which was refused and why, and keeps the view', { tag: '@desk' }, async ({
  page,
  baseURL,
}) => {
  test.slow()
  const origin = String(baseURL)
  await signIn(page, 'danwei', origin)
  const me = (await (await page.request.get('/api/v1/me')).json()) as Me
  const organizationId = me.grants.find(({ role }) => role === 'full_time_deputy')?.organization.id
  await signIn(page, 'gongwei', origin)
  const name = `台账核对${Date.now() % 100_000}`
  const task = (title: string) => ({
    title,
    organizationId,
    ownerId: me.person?.id,
    dueOn: '2099-12-31',
    criterion: '逐项核对过',
  })
  const tasks = [task(`${name}甲`), task(`${name}乙`)]
  const { ids } = await send<{ ids: string[] }>(page, '/tasks', { origin, data: { title: name, tasks } })

  await page.goto('/cases')
  await page.getByRole('navigation', { name: '督办的几个页面' }).getByRole('link', { name: '督办台' }).click()
  await expect(page.getByRole('group', { name: /四堆各多少/ })).toContainText('等我办')
  await page.getByRole('button', { name: '漏斗和时长' }).click()
  await expect(page.getByRole('columnheader', { name: '九成不超过' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/desk?kind=task&text=${name}`)
  await page.getByRole('checkbox', { name: new RegExp(`${name}甲`) }).check()
  await page.getByRole('checkbox', { name: new RegExp(`${name}乙`) }).check()
  // Meanwhile somebody has cancelled one of the two.
  await send(page, `/tasks/${ids[1]}/cancel`, { origin, data: { reason: '与另一项合并' } })
  await page.getByRole('button', { name: '催办', exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('月底前要核对完')
  await page.getByRole('button', { name: '催办 2 项' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('status')).toHaveText('已催办 1 项；1 项没有办成，仍然选中。')
  await expect(dialog.getByRole('listitem').first()).toContainText(`${name}乙`)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '知道了' }).click()

  await page.getByRole('button', { name: '视图' }).click()
  await page.getByRole('button', { name: '存成视图' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '名称' }).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: '存下' }).click()
  await page.goto('/desk')
  await page.getByRole('button', { name: '视图' }).click()
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`kind=task.*text=`))
  await expect(page.getByRole('link', { name: `${name}甲` })).toBeVisible()
  await page.goto(`/tasks/${ids[0]}`)
  await expect(page.getByText('月底前要核对完')).toBeVisible()
})

test('notices come as chosen, and a digest inside quiet hours is refused with what to do', { tag: '@desk' }, async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'jiwei', String(baseURL))
  await page.goto('/settings')
  await page.getByRole('button', { name: '改通知设置' }).click()
  await page.getByRole('textbox', { name: '邮箱' }).fill('jiwei@example.gov.cn')
  await page.getByLabel('督办、任务、问题、黄牌').selectOption('mail')
  await page.getByLabel('多久汇总一次').selectOption('week')
  await page.getByLabel('几点汇总').selectOption('23')
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('汇总的钟点在免打扰时间里，请另选一个钟点。').first()).toBeVisible()
  await page.getByLabel('几点汇总').selectOption('9')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('每周星期一 9 点，合成一封')).toBeVisible()
  await expect(page.getByText('21 点至 8 点，休息日全天')).toBeVisible()
  await page.reload()
  await expect(page.getByText('随时发邮件')).toBeVisible()
})
