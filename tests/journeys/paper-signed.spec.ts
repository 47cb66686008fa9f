import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import type { PaperBody } from '../../src/kernel/papers/paper.contract.ts'
import { writePaper } from '../../src/kernel/papers/paper-writer.ts'
import { expectAccessible, signIn } from './at-the-desk.ts'

interface Me {
  readonly person: { readonly id: string }
  readonly organizations: readonly { readonly id: string; readonly name: string }[]
}

test('a paper is drafted from its problem, signed with a number, downloaded, and an edited copy shows where its numbers differ @desk', async ({
  page,
  baseURL,
}) => {
  const origin = String(baseURL)
  const act = async (path: string, data: object) => {
    const headers = { origin, 'idempotency-key': `${path}-${Math.random()}` }
    const answer = await page.request.post(`/api/v1${path}`, { data, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as { id: string }
  }
  await signIn(page, 'zhibu', origin)
  const me = (await (await page.request.get('/api/v1/me')).json()) as Me
  const organizationId = me.organizations[0]?.id ?? ''
  const { id } = await act('/problems', {
    organizationId,
    title: '会议记录缺签字',
    description: '八月的两次会没有签字',
    source: 'self',
    dimension: 'D3',
  })
  await signIn(page, 'danwei', origin)
  const list = { ownerId: me.person.id, dueOn: '2099-12-10', remedies: '补签八月的记录；以后当天签', reason: '情况属实' }
  await act(`/problems/${id}/accept`, list)

  // From the problem to its paper: the text is there, and a draft has no number.
  await page.goto(`/problems/${id}`)
  await page.getByRole('link', { name: '出文书' }).click()
  const paper = page.getByRole('article', { name: '文书正文' })
  await expect(paper.getByRole('heading', { name: /整改清单/ })).toBeVisible()
  await expect(paper.getByText('签发时编号')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '存为草稿' }).click()
  await expect(page.getByRole('button', { name: '签发' })).toBeVisible()
  const paperId = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  // Signing gives the number; the text does not change afterwards.
  await page.getByRole('button', { name: '签发' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('情况属实，同意签发')
  await page.getByRole('dialog').getByRole('button', { name: '签发' }).click()
  await expect(paper.getByText(/整改〔\d{4}〕\d+号/)).toBeVisible()
  await expectAccessible(page)

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 Word' }).click()])
  expect(download.suggestedFilename()).toMatch(/整改〔\d{4}〕\d+号 .*整改清单\.docx$/)
  const issued = await readFile(await download.path())
  expect(issued.subarray(0, 2).toString()).toBe('PK')

  // The same file loaded back says so; one in which a day was changed shows which.
  const chosen = page.getByLabel('改过的文件')
  await chosen.setInputFiles({ name: '原样.docx', mimeType: 'application/octet-stream', buffer: issued })
  await expect(page.getByText('数字与签发时完全一致。')).toBeVisible()
  const shown = (await (await page.request.get(`/api/v1/papers/${paperId}`)).json()) as {
    body: PaperBody
    number: string
    issuedOn: string
  }
  const body = JSON.parse(JSON.stringify(shown.body).replaceAll('2099年12月10日', '2099年12月25日')) as PaperBody
  const edited = await writePaper({ ...body, number: shown.number, signedOn: shown.issuedOn, standing: null })
  await chosen.setInputFiles({ name: '改过.docx', mimeType: 'application/octet-stream', buffer: Buffer.from(edited) })
  await expect(page.getByText('10 改成 25').first()).toBeVisible()
  await expectAccessible(page)
})
