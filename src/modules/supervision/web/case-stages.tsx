import { CountChips } from '../../../ui/count-chips.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { funnel } from '../cases/cases.contract.ts'

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
    <CountChips
      label="各环节现有项数，点一下只看这一环节"
      chips={read.data.stages.map(({ state, name, count }) => ({ key: state, name, count }))}
      picked={props.state}
      onPick={props.onPick}
    />
  )
}
