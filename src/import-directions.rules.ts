import { cycles } from './import-cycles.rules.ts'
import { misplacedFiles } from './file-places.rules.ts'
import { globMatches, isTestFile, isWebFile, type Place, placeOf, resolve, roleOf } from './source-places.rules.ts'

/** The rules by the names under which a violation is reported. */
export const ruleNames = [
  'upward-import',
  'front-door',
  'pure-files',
  'web-server-apart',
  'tests-out-of-product',
  'no-cycles',
  'module-not-in-order',
  'file-role',
  'engine-callers',
  'unresolved-import',
] as const

export type RuleName = (typeof ruleNames)[number]

export type ImportForm = 'import' | 'import type' | 'export' | 'export type' | 'import()' | "import('').T" | 'new URL()' | 'glob'

export interface Import {
  readonly form: ImportForm
  /** As written; null where it is computed at run time. */
  readonly specifier: string | null
  readonly line: number
}

export interface SourceFile {
  readonly path: string
  readonly imports: readonly Import[]
  readonly namesEngine: boolean
  readonly declaresEngine: boolean
}

export interface Tree {
  readonly files: readonly SourceFile[]
  /** Every file that an import may name, read or not. */
  readonly known: ReadonlySet<string>
}

export interface HouseRules {
  readonly order: readonly string[]
  readonly pureRoles: readonly string[]
  readonly pureKernel: readonly string[]
  /** Kernel files that are not pure and made for the browser as well, such as the typed client. */
  readonly webKernel: readonly string[]
  readonly purePackages: readonly string[]
  readonly webRoles: readonly string[]
  readonly webPackages: readonly string[]
  readonly bothPackages: readonly string[]
  readonly roles: readonly string[]
  readonly forbiddenNames: readonly string[]
  readonly engineCallers: readonly string[]
}

export interface Violation {
  readonly rule: RuleName
  readonly file: string
  readonly says: string
}

interface Edge {
  readonly from: string
  readonly to: string
  readonly house: HouseRules
}

/** Everything in the tree that breaks a rule of the house; an empty list is a pass. */
export function violations(tree: Tree, house: HouseRules): Violation[] {
  const found = [...misplacedFiles(tree, house), ...engineViolations(tree, house), ...cycles(tree)]
  for (const file of tree.files) for (const one of file.imports) found.push(...judgeImport(file.path, one, { tree, house }))
  return found
}

