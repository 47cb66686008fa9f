import { Go } from '../../../../ui/go.tsx'
import type { Measure } from '../../appeals/appeals.lifecycle.ts'

/** The way to appeal against a measure, beside where the measure stands. */
export function AppealLink(props: { measure: Measure; id: string; revision?: number }) {
  const query = new URLSearchParams({
    measure: props.measure,
    of: props.id,
    ...(props.revision && { step: String(props.revision) }),
  })
  return (
    <p>
      <Go to={`/appeals/new?${query}`}>对这个决定申诉</Go>（作出后十个工作日内，由另外的人复核）
    </p>
  )
}
