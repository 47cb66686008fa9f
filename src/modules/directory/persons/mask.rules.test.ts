import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idNumberCheckCharacter } from './id-number.rules.ts'
import { maskAddress, maskIdNumber, maskName, maskPhone } from './mask.rules.ts'

/** All numbers that agree with the mask for somebody whose birth date and sex stand on the same page. */
function candidates(mask: string, birthDate: string, male: boolean): number {
  const pattern = new RegExp(`^${mask.replaceAll('*', '.')}$`)
  let count = 0
  for (let sequence = 0; sequence < 1000; sequence += 1) {
    if (sequence % 2 !== (male ? 1 : 0)) continue
    const first = mask.slice(0, 6) + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0')
    if (pattern.test(first + idNumberCheckCharacter(first))) count += 1
  }
  return count
}

describe('脱敏', () => {
  it('masks names by code point and keeps compound surnames whole', () => {
    const names = ['张三', '张三丰', '欧阳锋', '欧阳小样', '𠮷田', '阿依·买提', '甲']
    expect(names.map(maskName)).toEqual(['张*', '张*丰', '欧阳*', '欧阳**', '𠮷*', '阿*·**', '甲'])
  })

  it('masks a mobile number to 138****5678 and shows less of a short number', () => {
    expect(maskPhone('13812345678')).toBe('138****5678')
    expect(maskPhone('8880123')).toBe('*****23')
  })

  it('shows an address to the district', () => {
    expect(maskAddress('示例市示例区示例路1号')).toBe('示例市示例区****')
    expect(maskAddress('某村三组')).not.toContain('三组')
  })

  it('leaves at least 100 ID numbers to choose from for whoever knows birth date and sex', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1940, max: 2008 }), (sequence, year) => {
        const first = `430602${year}0615${String(sequence).padStart(3, '0')}`
        const mask = maskIdNumber(first + idNumberCheckCharacter(first))
        expect(candidates(mask, `${year}-06-15`, sequence % 2 === 1)).toBeGreaterThanOrEqual(100)
      }),
      { numRuns: 30 },
    )
  })

  it('knows the usual mask with the last four shown for what it is: one candidate', () => {
    const first = '43060219800615231'
    expect(candidates(`430602********231${idNumberCheckCharacter(first)}`, '1980-06-15', true)).toBe(1)
  })

  it('never lets a whole name, phone or ID number through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 30 }), (text) => {
        const solid = text.replace(/[\s·•\p{P}\p{S}*-]/gu, '')
        fc.pre(Array.from(solid).length >= 2)
        for (const mask of [maskName, maskPhone, maskIdNumber]) expect(mask(solid)).toContain('*')
        expect(maskName(solid).isWellFormed()).toBe(true)
      }),
    )
  })
})
