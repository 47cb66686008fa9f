import { type CivilDate, isCivilDate } from '../../../kernel/time/civil-date.ts'

export type Sex = 'male' | 'female'

export type IdNumberJudgement =
  | {
      readonly ok: true
      /** 18 characters, half-width, `X` in upper case. */
      readonly idNumber: string
      readonly birthDate: CivilDate
      readonly sex: Sex
      /** Worth a look, but no reason to refuse. */
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly message: string }

/** GB 11643-1999 §4.2.4: weights of the first seventeen digits, and the check characters by remainder. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** First two digits of GB/T 2260, with 81–83 for residents from Hong Kong, Macao and Taiwan and 91 for foreigners' permits. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '),
)

/** Full-width digits and letters to half-width, spaces and a leading apostrophe away, `x` to `X`. */
export function normalizeIdNumber(input: string): string {
  return input
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]/g, '')
    .replace(/^['’‘]/, '')
    .toUpperCase()
}

/** The check character that belongs to the first 17 digits. */
export function idNumberCheckCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

function shapeFault(idNumber: string): string | undefined {
  if (idNumber === '') return '请填写 18 位公民身份号码。'
  if (/^\d{15}$/.test(idNumber)) return '这是 15 位旧号码，已停用。请按现行居民身份证填写 18 位号码。'
  if (/[*＊]/.test(idNumber)) return '号码中有星号，是脱敏后的号码。请填写完整的 18 位号码。'
  if (idNumber.length !== 18) return `公民身份号码应为 18 位，现在是 ${idNumber.length} 位。请核对后重新填写。`
  if (!/^\d{17}[\dX]$/.test(idNumber)) return '公民身份号码前 17 位应为数字，末位为数字或 X。请核对后重新填写。'
  return undefined
}

/**
 * Judges an 18-digit citizen identity number (GB 11643). An area code that is not known is a warning only: codes are
 * abolished while the numbers issued under them remain valid.
 */
export function judgeIdNumber(input: string, today: CivilDate): IdNumberJudgement {
  const idNumber = normalizeIdNumber(input)
  const fault = shapeFault(idNumber)
  if (fault) return { ok: false, message: fault }
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  if (!isCivilDate(birthDate)) return { ok: false, message: '号码第 7 至 14 位不是真实的出生日期。请核对后重新填写。' }
  if (birthDate > today) return { ok: false, message: '号码中的出生日期晚于今天。请核对后重新填写。' }
  if (idNumberCheckCharacter(idNumber) !== idNumber[17]) {
    return { ok: false, message: '公民身份号码的校验位不对，通常是某一位输错或两位颠倒。请对照证件逐位核对。' }
  }
  return {
    ok: true,
    idNumber,
    birthDate,
    sex: Number(idNumber[16]) % 2 === 1 ? 'male' : 'female',
    warnings: provinces.has(idNumber.slice(0, 2)) ? [] : ['号码前两位不是现有的地区代码，请对照证件核对。'],
  }
}
