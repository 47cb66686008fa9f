import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { statuses } from '../../rulebook/obligations/obligations.contract.ts'
import { toneOf } from '../../rulebook/web/index.ts'
import { type CaseState, caseStates } from '../cases/cases.lifecycle.ts'
import { standingOf } from './case-words.rules.ts'

const tones: Readonly<Record<CaseState, Tone>> = {
  proposed: 'missing',
  dismissed: 'none',
  reminded: 'late',
  supervised: 'late',
  reported: 'pending',
  closed: 'done',
}

interface Standing {
  readonly state: CaseState
  readonly waiting: boolean
  readonly overdueDays: number
}

/** Where a case stands: its state, that it waits above, that it is overdue. */
export function CaseTags({ of }: { of: Standing }) {
  return (
    <>
      <StatusTag tone={tones[of.state]}>{caseStates[of.state]}</StatusTag>
      {of.waiting && (
        <>
          {' '}
          <StatusTag tone="pending">等上级</StatusTag>
        </>
      )}
      {of.overdueDays > 0 && (
        <>
          {' '}
          <StatusTag tone="short">超期 {of.overdueDays} 天</StatusTag>
        </>
      )}
    </>
  )
}

/** How the obligation behind a case stands now. */
export function StandingTag({ status }: { status: string | null }) {
  const standing = standingOf(status)
  return standing === null ? <>－</> : <StatusTag tone={toneOf[standing]}>{statuses[standing]}</StatusTag>
}
