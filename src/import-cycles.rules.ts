import type { Tree, Violation } from './import-directions.rules.ts'
import { resolve } from './source-places.rules.ts'

/** Forms that load the other file while this one loads; types and dynamic imports do not. */
const loading = new Set(['import', 'export'])

/** Circles of files that load each other, each reported once with its way round. */
export function cycles(tree: Tree): Violation[] {
  const edges = new Map(tree.files.map((file) => [file.path, loadedBy(file, tree)]))
  const done = new Set<string>()
  const found: Violation[] = []
  const walk = (path: string, way: string[]) => {
    const seenAt = way.indexOf(path)
    if (seenAt >= 0) {
      const circle = [...way.slice(seenAt), path]
      found.push({ rule: 'no-cycles', file: path, says: circle.join(' → ') })
      return
    }
    if (done.has(path)) return
    for (const next of edges.get(path) ?? []) walk(next, [...way, path])
    done.add(path)
  }
  for (const path of edges.keys()) walk(path, [])
  return found
}

function loadedBy(file: Tree['files'][number], tree: Tree): string[] {
  return file.imports
    .filter((one) => loading.has(one.form) && one.specifier?.startsWith('.'))
    .map((one) => resolve(file.path, one.specifier ?? ''))
    .filter((path) => tree.known.has(path))
}
