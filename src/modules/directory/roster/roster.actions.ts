import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import './roster.contract.ts'
import { importById, importReach, insertImport, moveImport, type RosterImport } from './roster-import.store.ts'
import { noteRosterProgress, requireStaged } from './roster-staging.store.ts'
import { walkRoster } from './roster-walk.store.ts'
import { writeDecided } from './roster-write.store.ts'
import type { Read } from '../../../kernel/database/handles.ts'

/** An import in the reader's scope; throws `directory.roster_not_found`. */
export async function requireImport(read: Read, id: string): Promise<RosterImport> {
  const found = await importById(read, id)
  if (!found) throw new Problem('directory.roster_not_found')
  return found
}

/** Notes an uploaded file; the check follows in the background. */
export const uploadRosterAction = action({
  name: 'directory.roster.upload',
  input: z.strictObject({ organizationId, fileName: z.string().max(200), sha256: z.string() }),
  touches: async (work, input) => [(await organizationById(work.tx, input.organizationId)).no],
  run: async (work, input) => {
    const organization = await organizationById(work.tx, input.organizationId)
    const { fileName, sha256 } = input
    const { id } = await insertImport(work.tx, {
      organizationNo: organization.no,
      accountNo: work.actor.accountNo,
      fileName,
      sha256,
      at: work.now,
    })
    return {
      reply: { id },
      objects: [
        { kind: 'roster_import', id },
        { kind: 'organization', id: organization.id },
      ],
      fields: { fileName, sha256 },
    }
  },
})

/** Imports a checked roster: reads the file once more against the database of now, and writes all of it or nothing. */
export const applyRosterAction = action({
  name: 'directory.roster.apply',
  input: z.strictObject({ id: z.string() }),
  touches: async (work, input) => [(await requireImport(work.tx, input.id)).organizationNo],
  run: async (work, input) => {
    const roster = await requireImport(work.tx, input.id)
    if (!(await moveImport(work.tx, roster.id, { from: 'checked', to: 'imported', at: work.now })))
      throw new Problem('directory.roster_not_checked')
    const write = {
      importNo: roster.no,
      today: work.today,
      recordedAt: work.now,
      recordedBy: work.actor.accountNo,
      reason: '名册导入',
    }
    const found = await walkRoster(work.tx, {
      path: await requireStaged(roster.id),
      organizationNo: roster.organizationNo,
      today: work.today,
      crypto: work.platform.crypto,
      onProgress: (fraction) => noteRosterProgress(roster.id, fraction),
      take: (decided) => writeDecided(work.tx, decided, write),
    }).finally(() => noteRosterProgress(roster.id, null))
    if (found.mistakesTotal > 0) throw new Problem('directory.roster_mistakes')
    const reach = await importReach(work.tx, roster.no)
    const from = reach.from !== null && reach.from < work.today ? reach.from : work.today
    if (reach.organizationNos.length > 0) await work.emit(peopleChanged.of({ organizationNos: reach.organizationNos, from }))
    return {
      reply: { id: roster.id, created: found.create, changed: found.change },
      objects: [{ kind: 'roster_import', id: roster.id }],
      fields: { created: found.create, changed: found.change },
    }
  },
})
