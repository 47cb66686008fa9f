import type { HouseRules, Tree, Violation } from './import-directions.rules.ts'
import { isWebFile, placeOf } from './source-places.rules.ts'

/** Modules that the order does not know and files whose name tells no role. */
export function misplacedFiles(tree: Tree, house: HouseRules): Violation[] {
  const found: Violation[] = []
  const strangers = new Set<string>()
  for (const path of [...tree.known].filter((one) => one.startsWith('src/'))) {
    const place = placeOf(path)
    if (place.kind === 'module' && !house.order.includes(place.module)) strangers.add(place.module)
    const says = nameFault(path, house)
    if (says) found.push({ rule: 'file-role', file: path, says })
  }
  for (const module of strangers) {
    found.push({ rule: 'module-not-in-order', file: `src/modules/${module}`, says: 'is not in src/module-order.json' })
  }
  return found
}

function nameFault(path: string, house: HouseRules): string | null {
  const place = placeOf(path)
  const parts = path.split('/').slice(1)
  const words = parts.flatMap((part, depth) => {
    const isModuleName = place.kind === 'module' && (depth === 1 || part.startsWith(`${place.module}.`))
    return isModuleName ? part.split('.').slice(1) : part.split('.')
  })
  const forbidden = words.find((word) => house.forbiddenNames.includes(word.split('-').at(-1) ?? ''))
  if (forbidden) return `the name ${forbidden} says nothing of what is inside`
  if (place.kind === 'house' && path.startsWith('src/modules/')) return 'a file belongs inside a module'
  return place.kind === 'module' ? roleFault(path, house) : null
}

function roleFault(path: string, house: HouseRules): string | null {
  const name = path.split('/').at(-1) ?? ''
  if (name === 'index.ts' || name === 'README.md') return null
  if (/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?(\.db)?\.test\.tsx?$/.test(name)) return null
  if (
    isWebFile(path) &&
    /^[a-z0-9]+(-[a-z0-9]+)*(\.page)?\.(tsx|css|module\.css)$|^[a-z0-9]+(-[a-z0-9]+)*\.client\.ts$/.test(name)
  )
    return null
  const role = /^[a-z0-9]+(-[a-z0-9]+)*\.([a-z]+)\.ts$/.exec(name)?.[2]
  return role && house.roles.includes(role) ? null : `the name tells no role (${house.roles.join(', ')})`
}
