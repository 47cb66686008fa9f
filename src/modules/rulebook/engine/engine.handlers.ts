import { whenHappens } from '../../../kernel/actions/events.ts'
import { organizationMoved, peopleChanged, treeChanged } from '../../directory/index.ts'
import { shiftCells } from './cells.store.ts'
import { factsChanged, owedChanged } from './engine.actions.ts'

/** Duties follow the people and the tree: recomputed in the transaction that changed them. */
export function listenToDirectory(): void {
  whenHappens(organizationMoved, async (work, moved) => {
    await shiftCells(work.tx, moved)
  })
  whenHappens(treeChanged, async (work, { organizationNos, on }) => {
    await owedChanged(work.tx)
    await factsChanged(work, { organizations: organizationNos, dates: [on, work.today] })
  })
  whenHappens(peopleChanged, async (work, { organizationNos, from }) => {
    await owedChanged(work.tx)
    await factsChanged(work, { organizations: organizationNos, dates: [from, work.today] })
  })
}
