import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aRuleDesk } from '../../tests/builders/a-rule-desk.ts'
import { tenSentences } from '../../tests/builders/ten-sentences.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { rehearsal } from '../modules/rulebook/drafts/publishing.contract.ts'

const platform = await testPlatform('2026-11-23')
const { as, ask, branches, rows, secretary } = await aRuleDesk(platform, '2025-01-01')

const saved = z.looseObject({
  id: z.string(),
  version: z.number(),
  mistakes: z.array(z.object({ field: z.string(), message: z.string() })),
})
const read = <S extends z.ZodType>(schema: S, answer: { text: string }): z.output<S> => schema.parse(JSON.parse(answer.text))

const importing = (text: string) => ask('POST', '/rulebooks/import', { fileName: '试行办法.yaml', text })

describe('一份没见过的制度，十句话，不写一行程序', () => {
  let id = ''

  it('a file with mistakes is refused whole, each mistake with its line, its field and what to do', async () => {
    const bad = tenSentences()
      .replace('cadence: quarter', 'cadence: quater')
      .replace('name: orglife.meetings_held', 'name: orglife.meeting_held')
      .replace('clauses: [SX-3]', 'clauses: [SX-33]')
    const before = await ask('GET', '/rulebooks/drafts')
    const answer = await importing(bad)
    expect(answer.status).toBe(422)
    const { code, errors } = answer
    expect(code).toBe('rulebook.file_refused')
    const lineOf = (word: string) => bad.split('\n').findIndex((line) => line.includes(word)) + 1
    expect(errors.map(({ line, field }) => ({ line, field }))).toEqual(
      expect.arrayContaining([
        { line: lineOf('quater'), field: 'requirements.0.cadence' },
        { line: lineOf('SX-33'), field: 'requirements.2.clauses.0' },
      ]),
    )
    expect(errors.map(({ message }) => message).join('')).toContain('是不是“quarter”')
    expect((await ask('GET', '/rulebooks/drafts')).text).toBe(before.text)
    const second = await importing(bad.replace('quater', 'quarter').replace('SX-33', 'SX-3'))
    expect(second.errors[0]).toMatchObject({ line: lineOf('orglife.meeting_held') })
    expect(second.errors[0]?.message).toContain('orglife.meetings_held')
  })

  it('put right, it becomes a draft; incomplete parts are kept with their mistakes until they are put right', async () => {
    const answer = await importing(tenSentences())
    expect(answer.status).toBe(201)
    const draft = read(saved, answer)
    id = draft.id
    expect(draft).toMatchObject({ version: 1, mistakes: [] })
    const broken = await ask('PUT', `/rulebooks/drafts/${id}/requirements/SX2`, {
      version: 1,
      requirement: { code: 'SX2', title: '半' },
    })
    expect(read(saved, broken)).toMatchObject({ version: 2 })
    expect(read(saved, broken).mistakes.length).toBeGreaterThan(5)
    const refused = await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-12-01' })
    expect(refused.status).toBe(422)
    expect(refused.code).toBe('rulebook.draft_has_mistakes')
    const restored = await ask('PUT', `/rulebooks/drafts/${id}/text`, { version: 2, text: tenSentences() })
    expect(read(saved, restored)).toMatchObject({ version: 3, mistakes: [] })
  })

  it('tried on last year it says who would owe what, and leaves nothing behind', async () => {
    const count = () => rows('select count(*)::int as n from rulebook.requirements')
    const before = await count()
    const answer = await ask('POST', `/rulebooks/${id}/rehearse`, {})
    expect(answer.status).toBe(200)
    const { result } = read(z.object({ result: rehearsal, job: z.null() }), answer)
    expect(result.span).toEqual({ from: '2025-01-01', to: '2025-12-31' })
    const quarterly = result.requirements.find(({ code }) => code === 'SX1')
    expect(quarterly).toMatchObject({ change: 'added', differing: 8 })
    expect(quarterly?.after).toMatchObject({ not_reported: 8, met: 0 })
    expect(result.units).toMatchObject([{ organization: { name: '甲单位' } }])
    expect(result.organizations.map(({ organization }) => organization.name).sort()).toEqual(['第1支部', '第2支部'])
    expect(result.obligations[0]).toMatchObject({
      before: null,
      after: 'not_reported',
      reason: expect.stringContaining('新增的要求') as string,
    })
    expect(await count()).toEqual(before)
  })

  it('published from a day it is asked of everybody it names, and a record counts', async () => {
    const answer = await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-07-01', reason: '工委会议通过' })
    expect(answer.text).toContain('"edition":1')
    expect(answer.status).toBe(200)
    const [branch] = branches
    const owed = async () => {
      const found = await ask('GET', `/obligations?subject=${branch?.id ?? ''}&requirement=SX1&period=2026Q4`)
      return read(z.object({ items: z.array(z.object({ requirement: z.string(), status: z.string() })) }), found).items
    }
    expect(await owed()).toEqual([{ requirement: 'SX1', status: 'not_due' }])
    const meeting = {
      organizationIds: [branch?.id],
      kinds: ['theme_day'],
      title: '主题党日',
      heldOn: '2026-11-20',
      agenda: [{ title: '学习', category: 'political_theory' }],
    }
    const recorded = await as(secretary)('POST', '/meetings', meeting)
    expect(recorded.status).toBe(201)
    expect(recorded.text).toContain('SX1')
    expect(await owed()).toEqual([{ requirement: 'SX1', status: 'met' }])
    // The third quarter has gone by without a record.
    const { text: body } = await ask('GET', `/obligations?subject=${branch?.id ?? ''}&requirement=SX1&period=2026Q3`)
    expect(body).toContain('not_reported')
  })

  it('every sentence is accounted for: what is counted, what waits, what is off, what was never to be counted', async () => {
    const { text: body } = await ask('GET', '/coverage?rulebook=SX2026')
    const line = z.object({ code: z.string(), dataSource: z.string(), why: z.string().nullable() })
    const { items } = z.object({ items: z.array(line) }).parse(JSON.parse(body))
    expect(items).toHaveLength(10)
    const of = (code: string) => items.find((item) => item.code === code)
    expect(of('SX-1')).toEqual({ code: 'SX-1', dataSource: 'live', why: null })
    expect(of('SX-4')).toMatchObject({ dataSource: 'none', why: 'switched_off' })
    expect(of('SX-5')).toMatchObject({ dataSource: 'none', why: 'awaits_module' })
    expect(of('SX-9')).toMatchObject({ dataSource: 'none', why: 'uncounted' })
    expect(of('SX-10')).toMatchObject({ dataSource: 'none', why: 'hole' })
  })

  it('exported and read again it is the same text', async () => {
    const exported = await ask('GET', '/rulebooks/SX2026/export')
    expect(exported.status).toBe(200)
    const again = read(saved.extend({ rulebook: z.string().nullable() }), await importing(exported.text))
    expect(again.rulebook).not.toBeNull()
    const compared = await ask('GET', `/rulebooks/${again.id}/compare`)
    expect(JSON.parse(compared.text)).toMatchObject({ items: [] })
    const unchanged = await ask('POST', `/rulebooks/${again.id}/publish`, { from: '2026-12-01' })
    expect(unchanged.code).toBe('rulebook.draft_unchanged')
  })

  it('what the rehearsal of a change says is what publishing then brings', async () => {
    const draftShape = saved.extend({ body: z.object({ requirements: z.array(z.record(z.string(), z.unknown())) }).optional() })
    const { id: revision } = read(saved, await ask('POST', '/rulebooks/drafts', { from: 'SX2026' }))
    const shown = read(draftShape, await ask('GET', `/rulebooks/drafts/${revision}`))
    const first = shown.body?.requirements.find(({ code }) => code === 'SX1')
    const changed = { ...first, target: { at_least: 2 } }
    await ask('PUT', `/rulebooks/drafts/${revision}/requirements/SX1`, { version: 1, requirement: changed })
    await ask('DELETE', `/rulebooks/drafts/${revision}/requirements/SX3?version=2`)
    const tried = await ask('POST', `/rulebooks/${revision}/rehearse`, { from: '2026-07-01', to: '2026-11-23' })
    const { result } = read(z.object({ result: rehearsal }), tried)
    const of = (code: string) => result.requirements.find((one) => one.code === code)
    expect(of('SX1')).toMatchObject({ change: 'changed', why: ['目标·不少于（次）由“1”改为“2”'], differing: 1 })
    expect(of('SX1')?.before).toMatchObject({ met: 1, not_reported: 2, not_due: 1 })
    expect(of('SX3')).toMatchObject({ change: 'ended', after: { met: 0, not_reported: 0 } })
    expect(result.requirements.map(({ code }) => code).sort()).toEqual(['SX1', 'SX3'])
    await ask('POST', `/rulebooks/${revision}/publish`, { from: '2026-07-01' })
    const stands = await rows(`select r.code, count(*) filter (where o.status = 1)::int as met,
        count(*) filter (where o.status = 4)::int as not_reported
      from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
      where r.code in ('SX1', 'SX3') group by r.code`)
    const { met, not_reported } = of('SX1')?.after ?? {}
    expect(stands).toEqual([{ code: 'SX1', met, not_reported }])
  })
})
