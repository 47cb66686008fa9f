import { expect, test } from 'vitest'
import { determineAddress, makeFields, sentOf } from './determination-fields.rules.ts'

test('the verdict is chosen as a word and sent as what it means; an unanswered one is asked for', () => {
  const typed = {
    requirement: 'HN11',
    organizationId: 'org_0000',
    period: '2026',
    seen: '活动室整洁',
    seenOn: '2026-11-20',
    manner: 'on_the_spot' as const,
    files: [{ id: 'fil_1', name: '照片' }],
  }
  expect(sentOf(makeFields.parse({ ...typed, verdict: 'unmet' }))).toMatchObject({ met: false, fileIds: ['fil_1'] })
  expect(makeFields.safeParse(typed).error?.issues[0]?.message).toBe('请选做到或没有做到。')
})

test('a duty leads to the form with everything known filled in', () => {
  expect(determineAddress({ requirement: 'HN11', organization: 'org_1', period: '2026' })).toBe(
    '/determinations/new?requirement=HN11&organization=org_1&period=2026',
  )
})
