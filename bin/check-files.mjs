// Judgements on files that no tool makes for us. Each takes the folder of the checkout and answers with sentences; none is a pass.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Files that belong to the repository: tracked, or new and not ignored. */
function ownFiles(root) {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 1 << 26,
  })
  const found = listed.status === 0 ? listed.stdout.toString('utf8').split('\0').filter(Boolean) : walk(root, '')
  return found.filter((file) => existsSync(path.join(root, file)))
}

/** The same for a copy that came without its history. */
function walk(root, folder) {
  const skipped = new Set(['node_modules', 'dist', 'data', '.git', '.cache', 'coverage', 'test-results', 'playwright-report'])
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(root, file)
    return entry.isFile() ? [file] : []
  })
}

/** Text, or undefined for pictures and other binary files. */
function textOf(root, file) {
  const content = readFileSync(path.join(root, file))
  return content.includes(0) ? undefined : content.toString('utf8')
}

/** npm writes entries without a version when a platform's binary is missing from the registry; `npm ci` then fails elsewhere. */
export function faultsInLock(root) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const unversioned = Object.entries(packages).filter(([place, entry]) => place !== '' && !entry.link && !entry.version)
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))
  return [
    ...unversioned.map(([place]) => `package-lock.json: ${place} has no version`),
    ...loose.map(([name, version]) => `package.json: ${name} is not pinned (${version})`),
  ]
}

// Built from pieces, so that this file does not count itself.
const waiver = new RegExp(
  ['(oxlint|eslint|biome)-(disable|ignore)', '@ts-(ignore|expect-error|nocheck)', '(v8|c8|istanbul) ignore'].join('|'),
  'g',
)

/** The number of waivers may only fall: when it has, `waivers.json` must say so. */
export function faultsInWaivers(root) {
  const { most } = JSON.parse(readFileSync(path.join(root, 'waivers.json'), 'utf8'))
  const found = ownFiles(root)
    .filter(
      (file) =>
        /^(src|tests|bench|bin)\/.*\.(ts|tsx|mjs|css)$/.test(file) && !['src/lint.test.ts', 'bin/check-files.mjs'].includes(file),
    )
    .flatMap((file) => {
      const lines = (textOf(root, file) ?? '').split('\n')
      return lines.flatMap((line, index) => (line.match(waiver) ?? []).map(() => `${file}:${index + 1}: ${line.trim()}`))
    })
  if (found.length > most) return [`${found.length} waivers, and waivers.json allows ${most}:`, ...found]
  return found.length < most ? [`only ${found.length} waivers are left: set "most" in waivers.json to ${found.length}`] : []
}

/** Forward-only migrations: a date and minute, the module, a verb and what; no two in the same minute. */
export function faultsInMigrations(root) {
  const modules = JSON.parse(readFileSync(path.join(root, 'src/module-order.json'), 'utf8'))
  const folder = path.join(root, 'db/migrations')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const shape = new RegExp(
    `^\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])([01]\\d|2[0-3])[0-5]\\d-(kernel|${modules.join('|')})(-[a-z0-9]+){2,}\\.sql$`,
  )
  const seen = new Map()
  return names.flatMap((name) => {
    const minute = name.slice(0, 12)
    const twin = seen.get(minute)
    seen.set(minute, name)
    return [
      ...(shape.test(name) ? [] : [`db/migrations/${name}: the name is not <yyyymmddhhmm>-<module>-<verb>-<what>.sql`]),
      ...(twin ? [`db/migrations/${name}: the same minute as ${twin}`] : []),
    ]
  })
}

// Absolute folders of one machine, where nothing but a quote, a blank or a bracket stands before them; pieces, as above.
const folders = ['home', 'root', 'tmp', 'work', 'Users', 'var/tmp', 'opt/work']
const machinePath = new RegExp(`(?:^|[\\s'"\`(=:])(/(?:${folders.join('|')})(?:/[\\w.-]+|(?=['"\`\\s),;]|$)))`, 'g')

/** The project speaks of itself alone: no tracked text names a folder of somebody's machine. */
export function faultsInPaths(root) {
  return ownFiles(root)
    .filter((file) => file !== 'package-lock.json' && file !== 'bin/check-files.mjs')
    .flatMap((file) => {
      const lines = (textOf(root, file) ?? '').split('\n')
      return lines.flatMap((line, index) => [...line.matchAll(machinePath)].map((match) => `${file}:${index + 1}: ${match[1]}`))
    })
}
