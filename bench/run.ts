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
  /** Null unless asked for: loading takes long. */
  readonly province: Place | null
}

/** Each part by name; in an order in which no part leaves behind what another measures. */
const parts: Record<string, (places: Places) => Promise<Figure[]>> = {
  'roster-read': () => measureRosterRead(),
  start: () => measureStart(),
  'sign-in': async ({ city }) => measureSignIn(await city()),
  // One place at a time, `city` and `province`: `--only cockpit --province` measures the province alone.
  cockpit: async ({ city, province: large }) => measureCockpit(large ?? (await city())),
  record: async ({ city, province: large }) => measureRecord([await city(), ...(large ? [large] : [])]),
  loaded: async ({ province: large }) => (large ? measureLoaded(large) : []),
  // Where there is a province, the city is not measured again: one at a time, since a rebuild of the province takes minutes.
  rebuild: async ({ city, province: large }) => (large ? measureRebuild(large) : measureRebuild(await city())),
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

interface Asked {
  readonly only: readonly string[]
  readonly large: boolean
  /** `--units-per-city 10` makes a province of a quarter of the branches. */
  readonly shape: typeof province
}

function readArguments(given: readonly string[]): Asked {
  const after = (name: string) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined)
  const only = after('--only')?.split(',') ?? Object.keys(parts).filter((name) => name !== 'plans')
  const unknown = only.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) throw new RangeError(`没有这一项：${unknown.join('、')}。可选：${Object.keys(parts).join('、')}`)
  const units = Number(after('--units-per-city') ?? province.unitsPerCity)
  return { only, large: given.includes('--province'), shape: { ...province, unitsPerCity: units } }
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2))
  const folder = path.join(productRoot, '.cache/bench')
  await mkdir(folder, { recursive: true })
  const begun = performance.now()
  say(`负载 ${load()}`)
  const large = asked.large ? await openProvince(path.join(folder, `province-${asked.shape.unitsPerCity}`), asked.shape) : null
  const opened: Place[] = large ? [large] : []
  const city = async () => {
    const known = opened.find((place) => place !== large)
    if (known) return known
    const made = await openCity()
    opened.push(made)
    return made
  }
  const places: Places = { city, province: large }
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
