export interface Part {
  readonly part: string
  readonly hit: boolean
}

/** A text cut where the words stand in it, whatever their case; the parts joined are the text. */
export function marked(text: string, words: readonly string[]): Part[] {
  const lower = text.toLowerCase()
  const parts: Part[] = []
  let from = 0
  let plain = 0
  while (from < text.length) {
    const word = words.find((one) => one.length > 0 && lower.startsWith(one, from))
    if (word === undefined) {
      from += 1
      continue
    }
    if (from > plain) parts.push({ part: text.slice(plain, from), hit: false })
    parts.push({ part: text.slice(from, from + word.length), hit: true })
    from += word.length
    plain = from
  }
  if (plain < text.length) parts.push({ part: text.slice(plain), hit: false })
  return parts
}
