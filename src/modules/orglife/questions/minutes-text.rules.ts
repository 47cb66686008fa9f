/**
 * Comparing minutes as a copier would: whether two texts are one text. It knows no meaning of any word and judges none.
 * What is compared are runs of four Chinese characters within a sentence; titles in 《》, digits and signs are left out.
 */

const shortest = 10
const run = 4
/** Fewer runs than this are too little to say anything. */
const fewestRuns = 60
const hashes = 96
const rowsInBand = 3

/** A sentence as it stands and as it is compared. */
export interface Passage {
  readonly text: string
  readonly plain: string
  readonly hash: number
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/《[^》]*》/gu, '')
    .replace(/[^\p{Script=Han}]/gu, '')

/** The sentences that are long enough to be compared; what repeats an item of the agenda is left out. */
export function passagesOf(minutes: string, agenda: readonly string[]): Passage[] {
  const titles = new Set(agenda.map(bare))
  return minutes
    .split(/[。！？!?；;\n]/u)
    .map((text) => ({ text: text.trim(), plain: bare(text) }))
    .filter(({ plain }) => plain.length >= shortest && !titles.has(plain))
    .map((passage) => ({ ...passage, hash: hashOf(passage.plain) }))
}

/** 53 bits of a text. */
function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (2097151 & b) * 4294967296 + (a >>> 0)
}

const mix = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The runs of a text, each as a number. */
export function runsOf(passages: readonly Pick<Passage, 'plain'>[]): Set<number> {
  const runs = new Set<number>()
  for (const { plain } of passages) {
    for (let at = 0; at + run <= plain.length; at += 1) {
      let hash = 0x811c9dc5
      for (let unit = at; unit < at + run; unit += 1) hash = Math.imul(hash ^ plain.charCodeAt(unit), 0x01000193)
      runs.add(mix(hash))
    }
  }
  return runs
}

export const longEnough = (runs: ReadonlySet<number>): boolean => runs.size >= fewestRuns

const seeds = Array.from({ length: hashes }, (_, index) => ({
  factor: mix(index * 2 + 1) | 1,
  shift: mix(index * 2 + 2),
}))

/** Bands of the MinHash signature: texts of which half is common share at least one almost surely. */
export function bandsOf(runs: ReadonlySet<number>): number[] {
  const least = seeds.map(({ factor, shift }) => {
    let smallest = 0xffffffff
    for (const value of runs) {
      const hash = (Math.imul(value, factor) + shift) >>> 0
      if (hash < smallest) smallest = hash
    }
    return smallest
  })
  return Array.from({ length: hashes / rowsInBand }, (_, band) =>
    least.slice(band * rowsInBand, (band + 1) * rowsInBand).reduce((hash, value) => mix(hash ^ value) | 0, band),
  )
}

/** Share of the shorter text's runs that the longer one has too; texts of very different length are not one text. */
export function likeness(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const [shorter, longer] = [Math.min(one.size, other.size), Math.max(one.size, other.size)]
  return shorter === 0 || shorter * 2 < longer ? 0 : shared(one, other) / shorter
}

function shared(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let both = 0
  for (const value of small) if (large.has(value)) both += 1
  return both
}

/** From which likeness on a question is asked: across organizations, and between an organization's own meetings. */
export const alikeFrom = { across: 0.75, own: 0.9 } as const

/** A passage that so many organizations have alike was sent to them all: a notice, a list, a model text. */
export const sentToMany = 6

/** The sentences of a text that the other text has too, as they stand. */
export function sharedPassages(own: readonly Passage[], other: ReadonlySet<number>): string[] {
  return own
    .filter((passage) => {
      const runs = runsOf([passage])
      return runs.size > 0 && shared(runs, other) / runs.size >= 0.8
    })
    .map(({ text }) => text)
}
