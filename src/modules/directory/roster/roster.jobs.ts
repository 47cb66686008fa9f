import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { requireImport } from './roster.actions.ts'
import { keepFindings, keepRefusal, moveImport, type RosterState } from './roster-import.store.ts'
import { dropStaged, noteRosterProgress, requireStaged } from './roster-staging.store.ts'
import { type RosterFindings, walkRoster } from './roster-walk.store.ts'

const running = new Map<string, Promise<void>>()

/** Begins to check an uploaded roster beside the requests, once; the import's row tells how it ended. */
export function beginRosterCheck(platform: Platform, actor: Actor, id: string): void {
  if (running.has(id)) return
  const check = checkRoster(platform, actor, id)
    .catch((error: unknown) => platform.log.error('roster_check_lost', { import: id, ...errorFields(error) }))
    .finally(() => running.delete(id))
  running.set(id, check)
}

/** Waits for the checks that are running in this process; before it stops. */
export async function rosterChecksEnded(): Promise<void> {
  await Promise.all(running.values())
}

async function checkRoster(platform: Platform, actor: Actor, id: string): Promise<void> {
  try {
    const found = await readAs(platform.database, actor, async (read) => {
      const { organizationNo, state } = await requireImport(read, id)
      if (state !== 'checking') return null
      return walkRoster(read, {
        path: await requireStaged(id),
        organizationNo,
        today: platform.clock.today(),
        crypto: platform.crypto,
        onProgress: (fraction) => noteRosterProgress(id, fraction),
      })
    })
    if (found) await settle(platform, id, { to: found.mistakesTotal === 0 && found.rows > 0 ? 'checked' : 'refused', found })
  } catch (error) {
    const problem = error instanceof Problem ? error : null
    if (!problem) platform.log.error('roster_check_failed', { import: id, ...errorFields(error) })
    const message = problem?.detail ?? '核对时系统出错，没有保存任何内容。请稍后重新上传。'
    await settle(platform, id, { to: problem ? 'refused' : 'failed', message })
  } finally {
    noteRosterProgress(id, null)
  }
}

async function settle(
  platform: Platform,
  id: string,
  end: { to: RosterState; found?: RosterFindings; message?: string },
): Promise<void> {
  await writeAsSystem(platform.database, async (tx) => {
    if (end.found) await keepFindings(tx, id, end.found)
    if (end.found?.rows === 0) await keepRefusal(tx, id, '表头下面没有人员。请填写后再上传。')
    if (end.message) await keepRefusal(tx, id, end.message)
    await moveImport(tx, id, { from: 'checking', to: end.to, at: platform.clock.now() })
  })
  if (end.to !== 'checked') await dropStaged(`${id}.xlsx`)
}

/**
 * Ends what nobody will finish: checks that a stopped process left, and rosters that lay checked for a day. Their files hold
 * personal data in clear and are deleted. To be run at the start and every hour.
 */
export async function forgetStaleRosters(platform: Platform): Promise<number> {
  const before = new Date(platform.clock.now().getTime() - 24 * 3_600_000)
  const stale = await writeAsSystem(platform.database, async (tx) => {
    const { rows } = await sql<{ id: string }>`update directory.roster_imports set state = 'failed', staged_path = null
      where (state = 'checked' and created_at < ${before}) or (state = 'checking' and not id = any (${[...running.keys()]}::text[])
        and created_at < ${new Date(platform.clock.now().getTime() - 600_000)}) returning id`.execute(writing<'directory'>(tx))
    return rows
  })
  for (const { id } of stale) await dropStaged(`${id}.xlsx`)
  return stale.length
}
