import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idNumberCheckCharacter, judgeIdNumber } from './id-number.rules.ts'

const today = '2026-11-23'
const two = (n: number) => String(n).padStart(2, '0')

const anIdNumber = fc
  .tuple(
    fc.integer({ min: 1930, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([year, month, day, sequence]) => {
    const first = `430602${year}${two(month)}${two(day)}${String(sequence).padStart(3, '0')}`
    return first + idNumberCheckCharacter(first)
  })

describe('公民身份号码', () => {
  it('reads birth date and sex from the sample of the standard', () => {
    expect(judgeIdNumber('11010519491231002X', today)).toEqual({
      ok: true,
      idNumber: '11010519491231002X',
      birthDate: '1949-12-31',
      sex: 'female',
      warnings: [],
    })
  })

  it('takes full-width digits, a small x and spaces for what they mean', () => {
    expect(judgeIdNumber(' １１０１０５１９４９１２３１００２ｘ ', today)).toMatchObject({
      ok: true,
      idNumber: '11010519491231002X',
    })
  })

  it.each([
    ['110105491231002', '15 位'],
    ['110105194912310021', '校验位'],
    ['11010519490231002X', '真实的出生日期'],
    ['1101051949123100', '现在是 16 位'],
    ['430602********231X', '星号'],
    ['A1010519491231002X', '前 17 位'],
    ['', '请填写'],
  ])('refuses %s with a sentence that says what is wrong', (input, words) => {
    const judged = judgeIdNumber(input, today)
    expect(judged.ok ? '' : judged.message).toContain(words)
  })

  it('refuses a birth date after today and accepts today', () => {
    expect(judgeIdNumber('11010519491231002X', '1949-12-30').ok).toBe(false)
    expect(judgeIdNumber('11010519491231002X', '1949-12-31').ok).toBe(true)
  })

  it('only warns of an area code that is not known', () => {
    const first = '99010519491231002'
    const judged = judgeIdNumber(first + idNumberCheckCharacter(first), today)
    expect(judged.ok && judged.warnings.length).toBe(1)
  })

  it('sees every single wrong digit and every swap of two neighbours', () => {
    fc.assert(
      fc.property(anIdNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (idNumber, place, shift) => {
        expect(judgeIdNumber(idNumber, today).ok).toBe(true)
        const wrong = String((Number(idNumber[place]) + shift) % 10)
        expect(judgeIdNumber(idNumber.slice(0, place) + wrong + idNumber.slice(place + 1), today).ok).toBe(false)
        const [a, b] = [idNumber[place] ?? '', idNumber[place + 1] ?? '']
        if (a === b) return
        expect(judgeIdNumber(idNumber.slice(0, place) + b + a + idNumber.slice(place + 2), today).ok).toBe(false)
      }),
    )
  })
})
