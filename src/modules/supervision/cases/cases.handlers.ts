import { whenHappens } from '../../../kernel/actions/events.ts'
import { obligationsChanged } from '../../rulebook/index.ts'
import { proposeCases } from './proposals.store.ts'

whenHappens(obligationsChanged, async (work, { changes }) => {
  await proposeCases(work.tx, { changes, at: work.now })
})
