import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { reading } from '../src/kernel/database/handles.ts'
import { writeAsSystem } from '../src/kernel/database/transaction.ts'
import { startLoop } from '../src/kernel/jobs/loop.ts'
import { recomputeRequirements, updateCells } from '../src/modules/rulebook/index.ts'
import { type Branch, recordThemeDay, someBranches } from './branches.ts'
import { type Figure, halfAndMost, load, timed } from './measuring.ts'
import type { Place } from './place.ts'

const everyMs = 200

/** Asks so many theme days a month; answers the versions of the requirement that are live. */
async function asking(place: Place, code: string, times: number): Promise<number[]> {
  return writeAsSystem(place.platform.database, async (tx) => {
    const changed = await sql<{
      no: number
    }>`update rulebook.requirements set target = ${JSON.stringify({ at_least: times })}::jsonb
      where code = ${code} and enabled and awaits is null returning no`.execute(reading<'rulebook'>(tx))
    return changed.rows.map(({ no }) => no)
  })
}

/** Theme days at a steady, slow rate until told to stop; answers how long each took. */
function recording(place: Place, branches: readonly Branch[]): { stop(): Promise<number[]> } {
  const took: number[] = []
  let going = true
  const done = (async () => {
    for (let n = 0; going; n += 1) {
      const branch = branches[n % branches.length]
      if (!branch) break
      const one = await timed(() => recordThemeDay(place, branch))
      took.push(one)
      await pause(Math.max(0, everyMs - one))
    }
  })()
  return {
    stop: async () => {
      going = false
      await done
      return took
    },
  }
}

/**
 * The job that follows the publishing of one changed requirement (theme days: two a month instead of one), while branches go on
 * recording theme days, which is the requirement that the job computes again. Then the same for the way back.
 */
export async function measurePublish(place: Place): Promise<Figure[]> {
  const branches = await someBranches(place, 2_000)
  const updater = startLoop({
    name: 'cells',
    every: 300,
    log: place.platform.log,
    run: () => writeAsSystem(place.platform.database, (tx) => updateCells(tx)),
  })
  const calm = recording(place, branches)
  await pause(15_000)
  const before = await calm.stop()
  const busy = recording(place, branches)
  const jobs: { seconds: number; requirements: number; organizations: number; changes: number; portions: number }[] = []
  for (const times of [2, 1]) {
    const requirements = await asking(place, 'ZB14', times)
    const job = { seconds: 0, requirements: requirements.length, organizations: 0, changes: 0, portions: 0 }
    const progress = () => {
      job.portions += 1
      return Promise.resolve()
    }
    const running = { id: null, payload: { requirements }, attempt: 1, signal: new AbortController().signal, progress }
    const took = await timed(async () => {
      const { organizations } = await recomputeRequirements(place.platform, running, (_, changes) => {
        job.changes += changes.length
        return Promise.resolve()
      })
      job.organizations = organizations
    })
    jobs.push({ ...job, seconds: took / 1000 })
  }
  const during = await busy.stop()
  await updater.stop()
  const [there, back] = jobs
  const line = (job: typeof there) =>
    job
      ? `${job.seconds.toFixed(1)} s（${job.organizations.toLocaleString('en')} 个组织，分 ${job.portions} 份，改了 ${job.changes.toLocaleString('en')} 项）`
      : ''
  return [
    {
      name: `发布一项修改后的要求，只重算它和数它的：${place.size}`,
      value: `${line(there)}；改回 ${line(back)}，负载 ${load()}`,
    },
    {
      name: `同时记会议（每 ${everyMs} 毫秒一次）：${place.size}`,
      value: `平时 ${halfAndMost(before)}；重算时 ${halfAndMost(during)}`,
    },
  ]
}
