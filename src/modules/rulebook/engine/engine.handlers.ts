import { whenHappens } from '../../../kernel/actions/events.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { organizationMoved, peopleChanged, treeChanged } from '../../directory/index.ts'
import { shiftCells } from './cells.store.ts'
import { factsChanged, owedChanged } from './engine.actions.ts'

/** Duties follow the people and the tree: recomputed in the transaction that changed them. */
export function listenToDirectory(): void {
  whenHappens(organizationMoved, async (work, moved) => {
    await shiftCells(work.tx, moved)
  })
  // Who stood above on the day before is touched as well: what is asked of a register counts those below.
  whenHappens(treeChanged, async (work, { organizationNos, on }) => {
    await owedChanged(work.tx, { organizations: organizationNos })
    await factsChanged(work, { organizations: organizationNos, dates: [addDays(on, -1), work.today] })
  })
  whenHappens(peopleChanged, async (work, { organizationNos, from }) => {
    await owedChanged(work.tx, { organizations: organizationNos })
    await factsChanged(work, { organizations: organizationNos, dates: [from, work.today] })
  })
}
