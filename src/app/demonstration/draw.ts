import { createHash } from 'node:crypto'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'

/** A source of the same numbers for the same seed, on every machine. */
export interface Draw {
  /** At least 0 and below 1. */
  number(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  one<Item>(list: readonly Item[]): Item
  /** A source of its own, so that one more number here changes nothing there. */
  of(key: string): Draw
}

/** Opens the source of a seed (sfc32 over the seed's SHA-256). */
export function drawFrom(seed: string): Draw {
  const bytes = createHash('sha256').update(seed).digest()
  let [a, b, c, counter] = [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]
  const number = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let round = 0; round < 8; round += 1) number()
  const between = (least: number, most: number) => least + Math.floor(number() * (most - least + 1))
  return {
    number,
    between,
    chance: (probability) => number() < probability,
    one<Item>(list: readonly Item[]): Item {
      const item = list[between(0, list.length - 1)]
      if (item === undefined) throw new RangeError('nothing to draw from')
      return item
    },
    of: (key) => drawFrom(`${seed}/${key}`),
  }
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** An id in the usual form that is the same for the same seed. */
export function madeId(prefix: string, seed: string): string {
  const bytes = createHash('sha256').update(`${prefix}/${seed}`).digest()
  let body = ''
  for (let index = 0; index < 24; index += 1) body += alphabet[(bytes[index] ?? 0) & 31]
  return `${prefix}_${body}`
}

/** 0 for Sunday to 6 for Saturday. */
function weekday(date: CivilDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

/** The nearest working day in the same month. */
export function workingDay(date: CivilDate): CivilDate {
  const shift = { 0: 1, 6: -1 }[weekday(date)] ?? 0
  const moved = addDays(date, shift)
  return moved.slice(0, 7) === date.slice(0, 7) ? moved : addDays(date, shift > 0 ? -2 : 2)
}

/** The first day of a date's month. */
export function monthStart(date: CivilDate): CivilDate {
  return `${date.slice(0, 7)}-01`
}

/** The earlier of two days. */
export function earlier(a: CivilDate, b: CivilDate): CivilDate {
  return a < b ? a : b
}