function judgeImport(from: string, one: Import, { tree, house }: { tree: Tree; house: HouseRules }): Violation[] {
  const at = (rule: RuleName, says: string): Violation => ({ rule, file: `${from}:${one.line}`, says: `${one.form}: ${says}` })
  if (one.specifier === null) {
    return isProduct(from) ? [at('unresolved-import', 'a computed import cannot be checked; write the path out')] : []
  }
  if (!/^[./#]|^file:/.test(one.specifier)) {
    return packageFaults(from, one.specifier, house).map(([rule, says]) => at(rule, says))
  }
  if (one.form === 'glob' && !/[{[(!]/.test(one.specifier)) return judgeGlob(from, one, { tree, house })
  const to = resolve(from, one.specifier)
  if (!tree.known.has(to)) return [at('unresolved-import', `${one.specifier} names no file (paths end in .ts or .tsx)`)]
  const edge = { from, to, house }
  const faults: [RuleName, string | null][] = [
    ['upward-import', upward(edge)],
    ['front-door', aroundTheDoor(edge)],
    ['pure-files', impure(edge)],
    ['web-server-apart', acrossTheWire(edge)],
    ['tests-out-of-product', fromTests(edge)],
  ]
  return faults.flatMap(([rule, says]) => (says === null ? [] : [at(rule, says)]))
}

/** The bundler's glob is as many imports as it names files. */
function judgeGlob(from: string, one: Import, context: { tree: Tree; house: HouseRules }): Violation[] {
  const up = from
    .split('/')
    .slice(0, -1)
    .map(() => '..')
    .join('/')
  const named = globMatches(resolve(from, one.specifier ?? ''), context.tree.known)
  return named.flatMap((path) => judgeImport(from, { ...one, form: 'import', specifier: `${up}/${path}` }, context))
}

function upward(edge: Edge): string | null {
  const { from, to, house } = edge
  const target = placeOf(to)
  const source = placeOf(from)
  if (source.kind === 'ui') return uiFault(to, target, house)
  if (source.kind === 'module') return moduleFault(edge, source.module, target)
  const wordy = ['module', 'app', 'ui'].includes(target.kind)
  return source.kind === 'kernel' && wordy ? `the kernel knows nothing of ${to}` : null
}

function moduleFault({ from, to, house }: Edge, module: string, target: Place): string | null {
  if (target.kind === 'app') return `module ${module} may not import ${to}`
  if (target.kind === 'ui') return isWebFile(from) ? null : `only web files may import ${to}`
  if (target.kind !== 'module' || target.module === module) return null
  const [mine, theirs] = [house.order.indexOf(module), house.order.indexOf(target.module)]
  return theirs >= 0 && theirs < mine ? null : `${module} may not import ${target.module}, which stands to its right`
}

function uiFault(to: string, target: Place, house: HouseRules): string | null {
  if (target.kind === 'module' || target.kind === 'app') return `ui is wordless and may not import ${to}`
  return target.kind === 'kernel' && !isSharedKernel(to, house) && !isTestFile(to)
    ? `ui may not import ${to}, which is neither pure nor made for the browser`
    : null
}

function aroundTheDoor({ from, to }: Edge): string | null {
  const source = placeOf(from)
  const target = placeOf(to)
  if (target.kind !== 'module' || (source.kind === 'module' && source.module === target.module)) return null
  // What proves the whole may look behind the doors; the product, and a module's own tests, may not.
  if (source.kind !== 'module' && isTestFile(from)) return null
  const inside = to.slice(`src/modules/${target.module}/`.length)
  const door = inside === 'index.ts' || inside === 'web/index.ts' || roleOf(to) === 'contract'
  return door ? null : `${to} is behind the front door of ${target.module}`
}

function isPure(path: string, house: HouseRules): boolean {
  if (isTestFile(path)) return false
  const place = placeOf(path)
  if (place.kind === 'kernel') {
    return house.pureKernel.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry))
  }
  return house.pureRoles.includes(roleOf(path) ?? '')
}

function isSharedKernel(path: string, house: HouseRules): boolean {
  return placeOf(path).kind === 'kernel' && (isPure(path, house) || house.webKernel.includes(path))
}

/** Runs in the browser, whether or not the server runs it too. */
function reachesBrowser(path: string, house: HouseRules): boolean {
  return isWebFile(path) || house.webKernel.includes(path)
}

function impure({ from, to, house }: Edge): string | null {
  return isPure(from, house) && !isPure(to, house) ? `${to} is not pure` : null
}

function acrossTheWire({ from, to, house }: Edge): string | null {
  if (!isProduct(from) || !/\.tsx?$/.test(to) || !to.startsWith('src/')) return null
  if (!isWebFile(from) && isWebFile(to)) return `server code may not import ${to}`
  if (!reachesBrowser(from, house) || isWebFile(to)) return null
  const shared = placeOf(to).kind === 'kernel' ? isSharedKernel(to, house) : house.webRoles.includes(roleOf(to) ?? '')
  return shared ? null : `web code may not import ${to}`
}

function fromTests({ from, to }: Edge): string | null {
  return isProduct(from) && isTestFile(to) ? `product code may not import ${to}` : null
}

function isProduct(path: string): boolean {
  return !isTestFile(path)
}

function packageFaults(from: string, specifier: string, house: HouseRules): [RuleName, string][] {
  const faults: [RuleName, string][] = []
  const named = (list: readonly string[]) =>
    list.some((entry) => {
      const base = entry.replace(/\*$/, '')
      return specifier === entry || specifier.startsWith(base.endsWith('/') ? base : `${base}/`)
    })
  if (isPure(from, house) && !named(house.purePackages)) faults.push(['pure-files', `${specifier} is not pure`])
  if (isTestFile(from)) return faults
  if (reachesBrowser(from, house) && !named(house.webPackages) && !named(house.bothPackages)) {
    faults.push(['web-server-apart', `web code may not import ${specifier}`])
  }
  if (!isWebFile(from) && named(house.webPackages)) faults.push(['web-server-apart', `server code may not import ${specifier}`])
  return faults
}

function engineViolations(tree: Tree, house: HouseRules): Violation[] {
  const callers = tree.files.filter((file) => file.namesEngine && !file.declaresEngine && isProduct(file.path))
  const unlisted = callers.filter((file) => !house.engineCallers.includes(file.path))
  const stale = house.engineCallers.filter((path) => !callers.some((file) => file.path === path))
  return [
    ...unlisted.map(({ path }): Violation => {
      return { rule: 'engine-callers', file: path, says: 'speaks of asEngine and is not in src/engine-callers.json' }
    }),
    ...stale.map((path): Violation => ({ rule: 'engine-callers', file: path, says: 'is listed and no longer calls asEngine' })),
  ]
}
