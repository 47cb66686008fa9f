import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './at-the-desk.ts'

const read = async <Reply>(page: Page, path: string) => (await (await page.request.get(path)).json()) as Reply

test('a check is filled from records, found, concluded with a paper, and answered by who was checked @desk', async ({
  page,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  await signIn(page, 'zhibu', origin)
  const { organizations } = await read<{ organizations: { id: string; name: string }[] }>(page, '/api/v1/me')
  const [branch] = organizations
  await signIn(page, 'gongwei', origin)
  await page.goto('/political-checks/new')
  await expect(page.getByText('考察的是组织，不评价个人，不打分。')).toBeVisible()
  const asked = page.getByLabel('考察哪个组织')
  await asked.click()
  await asked.fill(branch?.name ?? '')
  await page
    .locator('.ant-select-item-option', { hasText: branch?.name ?? '' })
    .first()
    .click()
  await page.getByRole('button', { name: '开始', exact: true }).click()
  await expect(page.getByText('还有 6 个问题没有写情况，写完再作结论。')).toBeVisible()
  // What records say stands there already, each figure a way to them.
  const life = page.locator('section', { hasText: '组织生活：各类会议和谈心谈话是否正常开展' }).last()
  await expect(life.getByText(/主题党日：[1-9]\d* 次/)).toBeVisible()
  await expect(life.getByRole('link').first()).toBeVisible()
  await expectAccessible(page)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await life.getByRole('button', { name: /^写情况/ }).click()
  await life.getByRole('combobox', { name: '看到的情况' }).click()
  await page.locator('.ant-select-item-option', { hasText: '基本符合' }).click()
  await life.getByRole('textbox', { name: '情况', exact: true }).fill('会议按月开，谈心谈话还差几对。')
  await life.getByRole('button', { name: '保存情况' }).click()
  await expect(page.getByText('还有 5 个问题没有写情况，写完再作结论。')).toBeVisible()
  const { questions } = await read<{ questions: { code: string; verdict: string | null }[] }>(
    page,
    `/api/v1/political-checks/${id}`,
  )
  for (const { code } of questions.filter(({ verdict }) => verdict === null)) {
    const answer = await page.request.post(`/api/v1/political-checks/${id}/find`, {
      data: { code, verdict: 'conforms', finding: '看过记录，符合' },
      headers: { origin, 'idempotency-key': `find-${id}-${code}` },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await page.reload()
  await page.getByRole('group', { name: '现在可以办的' }).getByRole('button').first().click()
  await page.locator('form').getByRole('textbox').first().fill('总体正常，年底前把谈心谈话谈完。')
  await page.locator('form').getByRole('button').last().click()
  await expect(page.getByText('总体正常，年底前把谈心谈话谈完。').first()).toBeVisible()
  const paper = await page.request.get(`/api/v1/political-checks/${id}/paper`)
  expect(paper.headers()['content-type']).toContain('wordprocessingml')

  await signIn(page, 'zhibu', origin)
  await page.goto(`/political-checks/${id}`)
  await page.getByRole('group', { name: '现在可以办的' }).getByRole('button').first().click()
  await page.locator('form').getByRole('textbox').first().fill('已排好日程，十二月谈完。')
  await page.locator('form').getByRole('button').last().click()
  await expect(page.getByText('已排好日程，十二月谈完。').first()).toBeVisible()
  await expectAccessible(page)
})

test('a member sees the facts held about her and asks the branch to correct one; the branch answers with its reason @desk', async ({
  page,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  await signIn(page, 'dangyuan', origin)
  await page.goto('/my-facts')
  await expect(page.getByText('只有事实，没有分数和高低；哪里不对，请支部核对')).toBeVisible()
  const said = `那天我请了假，没有参加（${Date.now() % 100_000}）。`
  const wrong = page.getByRole('button', { name: /^哪里不对：/ })
  await wrong.first().click()
  await page.getByRole('textbox', { name: '哪里不对' }).fill(said)
  await page.getByRole('dialog').getByRole('button').last().click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('已请支部核对').first()).toBeVisible()
  await expectAccessible(page)

  await signIn(page, 'zhibu', origin)
  await page.goto('/my-facts?tab=corrections')
  const row = page.locator('[data-row]', { hasText: said })
  await expect(row.getByRole('link')).toBeVisible()
  await row.getByRole('button', { name: /^答复/ }).click()
  await page.getByRole('dialog').getByRole('radio').last().check()
  await page.getByRole('textbox', { name: '答复的理由' }).fill('签到表上有本人签名，记录不改。')
  await page.getByRole('dialog').getByRole('button').last().click()
  await expect(row).toContainText('签到表上有本人签名，记录不改。')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expectAccessible(page)
})
