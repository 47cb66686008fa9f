/** An entry of a draft while it is being written: right or wrong, finished or not. */
export type Content = Readonly<Record<string, unknown>>

export type Path = readonly (string | number)[]

export function looseOf(value: unknown): Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {}
}

export const textAt = (content: Content, key: string): string => {
  const found = content[key]
  return typeof found === 'string' ? found : ''
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string | number, unknown> | null | undefined)?.[part], root)
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The same content with one value changed. Nothing (`undefined`, `null`, `''`, `[]`) takes the key away, as an unfilled field. */
export function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return value
  if (typeof head === 'number') {
    const list: unknown[] = Array.isArray(root) ? [...(root as unknown[])] : []
    list[head] = withValue(list[head], rest, value)
    return list
  }
  const changed: Record<string, unknown> = { ...looseOf(root) }
  const next = withValue(changed[head], rest, value)
  if (isEmpty(next)) delete changed[head]
  else changed[head] = next
  return changed
}

/** Equal as content: the order of keys says nothing. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/** The next free code after those that stand: `SL-1`, `SL-2` → `SL-3`; without any, the stem and one. */
export function nextCode(codes: readonly string[], stem: string): string {
  const parts = /^(.*?)(\d+)$/.exec(codes.at(-1) ?? '')
  const start = parts?.[1] ?? stem
  for (let number = Number(parts?.[2] ?? 0) + 1; ; number++) {
    const code = `${start}${number}`
    if (!codes.includes(code)) return code
  }
}
