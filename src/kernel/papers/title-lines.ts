import { charactersWide } from './paper-page.ts'

/** 2号 characters on one line of 156 mm; one more with the characters a little closer. */
const comfortable = 20
const most = 21

/** What must not begin a line, what must not end one, and where a line ends well. */
const neverFirst = /^[，。、；：？！）》”’〉」』〕的了和与及等]/
const neverLast = /[（《“‘〈「『〔]$/
const illLast = /(关于|对|为|在|和|与|及|第)$/
const goodLast = /(的|，|、|；|：|和谐|》)$/

interface Split {
  readonly lines: readonly string[]
  readonly cost: number
}

function costOf(text: string, rest: string, target: number): number {
  const wide = charactersWide(text)
  let cost = (wide - target) ** 2
  if (wide > comfortable) cost += 30
  if (rest === '') return cost
  if (neverFirst.test(rest)) cost += 10_000
  if (neverLast.test(text)) cost += 5000
  if (/[A-Za-z0-9]$/.test(text) && /^[A-Za-z0-9.%]/.test(rest)) cost += 2000
  if (illLast.test(text)) cost += 60
  if (goodLast.test(text)) cost -= 8
  return cost
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Places, counted in characters from the end, between two words. */
function wordEnds(title: string): Set<number> {
  const whole = [...title].length
  return new Set([...segmenter.segment(title)].map((word) => whole - Array.from(title.slice(0, word.index)).length))
}

/** What a break inside a word costs. */
const tornWord = 25

function split(
  characters: readonly string[],
  lines: number,
  wanted: { target: number; ends: ReadonlySet<number> },
): Split | null {
  const { target, ends } = wanted
  if (lines === 1) {
    const text = characters.join('')
    return charactersWide(text) > most ? null : { lines: [text], cost: costOf(text, '', target) }
  }
  let best: Split | null = null
  for (let at = 1; at < characters.length; at += 1) {
    const text = characters.slice(0, at).join('')
    if (charactersWide(text) > most) break
    const rest = split(characters.slice(at), lines - 1, wanted)
    if (!rest) continue
    const cost =
      rest.cost + costOf(text, characters.slice(at).join(''), target) + (ends.has(characters.length - at) ? 0 : tornWord)
    if (!best || cost < best.cost) best = { lines: [text, ...rest.lines], cost }
  }
  return best
}

/**
 * A title of up to 60 characters in at most three lines of about the same length; no line begins with 的 or a closing mark as long as
 * there is another way.
 */
export function titleLines(title: string): string[] {
  const characters = [...title.trim()]
  const wide = charactersWide(characters.join(''))
  const ends = wordEnds(characters.join(''))
  for (let lines = Math.max(1, Math.ceil(wide / most)); lines <= 3; lines += 1) {
    if (lines === 1 && wide > comfortable) continue
    const found = split(characters, lines, { target: wide / lines, ends })
    if (found && (found.cost < 5000 || lines === 3)) return [...found.lines]
  }
  return [characters.join('')]
}

/** True when the line needs its characters closer together. */
export const isCrowded = (text: string): boolean => charactersWide(text) > comfortable
