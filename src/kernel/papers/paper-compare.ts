import { Problem, problems } from '../errors/problem.ts'

problems({
  'files.paper_too_different': {
    status: 422,
    title: '这份文件与原件差别太大，逐处比对没有意义。请确认上传的是这份文书修改后的文件。',
  },
})

/** A paragraph or a table row, and where it stands. */
export interface PaperPlace {
  readonly where: string
  readonly text: string
}

/** One number that an edited file does not have as it was issued. */
export interface NumberDifference {
  readonly kind: 'changed' | 'removed' | 'added'
  readonly where: string
  /** The words around, so that it is found again. */
  readonly text: string
  readonly issued: string | null
  readonly edited: string | null
}

const number = /\d+(?:[.,]\d+)*%?/g
const plain = (text: string) =>
  text.replace(/[０-９％．，]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0)).replace(/(?<=\d),(?=\d{3})/g, '')

const numbersOf = (text: string): string[] => plain(text).match(number) ?? []

/** The words of a place without its numbers, by which it is recognised. */
const wordsOf = (text: string) => plain(text).replace(number, '#').replace(/\s/g, '')

/** Longest common chain of two lists; pairs of indexes, ascending. */
function chain(a: number, b: number, score: (i: number, j: number) => number): [number, number][] {
  const best = Array.from({ length: a + 1 }, () => new Float64Array(b + 1))
  const at = (i: number, j: number) => best[i]?.[j] ?? 0
  for (let i = a - 1; i >= 0; i -= 1) {
    for (let j = b - 1; j >= 0; j -= 1) {
      const row = best[i]
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), score(i, j) + at(i + 1, j + 1))
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a && j < b; ) {
    const s = score(i, j)
    if (s > 0 && at(i, j) === s + at(i + 1, j + 1)) pairs.push([i++, j++])
    else if (at(i, j) === at(i + 1, j)) i += 1
    else j += 1
  }
  return pairs
}

function pairsOfLetters(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (let at = 0; at < Math.max(1, text.length - 1); at += 1) {
    const pair = text.slice(at, at + 2)
    found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}

/** How alike two wordings are, 0 to 1; below a half they are different places. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [shared, all] = [0, 0]
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0)
  for (const count of [...a.values(), ...b.values()]) all += count
  const alike = (2 * shared) / all
  return alike < 0.5 ? 0 : alike
}

const difference = (kind: NumberDifference['kind'], place: PaperPlace, values: { issued?: string; edited?: string }) => ({
  kind,
  where: place.where,
  text: place.text.slice(0, 60),
  issued: values.issued ?? null,
  edited: values.edited ?? null,
})

/** Numbers of two wordings of the same place: equal ones stay, what stands between two equal ones is set side by side. */
function withinPlace(issued: PaperPlace, edited: PaperPlace): NumberDifference[] {
  const [a, b] = [numbersOf(issued.text), numbersOf(edited.text)]
  const ends: [number, number][] = [...chain(a.length, b.length, (i, j) => (a[i] === b[j] ? 1 : 0)), [a.length, b.length]]
  const found: NumberDifference[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of ends) {
    for (; i < x || j < y; i += 1, j += 1) {
      const values = { ...(i < x && { issued: a[i] ?? '' }), ...(j < y && { edited: b[j] ?? '' }) }
      found.push(difference(i < x ? (j < y ? 'changed' : 'removed') : 'added', edited, values))
    }
    ;[i, j] = [x + 1, y + 1]
  }
  return found
}

/** More pairs of places than this are not looked at one by one. */
const mostPairs = 400_000

function unlike(issued: readonly PaperPlace[], edited: readonly PaperPlace[]): NumberDifference[] {
  if (issued.length * edited.length > mostPairs) throw new Problem('files.paper_too_different')
  const [a, b] = [issued, edited].map((places) => places.map((place) => pairsOfLetters(wordsOf(place.text))))
  const scores = a?.map((left) => Float64Array.from(b ?? [], (right) => likeness(left, right)))
  const pairs = chain(issued.length, edited.length, (i, j) => scores?.[i]?.[j] ?? 0)
  const [kept, met] = [new Map(pairs), new Set(pairs.map(([, j]) => j))]
  const gone = issued.flatMap((place, i) =>
    kept.has(i) ? [] : numbersOf(place.text).map((one) => difference('removed', place, { issued: one })),
  )
  const come = edited.flatMap((place, j) =>
    met.has(j) ? [] : numbersOf(place.text).map((one) => difference('added', place, { edited: one })),
  )
  const inside = pairs.flatMap(([i, j]) => {
    const [left, right] = [issued[i], edited[j]]
    return left && right ? withinPlace(left, right) : []
  })
  return [...inside, ...gone, ...come]
}

/** Every number by which an edited paper differs from the issued one, with its place. Words are not compared. */
export function compareNumbers(issued: readonly PaperPlace[], edited: readonly PaperPlace[]): NumberDifference[] {
  const same = (i: number, j: number) => issued[i] !== undefined && issued[i]?.text === edited[j]?.text
  const shorter = Math.min(issued.length, edited.length)
  let head = 0
  while (head < shorter && same(head, head)) head += 1
  let tail = 0
  while (tail < shorter - head && same(issued.length - 1 - tail, edited.length - 1 - tail)) tail += 1
  return unlike(issued.slice(head, issued.length - tail), edited.slice(head, edited.length - tail))
}
