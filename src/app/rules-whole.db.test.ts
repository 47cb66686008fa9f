import { expect, it } from 'vitest'
import { z } from 'zod'
import { aRuleDesk } from '../../tests/builders/a-rule-desk.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'

const platform = await testPlatform('2026-11-23')
const { ask, rows } = await aRuleDesk(platform, '2026-01-01')
const part = z.record(z.string(), z.unknown())

it('a whole regulation is revised at once, with what waits for modules and what another document tightens', async () => {
  const { id = '' } = await ask('POST', '/rulebooks/drafts', { from: 'ZB2018' })
  const shown = z
    .object({ body: z.object({ requirements: z.array(part) }) })
    .parse(JSON.parse((await ask('GET', `/rulebooks/drafts/${id}`)).text))
  let version = 1
  for (const requirement of shown.body.requirements) {
    const changed = { ...requirement, grace_days: 7 }
    const saved = await ask('PUT', `/rulebooks/drafts/${id}/requirements/${String(requirement['code'])}`, {
      version,
      requirement: changed,
    })
    expect(saved.mistakes).toEqual([])
    version = saved.version ?? version
  }
  const published = await ask('POST', `/rulebooks/${id}/publish`, { from: '2026-07-01' })
  expect(published.status).toBe(200)
  const codes = shown.body.requirements.map(({ code }) => code)
  const stand = await rows<{ code: string; grace: number; source: { tightened?: unknown } }>(
    `select code, grace_days as grace, source from rulebook.requirements where code = any ($1) and valid @> date '2026-07-01'`,
    [codes],
  )
  expect(new Set(stand.map(({ code }) => code))).toEqual(new Set(codes))
  expect(stand.every(({ grace }) => grace === 7)).toBe(true)
  // SL2025 tightens ZB6: the new text is tightened like the old.
  expect(stand.find(({ code }) => code === 'ZB6')?.source.tightened).toMatchObject({ article: '第一条' })
  const twice = await rows(
    `select o.period_no from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    where r.code = any ($1) and r.event is null group by r.code, o.period_no, o.subject_kind, o.subject_no, o.organization_no having count(*) > 1`,
    [codes],
  )
  expect(twice).toEqual([])
})
