import { useCall } from '../../../ui/use-call.ts'
import { funnel } from '../cases/cases.contract.ts'
import styles from './cases.module.css'

export interface CaseStagesProps {
  readonly under: string | undefined
  readonly state: string | undefined
  readonly onPick: (state: string | undefined) => void
}

/** How many cases stand at each stage; a stage narrows the list to itself, pressed again it lets go. */
export function CaseStages(props: CaseStagesProps) {
  const read = useCall(funnel, { query: props.under ? { under: props.under } : {} }, { keepPrevious: true })
  if (!read.data) return null
  return (
    <div className={styles.stages} role="group" aria-label="各环节现有项数，点一下只看这一环节">
      {read.data.stages.map((stage) => (
        <button
          key={stage.state}
          type="button"
          aria-pressed={props.state === stage.state}
          onClick={() => props.onPick(props.state === stage.state ? undefined : stage.state)}
        >
          {stage.name} <b>{stage.count}</b>
        </button>
      ))}
    </div>
  )
}
