/**
 * Finding passages of one article in another, by winnowing (Schleimer, Wilkerson, Aiken 2003): of every run of twelve characters a
 * fingerprint is made, and in each eight neighbouring ones the smallest is kept. Two texts that share nineteen characters in a row
 * always share a kept fingerprint; what shares fewer than twelve never does. No meaning of any word is known or judged.
 */
export const run = 12
export const neighbours = 8
/** Shared for certain from this length on. */
export const surelyFound = run + neighbours - 1

interface Plain {
  /** Letters, digits and Chinese characters alone. */
  readonly text: string
  /** Where each of them stands in the text as written. */
  readonly at: readonly number[]
}

function plainOf(text: string): Plain {
  let plain = ''
  const at: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const one = (text[index] ?? '').normalize('NFKC').toLowerCase()
    if (!/^[\p{L}\p{N}]$/u.test(one)) continue
    plain += one
    at.push(index)
  }
  return { text: plain, at }
}

/** 53 bits of a stretch of text. */
function hashOf(text: string, from: number): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = from; at < from + run; at += 1) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (2097151 & b) * 4294967296 + (a >>> 0)
}

const hashesOf = ({ text }: Plain): number[] =>
  Array.from({ length: Math.max(0, text.length - run + 1) }, (_, from) => hashOf(text, from))

function winnowed(hashes: readonly number[], into: Set<number>): void {
  if (hashes.length === 0) return
  for (let from = 0; from === 0 || from + neighbours <= hashes.length; from += 1) {
    let smallest = Number.MAX_SAFE_INTEGER
    for (const hash of hashes.slice(from, from + neighbours)) if (hash < smallest) smallest = hash
    into.add(smallest)
  }
}

/** The fingerprints of a text, paragraph by paragraph: moving paragraphs about changes none. */
export function printsOf(paragraphs: readonly string[]): Set<number> {
  const prints = new Set<number>()
  for (const paragraph of paragraphs) winnowed(hashesOf(plainOf(paragraph)), prints)
  return prints
}

/** How much of a text occurs elsewhere, in whole per cent, never rounded up. */
export const shareOf = (shared: number, all: number): number => (all === 0 ? 0 : Math.floor((100 * shared) / all))

/** Which stretches of the text stand behind shared fingerprints, as they are written; the longest first. */
export function passagesShared(paragraphs: readonly string[], shared: ReadonlySet<number>, most = 30): string[] {
  const found: string[] = []
  for (const paragraph of paragraphs) {
    const plain = plainOf(paragraph)
    let [from, to] = [-1, -1]
    const close = () => {
      if (from >= 0) found.push(paragraph.slice(plain.at[from] ?? 0, (plain.at[to] ?? 0) + 1))
      from = -1
    }
    for (const [index, hash] of hashesOf(plain).entries()) {
      if (!shared.has(hash)) continue
      if (from >= 0 && index > to + neighbours) close()
      if (from < 0) from = index
      to = index + run - 1
    }
    close()
  }
  return found.sort((a, b) => b.length - a.length).slice(0, most)
}
