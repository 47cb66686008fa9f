import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { province } from '../src/app/demonstration/province-directory.ts'
import { measureCockpit } from './cockpit.bench.ts'
import { measureFreshness } from './freshness.bench.ts'
import { measureImport } from './import.bench.ts'
import { keepPlans } from './kept-plans.ts'
import { type Figure, load } from './measuring.ts'
import { measureLoaded, openCity, openProvince, type Place, productRoot, say } from './place.ts'
import { measurePublish } from './publish.bench.ts'
import { measureRebuild } from './rebuild.bench.ts'
import { measureRecord } from './record.bench.ts'
import { measureRosterRead } from './roster-read.bench.ts'
import { measureSignIn } from './sign-in.bench.ts'
import { measureStart } from './start.bench.ts'

interface Places {
  city(): Promise<Place>
  /** Null where the size has none. */
  readonly province: Place | null
  /** How often a year is computed again: of a whole province once, since that takes half an hour. */
  readonly rounds: 1 | 2
}

/** Each part by name; in an order in which no part leaves behind what another measures. */
const parts: Record<string, (places: Places) => Promise<Figure[]>> = {
  'roster-read': () => measureRosterRead(),
  start: () => measureStart(),
  'sign-in': async ({ city }) => measureSignIn(await city()),
  cockpit: async ({ city, province: large }) => measureCockpit(large ?? (await city())),
  record: async ({ city, province: large }) => measureRecord([await city(), ...(large ? [large] : [])]),
  loaded: async ({ province: large }) => (large ? measureLoaded(large) : []),
  // Where there is a province, the city is not measured again: one at a time, since a rebuild of the province takes minutes.
  rebuild: async ({ city, province: large, rounds }) => measureRebuild(large ?? (await city()), rounds),
  publish: async ({ city, province: large }) => measurePublish(large ?? (await city())),
  freshness: async ({ city, province: large }) => [
    ...(await measureFreshness(await city())),
    ...(large ? await measureFreshness(large) : []),
  ],
  import: async ({ city }) => measureImport(await city()),
  plans: async ({ city, province: large }) => {
    await keepPlans(large ?? (await city()), path.join(productRoot, 'bench/plans.md'))
    return []
  },
}

/** What is measured at: a city, and a province with so many units in each of its hundred cities. */
interface Size {
  readonly city: 'small' | 'city'
  readonly unitsPerCity: number | null
}
const sizes: Record<string, Size> = {
  small: { city: 'small', unitsPerCity: 1 },
  city: { city: 'city', unitsPerCity: null },
  tenth: { city: 'city', unitsPerCity: 4 },
  quarter: { city: 'city', unitsPerCity: 10 },
  province: { city: 'city', unitsPerCity: province.unitsPerCity },
}

interface Asked {
  readonly only: readonly string[]
  readonly size: Size
}

function readArguments(given: readonly string[]): Asked {
  const after = (name: string) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined)
  const only = after('--only')?.split(',') ?? Object.keys(parts).filter((name) => name !== 'plans')
  const unknown = only.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) throw new RangeError(`没有这一项：${unknown.join('、')}。可选：${Object.keys(parts).join('、')}`)
  const size = sizes[after('--size') ?? 'small']
  if (!size) throw new RangeError(`没有这个规模。可选：${Object.keys(sizes).join('、')}`)
  return { only, size }
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2))
  const folder = path.join(productRoot, '.cache/bench')
  await mkdir(folder, { recursive: true })
  const begun = performance.now()
  say(`负载 ${load()}`)
  const { city: scale, unitsPerCity } = asked.size
  const large =
    unitsPerCity === null
      ? null
      : await openProvince(path.join(folder, `province-${unitsPerCity}`), { ...province, unitsPerCity })
  const opened: Place[] = large ? [large] : []
  const city = async () => {
    const known = opened.find((place) => place !== large)
    if (known) return known
    const made = await openCity(path.join(folder, scale), scale)
    opened.push(made)
    return made
  }
  const places: Places = { city, province: large, rounds: unitsPerCity === province.unitsPerCity ? 1 : 2 }
  const figures: Figure[] = []
  try {
    for (const name of asked.only) {
      const found = (await parts[name]?.(places)) ?? []
      figures.push(...found)
      for (const figure of found) process.stdout.write(`${line(figure)}\n`)
    }
  } finally {
    for (const place of opened) await place.close()
  }
  const seconds = Math.round((performance.now() - begun) / 1000)
  say(`用时 ${seconds} 秒，负载 ${load()}`)
  await writeFile(path.join(folder, 'figures.json'), JSON.stringify({ at: new Date(), seconds, load: load(), figures }, null, 2))
}

function line({ name, value, target, met }: Figure): string {
  const judged = target === undefined ? '' : `　${met ? '达到' : '未达到'}（${target}）`
  return `${name}：${value}${judged}`
}

await main()
