import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aRuleDesk } from '../../tests/builders/a-rule-desk.ts'
import { tenSentences } from '../../tests/builders/ten-sentences.ts'
import { Problem } from '../kernel/errors/problem.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { beforePublishing } from '../modules/rulebook/index.ts'

const platform = await testPlatform('2026-11-23')
const { ask, as, imported, published, rows, colleague, secretary, unitOfficer } = await aRuleDesk(platform, '2026-01-01')

interface Row {
  readonly version: number
  readonly enabled: boolean
  readonly no: number
  readonly from: string
  readonly to: string | null
}
const versionsOf = (code: string) =>
  rows<Row>(
    `select no, version, enabled, lower(valid)::text as "from", upper(valid)::text as "to" from rulebook.requirements
      where code = $1 order by version`,
    [code],
  )
describe('谁能动制度', () => {
  it('nobody below the working committee writes, tries, publishes, ends or switches a rule', async () => {
    const id = await imported('QX')
    const verbs: [string, string, unknown][] = [
      ['POST', '/rulebooks/drafts', { code: 'AB1', title: '新的办法' }],
      ['POST', '/rulebooks/import', { text: tenSentences() }],
      ['PUT', `/rulebooks/drafts/${id}/head`, { version: 1, head: {} }],
      ['DELETE', `/rulebooks/drafts/${id}/clauses/QX-10?version=1`, undefined],
      ['PUT', `/rulebooks/drafts/${id}/text`, { version: 1, text: '' }],
      ['POST', `/rulebooks/drafts/${id}/discard`, { version: 1, reason: '不再需要' }],
      ['POST', `/rulebooks/${id}/rehearse`, {}],
      ['POST', `/rulebooks/${id}/publish`, { from: '2026-12-01' }],
      ['POST', '/rulebooks/SBS2020/end', { on: '2027-01-01', reason: '文件废止' }],
      ['POST', '/requirements/ZB6/end', { on: '2027-01-01', reason: '条款废止' }],
      ['POST', '/requirements/ZB6/switch', { enabled: false, reason: '暂不考核' }],
    ]
    for (const [method, path, body] of verbs) {
      expect(await as(secretary)(method, path, body), `${method} ${path}`).toMatchObject({ status: 403 })
      // An officer of one unit holds the permission, but not over the city that a rule binds.
      expect([403, 404], `${method} ${path}`).toContain((await as(unitOfficer)(method, path, body)).status)
    }
    expect(await as(unitOfficer)('GET', `/rulebooks/drafts/${id}`)).toMatchObject({ status: 404 })
    expect((await ask('GET', `/rulebooks/drafts/${id}`)).version).toBe(1)
  })
})

