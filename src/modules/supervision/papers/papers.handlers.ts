import { whenHappens } from '../../../kernel/actions/events.ts'
import { measureRevoked } from '../appeals/appeals.events.ts'
import { withdrawPapersOf } from './papers.store.ts'

/** Of what the papers of each measure are made. */
const objectOf = { case_step: 'case', yellow_card: 'yellow_card', problem: 'problem' } as const

whenHappens(measureRevoked, async (work, { measure, measureId, revisions }) => {
  const since = measure === 'case_step' && revisions.length > 0 ? Math.min(...revisions) : 0
  await withdrawPapersOf(work, { kind: objectOf[measure], id: measureId, since }, '申诉成立，所依据的决定已撤销')
})
