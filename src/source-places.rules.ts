/** Where a file stands. `house` is the machinery at the root of src that keeps these rules; it is never product. */
export type Place =
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'kernel' | 'app' | 'ui' | 'house' | 'outside' }

/** The place of a file by its path from the top of the repository. */
export function placeOf(path: string): Place {
  const [top, second, third, ...rest] = path.split('/')
  if (top !== 'src' || second === undefined) return { kind: 'outside' }
  if (second === 'modules' && third !== undefined && rest.length > 0) return { kind: 'module', module: third }
  if (second === 'kernel' || second === 'app' || second === 'ui') return { kind: second }
  return { kind: 'house' }
}

/** Runs in the browser: `web/` of a module, the wordless components, the web entry. */
export function isWebFile(path: string): boolean {
  return /^src\/(ui\/|app\/web\/|modules\/[^/]+\/(.+\/)?web\/)/.test(path)
}

/** Tests, what serves only tests, and the house's own machinery. */
export function isTestFile(path: string): boolean {
  if (/\.(test|spec)\.tsx?$/.test(path)) return true
  if (path.startsWith('tests/') || path.startsWith('bench/') || path.startsWith('src/kernel/testing/')) return true
  return placeOf(path).kind === 'house'
}

/** The role in a file's name: `rules` of `quorum.rules.ts`; null without one. */
export function roleOf(path: string): string | null {
  const name = path.split('/').at(-1) ?? ''
  return /^[^.]+\.([a-z]+)\.tsx?$/.exec(name)?.[1] ?? null
}

/** The path that a relative specifier names; query suffixes of the bundler (`?raw`) are dropped. */
export function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const step of specifier.replace(/\?.*$/, '').split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

/** The files that a glob with `*` and `**` names; braces and brackets are not read and match nothing. */
export function globMatches(pattern: string, known: ReadonlySet<string>): string[] {
  const parts = pattern.split(/(\*\*\/?|\*)/).map((part) => {
    if (part.startsWith('**')) return '(.*/)?'
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  const shape = new RegExp(`^${parts.join('')}$`)
  return [...known].filter((path) => shape.test(path))
}
