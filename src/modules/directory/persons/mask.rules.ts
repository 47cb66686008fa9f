import { beginsWithCompoundSurname } from './name-order.rules.ts'

const star = '*'

function hideAll(characters: readonly string[]): string {
  return characters.map((character) => (/[·•\s-]/.test(character) ? character : star)).join('')
}

/** 张* · 张*丰 · 欧阳** · 阿***·***. By code point, so that a rare character is never cut in two. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  if (characters.length <= 1) return characters.join('')
  if (name.includes('·')) return `${characters[0]}${hideAll(characters.slice(1))}`
  if (characters.length > 2 && beginsWithCompoundSurname(name)) {
    return `${characters.slice(0, 2).join('')}${hideAll(characters.slice(2))}`
  }
  if (characters.length === 2) return `${characters[0]}${star}`
  return `${characters[0]}${hideAll(characters.slice(1, -1))}${characters.at(-1)}`
}

/** 138****5678; of a shorter number only the last two digits stay. */
export function maskPhone(phone: string): string {
  const characters = Array.from(phone.trim())
  const digits = characters.filter((character) => /\d/.test(character)).length
  const [head, tail] = digits >= 11 ? [characters.length - 8, 4] : [0, 2]
  if (characters.length <= 2) return hideAll(characters)
  return characters
    .map((character, i) => (i < head || i >= characters.length - tail || /[\s()+-]/.test(character) ? character : star))
    .join('')
}

/**
 * 430602************: the area stays, birth date, sequence and check character are hidden. Whoever knows birth date and
 * sex from the same page is left with 500 candidates; showing the check character would leave about 45.
 */
export function maskIdNumber(idNumber: string): string {
  const characters = Array.from(idNumber.trim())
  const shown = characters.length === 18 ? 6 : Math.min(1, characters.length - 1)
  return characters.map((character, index) => (index < shown ? character : star)).join('')
}

/** An address down to the district or county; everything after it is hidden. */
export function maskAddress(address: string): string {
  const characters = Array.from(address.trim())
  if (characters.length === 0) return ''
  const shown = /^.{0,12}?[区县旗]/u.exec(address.trim())?.[0] ?? characters.slice(0, Math.min(3, characters.length - 1)).join('')
  return Array.from(shown).length < characters.length ? `${shown}****` : shown
}
