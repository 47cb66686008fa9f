import { expect, type Page, test } from '@playwright/test'
import { Document, Packer, Paragraph } from 'docx'
import { countingHand, expectAccessible, signIn } from './at-the-desk.ts'
import { expectFew } from './interactions.ts'

const read = async <Reply>(page: Page, path: string) => (await (await page.request.get(path)).json()) as Reply

test('a secretary studies a unit and tests herself with the thumb; reading is there, and a note is taken back again', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'zhibu', baseURL ?? '')
  const { items } = await read<{ items: { id: string; title: string }[] }>(
    page,
    '/api/v1/study-plans?topic=three_regulations&state=open',
  )
  const plan = items.find(({ title }) => title === '三大条例学习')
  await page.goto(`/study-plans/${plan?.id ?? ''}`)
  await expect(page.getByRole('heading', { name: '三大条例学习', level: 1 })).toBeVisible()
  await expectAccessible(page)
  const hand = countingHand()
  await hand.do(page.getByRole('link', { name: '去学：机关基层组织工作条例' }).click())
  await expect(page.getByRole('heading', { name: '机关基层组织工作条例', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await hand.do(page.getByRole('radio', { name: '对', exact: true }).click())
  await hand.do(page.getByRole('radio', { name: '配齐配强' }).click())
  await hand.do(page.getByRole('button', { name: '交', exact: true }).click())
  await expect(page.getByText('这个单元学完了。')).toBeVisible()
  await expect(page.getByText('答对了。').first()).toBeVisible()
  expectFew('study a unit and test oneself', hand.count)

  await page.goto('/reading-lists')
  await expect(page.getByRole('heading', { name: '荐书', level: 1 })).toBeVisible()
  const lists = await read<{ items: { id: string }[] }>(page, '/api/v1/reading-lists?state=recommended')
  await page.goto(`/reading-lists/${lists.items[0]?.id ?? ''}`)
  await page.getByText('写一份心得').click()
  await page.getByRole('textbox', { name: '心得' }).fill('读了第三章，想到本支部的事。')
  await page.getByRole('button', { name: '在支部交流' }).click()
  await expect(page.getByRole('button', { name: '收回' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '收回' }).first().click()
  await expect(page.getByRole('button', { name: '收回' })).toHaveCount(0)
})

const word = (texts: readonly string[]) =>
  Packer.toBuffer(new Document({ sections: [{ children: texts.map((text) => new Paragraph(text)) }] }))

async function opine(page: Page, at: { username: string; id: string; origin: string }): Promise<void> {
  await signIn(page, at.username, at.origin)
  await page.goto(`/articles/${at.id}`)
  await page.getByRole('button', { name: '写评审意见' }).click()
  await page.getByRole('radio', { name: '可以定稿' }).click()
  await page.getByRole('textbox', { name: '评审意见' }).fill('到了现场，有数据，有办法。')
  await page.getByRole('button', { name: '交意见' }).click()
  await expect(page.getByText('到了现场，有数据，有办法。').first()).toBeVisible()
}

test('an article goes from the Word file through two strangers to everybody @desk', async ({ page, baseURL }) => {
  const origin = baseURL ?? ''
  await signIn(page, 'lingdao', origin)
  await page.goto('/articles')
  await expect(page.getByRole('heading', { name: '调研文章', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '写调研文章' }).first().click()
  await page.getByLabel('题目').fill('走查：老旧小区改造的几点思考')
  const texts = [
    '走查：老旧小区改造的几点思考',
    '今年六月，调研组到河东街道三个小区，逐户听取意见，发现停车和加装电梯意见最多。',
    '建议先易后难，分三批推进。',
  ]
  await page
    .getByLabel('文章的 Word 文件')
    .setInputFiles({ name: '调研文章.docx', mimeType: 'application/octet-stream', buffer: await word(texts) })
  await expect(page.getByText('调研文章.docx')).toBeVisible()
  await page.getByLabel('第 1 处地点').fill('河东街道')
  await page.getByRole('button', { name: '存下，看比对结果' }).click()
  await expect(page.getByRole('heading', { name: /^与其他文章相同/ })).toBeVisible()
  await expectAccessible(page)
  const id = /articles\/(art_[^/?]+)/.exec(page.url())?.[1] ?? ''
  await page.getByRole('button', { name: '看过比对结果，提交' }).click()
  await expect(page.getByText('待送评审').first()).toBeVisible()

  const names: string[] = []
  for (const username of ['gongwei', 'jiancha']) {
    await signIn(page, username, origin)
    names.push((await read<{ person: { name: string } }>(page, '/api/v1/me')).person.name)
  }
  await signIn(page, 'fuhe', origin)
  await page.goto(`/articles/${id}`)
  await page.getByRole('button', { name: '送评审' }).click()
  const offered = await read<{ items: { name: string; conflict: string | null }[] }>(page, `/api/v1/articles/${id}/reviewers`)
  expect(offered.items.some(({ conflict }) => conflict !== null)).toBe(true)
  for (const name of names) {
    await page.getByLabel('评审人').fill(name)
    await page.getByTitle(name, { exact: false }).last().click()
  }
  await page.getByRole('dialog').getByRole('button', { name: '送评审' }).click()
  await expect(page.getByText('评审中').first()).toBeVisible()
  await opine(page, { username: 'gongwei', id, origin })
  await opine(page, { username: 'jiancha', id, origin })

  await signIn(page, 'fuhe', origin)
  await page.goto(`/articles/${id}`)
  await page.getByRole('button', { name: '定稿' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '定稿' }).click()
  await page.getByRole('button', { name: '发表' }).click()
  await expect(page.getByText('已发表').first()).toBeVisible()

  await signIn(page, 'lingdao', origin)
  await page.goto(`/articles/${id}`)
  await expect(page.getByText('到了现场，有数据，有办法。').first()).toBeVisible()
  await expect(page.getByText(/评审 1：可以定稿/)).toBeVisible()
  await page.goto('/articles/owed')
  await expect(page.getByText('已发表').first()).toBeVisible()
  await expectAccessible(page)
  const answer = await page.request.post(`/api/v1/articles/${id}/withdraw`, {
    data: { reason: '走查后恢复原状' },
    headers: { origin, 'idempotency-key': `undo-${id}` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
})
