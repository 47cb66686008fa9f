import { expect, it } from 'vitest'
import { noCounts } from '../indicators/indicators.rules.ts'
import { changeInWords, standsInWords } from './explanation.rules.ts'

it('what an organization stands at is said with all seven statuses kept apart', () => {
  expect(standsInWords({ met: 39, met_late: 2, unmet: 1, not_reported: 4, exempt: 3, not_due: 9 })).toBe(
    '应办 46 项，已办 41 项（其中迟办 2 项），未达标 1 项，未报 4 项；还有 9 项未到期，豁免 3 项。',
  )
  expect(standsInWords({ ...noCounts, met: 5 })).toBe('应办 5 项，已办 5 项，没有欠办。')
  expect(standsInWords({ ...noCounts, not_due: 2 })).toBe('这一期没有已到期的应办事项；还有 2 项未到期。')
  expect(standsInWords(noCounts)).toBe('这一期没有应办事项。')
})

it('a change since the period before is named only when it is more than chance', () => {
  const good = { ...noCounts, met: 98, not_reported: 2 }
  expect(changeInWords({ ...noCounts, met: 60, not_reported: 40 }, good)).toContain('比上一期少')
  expect(changeInWords(good, { ...noCounts, met: 60, not_reported: 40 })).toContain('比上一期多')
  expect(changeInWords({ ...noCounts, met: 95, not_reported: 5 }, good)).toContain('偶然范围内')
  expect(changeInWords({ ...noCounts, met: 1 }, good)).toContain('数目太少')
})
