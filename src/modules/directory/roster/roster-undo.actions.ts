import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { requireImport } from './roster.actions.ts'
import { importReach, moveImport } from './roster-import.store.ts'
import { importInUse, restoreChanged, takeOffCreated } from './roster-undo.store.ts'

/** Undoes an import as a whole, as long as nothing has been built on it. */
export const undoRosterAction = action({
  name: 'directory.roster.undo',
  input: z.strictObject({ id: z.string() }),
  touches: async (work, input) => [(await requireImport(work.tx, input.id)).organizationNo],
  run: async (work, input) => {
    const roster = await requireImport(work.tx, input.id)
    if (!(await moveImport(work.tx, roster.id, { from: 'imported', to: 'undone', at: work.now })))
      throw new Problem('directory.roster_not_imported')
    if (await importInUse(work.tx, roster.no)) throw new Problem('directory.roster_in_use')
    const reach = await importReach(work.tx, roster.no)
    const write = {
      importNo: roster.no,
      today: work.today,
      recordedAt: work.now,
      recordedBy: work.actor.accountNo,
      reason: '撤销名册导入',
    }
    await restoreChanged(work.tx, write)
    await takeOffCreated(work.tx, write)
    const from = reach.from !== null && reach.from < work.today ? reach.from : work.today
    if (reach.organizationNos.length > 0) await work.emit(peopleChanged.of({ organizationNos: reach.organizationNos, from }))
    return { reply: { id: roster.id }, objects: [{ kind: 'roster_import', id: roster.id }] }
  },
})
