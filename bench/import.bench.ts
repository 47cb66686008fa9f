import { fork } from 'node:child_process'
import { once } from 'node:events'
import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { reading } from '../src/kernel/database/handles.ts'
import { readAsSystem } from '../src/kernel/database/transaction.ts'
import type { RosterImportPage } from '../src/modules/directory/roster/roster.contract.ts'
import { rootOf } from './branches.ts'
import { type Figure, load } from './measuring.ts'
import type { Place } from './place.ts'
import { writeRosterFile } from './roster-file.ts'
import { visit, type Visitor } from './serving.ts'

const mib = 1024

/** Full names of branches that one name stands for. */
export async function branchNames(place: Place): Promise<string[]> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{ name: string }>`select n.name from directory.organizations o
      join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
      where o.kind = 'branch' and o.dissolved_on is null group by n.name having count(*) = 1 order by n.name`.execute(
      reading<'directory'>(read),
    ),
  )
  return found.rows.map(({ name }) => name)
}

async function serverFor(place: Place) {
  const entry = fileURLToPath(new URL('roster-server.ts', import.meta.url))
  const server = fork(entry, [place.folder], {
    env: { ...process.env, BENCH_DATABASE: place.appUrl },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [first] = (await once(server, 'message')) as [{ origin: string }]
  return {
    origin: first.origin,
    memory: async () => {
      const answered = once(server, 'message')
      server.send('memory')
      const [told] = (await answered) as [{ peakKb: number; rssKb: number }]
      return told
    },
    end: () => server.disconnect(),
  }
}

/** Uploads and waits for the check; answers the import's id. */
export async function check(officer: Visitor, { file, root }: { file: string; root: string }): Promise<string> {
  const form = new FormData()
  form.append('file', await openAsBlob(file), '名册.xlsx')
  const { id } = await officer.post<{ id: string }>(`/api/v1/roster-imports?organization=${root}`, form)
  for (;;) {
    const page = await officer.get<RosterImportPage>(`/api/v1/roster-imports/${id}`)
    if (page.state === 'checked') return id
    if (page.state !== 'checking') throw new Error(`the roster was refused: ${JSON.stringify(page.mistakes.slice(0, 3))}`)
    await pause(50)
  }
}

/**
 * One roster over HTTP, by the committee's officer: uploaded and checked, imported with everything that follows from it, undone.
 * The server runs in a process of its own; its peak memory is the system's, from the start on.
 */
export async function measureImport(place: Place, rows = 50_000): Promise<Figure[]> {
  const file = path.join(place.folder, 'bench-roster.xlsx')
  await writeRosterFile(file, rows, await branchNames(place))
  const root = (await rootOf(place)).id
  const server = await serverFor(place)
  try {
    const officer = await visit(server.origin, 'gongwei')
    const before = await server.memory()
    const times = [performance.now()]
    const id = await check(officer, { file, root })
    times.push(performance.now())
    const afterCheck = await server.memory()
    await officer.post(`/api/v1/roster-imports/${id}/apply`, {})
    times.push(performance.now())
    const peak = (await server.memory()).peakKb / mib
    await officer.post(`/api/v1/roster-imports/${id}/undo`, {})
    times.push(performance.now())
    const afterUndo = (await server.memory()).peakKb / mib
    const [checked = 0, applied = 0, undone = 0] = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000)
    const mb = (kb: number) => Math.round(kb / mib)
    return [
      {
        name: `导入名册 ${rows.toLocaleString('en')} 行：${place.size}`,
        value: `核对 ${checked.toFixed(1)} s，导入 ${applied.toFixed(1)} s，撤销 ${undone.toFixed(1)} s，负载 ${load()}`,
        target: '核对 + 导入 < 30 s',
        met: checked + applied < 30,
      },
      {
        name: '导入时的内存（整个服务进程）',
        value: `开始前 ${mb(before.rssKb)} MB，核对后峰值 ${mb(afterCheck.peakKb)} MB，导入后峰值 ${Math.round(peak)} MB，撤销后峰值 ${Math.round(afterUndo)} MB`,
        target: '< 400 MB',
        met: afterUndo < 400,
      },
    ]
  } finally {
    server.end()
    await rm(file, { force: true })
  }
}
