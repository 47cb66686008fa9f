import { whenHappens } from '../../../kernel/actions/events.ts'
import { organizationEnded } from '../../directory/index.ts'
import { obligationsChanged } from '../../rulebook/index.ts'
import { handOverRecords } from '../records/succession.store.ts'
import { proposeCases } from './proposals.store.ts'
import { handOverCases } from './succession.store.ts'

whenHappens(obligationsChanged, async (work, { changes }) => {
  await proposeCases(work.tx, { changes, at: work.now })
})

whenHappens(organizationEnded, async (work, { organizationNo, successorNo }) => {
  if (successorNo === null) return
  const move = { from: organizationNo, to: successorNo }
  await handOverCases(work, move)
  await handOverRecords(work, move)
})