describe('草稿', () => {
  it('of two officers at once the second is told what the first has changed', async () => {
    const id = await imported('LR')
    const head = {
      code: 'LR2026',
      title: '改过的名称',
      issuer: '示例工委',
      issued_on: '2026-06-01',
      in_force_from: '2026-06-01',
      kind: 'local_document',
    }
    expect(await ask('PUT', `/rulebooks/drafts/${id}/head`, { version: 1, head })).toMatchObject({ status: 200, version: 2 })
    const late = await as(colleague)('PUT', `/rulebooks/drafts/${id}/clauses/LR-1`, { version: 1, clause: { code: 'LR-1' } })
    expect(late).toMatchObject({ status: 409, code: 'rulebook.draft_changed' })
    expect(late.errors[0]?.message).toContain('工委干部甲')
    expect(late.errors[0]?.message).toContain('文件名称由“示例城市支部活动试行办法”改为“改过的名称”')
    const both = await Promise.all([
      ask('DELETE', `/rulebooks/drafts/${id}/clauses/LR-10?version=2`),
      as(colleague)('DELETE', `/rulebooks/drafts/${id}/clauses/LR-9?version=2`),
    ])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('a renamed clause is renamed where it is cited; a code that stands elsewhere is not taken', async () => {
    const id = await imported('GM')
    const clause = { code: 'GM-1.1', title: '党员活动日', gist: '各支部每季度至少开展一次党员活动日。', dimension: 'D3' }
    const renamed = await ask('PUT', `/rulebooks/drafts/${id}/clauses/GM-1`, { version: 1, clause })
    expect(renamed.text).toContain('"mistakes":[]')
    const taken = await ask('PUT', `/rulebooks/drafts/${id}/clauses/GM-2`, { version: 2, clause: { ...clause, code: 'GM-3' } })
    expect(taken).toMatchObject({ status: 409, code: 'rulebook.code_taken' })
  })

  it('what was discarded or published is not changed any more', async () => {
    const id = await imported('ZF')
    expect(await ask('POST', `/rulebooks/drafts/${id}/discard`, { version: 1, reason: '与新规定重复' })).toMatchObject({
      status: 200,
    })
    for (const path of [`/rulebooks/${id}/publish`, `/rulebooks/${id}/rehearse`]) {
      expect(await ask('POST', path, path.endsWith('publish') ? { from: '2026-12-01' } : {})).toMatchObject({
        code: 'rulebook.draft_not_open',
      })
    }
    expect(await ask('POST', `/rulebooks/drafts/${id}/discard`, { version: 1, reason: '再作废一次' })).toMatchObject({
      status: 409,
    })
  })

  it('another city takes a document as its pattern under its own codes', async () => {
    const copy = await ask('POST', '/rulebooks/drafts', {
      from: 'ZB2018',
      code: 'YZ2027',
      title: '样子城市支部工作细则',
      prefix: 'YZ',
    })
    expect(copy).toMatchObject({ status: 201 })
    expect(copy.text).toContain('"mistakes":[]')
    expect(await ask('POST', '/rulebooks/drafts', { code: 'ZB2018', title: '占用的代号' })).toMatchObject({
      code: 'rulebook.code_taken',
    })
  })
})

describe('发布', () => {
  it('what changed begins a new version on the day, what did not keeps its number and its row', async () => {
    await published('FB')
    const before = await versionsOf('FB3')
    const { id, text } = await ask('POST', '/rulebooks/drafts', { from: 'FB2026' })
    const body = z.object({ version: z.number() }).parse(JSON.parse(text))
    const shown = await ask('GET', `/rulebooks/drafts/${id ?? ''}`)
    const draft = z
      .object({ body: z.object({ requirements: z.array(z.record(z.string(), z.unknown())) }) })
      .parse(JSON.parse(shown.text))
    const first = draft.body.requirements.find(({ code }) => code === 'FB1')
    await ask('PUT', `/rulebooks/drafts/${id ?? ''}/requirements/FB1`, {
      ...body,
      requirement: { ...first, target: { at_least: 2 } },
    })
    const done = await ask('POST', `/rulebooks/${id ?? ''}/publish`, { from: '2026-10-01' })
    expect(done.text).toContain('{"code":"FB1","version":2,"change":"changed"}')
    expect(await versionsOf('FB1')).toMatchObject([
      { version: 1, from: '2026-07-01', to: '2026-10-01' },
      { version: 2, from: '2026-10-01', to: null },
    ])
    expect(await versionsOf('FB3')).toEqual(before)
    const compared = await ask('GET', '/rulebooks/FB2026/compare')
    expect(compared.text).toContain('{"field":"target.at_least","title":"目标·不少于（次）","before":"1","after":"2"}')
  })

  it('a draft that began before another was published is not published over it', async () => {
    const doc = await published('HH')
    const [first, second] = await Promise.all([
      ask('POST', '/rulebooks/drafts', { from: doc }),
      ask('POST', '/rulebooks/drafts', { from: doc }),
    ])
    for (const [draft, code] of [
      [first, 'HH4'],
      [second, 'HH5'],
    ] as const) {
      await ask('DELETE', `/rulebooks/drafts/${draft.id ?? ''}/requirements/${code}?version=1`)
    }
    expect(await ask('POST', `/rulebooks/${first.id ?? ''}/publish`, { from: '2026-12-01' })).toMatchObject({ status: 200 })
    expect(await ask('POST', `/rulebooks/${second.id ?? ''}/publish`, { from: '2026-12-01' })).toMatchObject({
      code: 'rulebook.draft_behind',
    })
    expect(await versionsOf('HH4')).toMatchObject([{ version: 1, to: '2026-12-01' }])
  })

  it('what other documents rest on is not taken away from under them', async () => {
    const { id } = await ask('POST', '/rulebooks/drafts', { from: 'ZB2018' })
    const shown = await ask('GET', `/rulebooks/drafts/${id ?? ''}`)
    const { version } = z.object({ version: z.number() }).parse(JSON.parse(shown.text))
    // SL2025 tightens ZB6.
    await ask('DELETE', `/rulebooks/drafts/${id ?? ''}/requirements/ZB6?version=${version}`)
    const done = await ask('POST', `/rulebooks/${id ?? ''}/publish`, { from: '2018-11-01' })
    expect(done).toMatchObject({ status: 422, code: 'rulebook.draft_has_mistakes' })
    expect(done.errors.map(({ message }) => message).join('')).toContain('ZB6')
  })

  it('nothing is published into days whose figures are frozen', async () => {
    const id = await imported('FC')
    await platform.owner.pool.query(`insert into rulebook.snapshots (id, organization_no, period_no, state, as_of, requested_by, requested_at,
      frozen_at, file_sha256, file_bytes, content_sha256, signature, head, sections)
      values ('snp_test', 1, 202633 - 2, 'frozen', '2026-07-10', 1, now(), now(), 'x', 1, 'x', 'x', '{}', '[]')`)
    const refused = await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-06-30' })
    expect(refused).toMatchObject({ status: 409, code: 'rulebook.figures_frozen' })
    expect(refused.detail).toContain('2026年6月30日')
    expect(await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-07-01' })).toMatchObject({ status: 200 })
  })

  it('whoever must be asked before a rule changes can refuse it, and nothing of it is kept', async () => {
    beforePublishing((_read, { document, requirements }) => {
      if (document !== 'MK2026') return Promise.resolve()
      expect(requirements.map(({ code }) => code)).toContain('MK1')
      return Promise.reject(new Problem('rulebook.date_wrong', { detail: '这样发布，今年要的材料就超过了上限。' }))
    })
    const id = await imported('MK')
    const refused = await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-12-01' })
    expect(refused).toMatchObject({ status: 422, detail: '这样发布，今年要的材料就超过了上限。' })
    expect(await versionsOf('MK1')).toEqual([])
    expect(await ask('GET', '/rulebooks/MK2026')).toMatchObject({ status: 404 })
    expect((await ask('GET', `/rulebooks/drafts/${id}`)).text).toContain('"state":"open"')
  })
})
