import { type CaseAction, caseLifecycle, type CaseState } from './cases.lifecycle.ts'
import { ladderTable, type LadderVerb, type Rung } from './ladder.lifecycle.ts'

/** A step of a case as it was written. */
export interface WrittenStep {
  readonly revision: number
  readonly action: string
  readonly body: Readonly<Record<string, unknown>>
  readonly by: number
  readonly at: Date
}

/** A case as its steps make it when some are taken back. */
export interface FoldedCase {
  readonly state: CaseState
  readonly rung: Rung | null
  readonly dueOn: string | null
  readonly ownerNo: number | null
  readonly remedies: string | null
  readonly report: { readonly text: string; readonly by: number; readonly at: Date } | null
  readonly openedBy: number | null
  /** Revisions of steps that could not have been taken without those taken back. */
  readonly fallen: readonly number[]
}

type Folding = { -readonly [Key in keyof FoldedCase]: FoldedCase[Key] } & { fallen: number[] }

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
const clockless = new Set(['pause', 'resume', 'hand_over', 'revoke', 'escalate'])

function take(on: Folding, step: WrittenStep): void {
  const { action, body } = step
  on.dueOn = textOf(body['dueOn']) ?? on.dueOn
  on.ownerNo = typeof body['ownerNo'] === 'number' ? body['ownerNo'] : on.ownerNo
  on.remedies = textOf(body['remedies']) ?? on.remedies
  if (['remind', 'supervise', 'open', 'reopen'].includes(action)) on.openedBy = step.by
  if (action === 'report') on.report = { text: textOf(body['report']) ?? '', by: step.by, at: step.at }
  if (action === 'return' || action === 'reopen') on.report = null
  if (action === 'reopen') on.rung = null
}

function next(on: Folding, step: WrittenStep): boolean {
  const rung = ladderTable[on.rung ?? 'supervised'][step.action as LadderVerb]
  if (rung !== undefined) {
    if (on.state !== 'supervised') return false
    on.rung = rung
    return true
  }
  const state = caseLifecycle[on.state][step.action as CaseAction]
  if (state === undefined) return false
  on.state = state
  return true
}

/**
 * A case from its steps without those taken back. A step that the lifecycle no longer has once an earlier one is gone falls with
 * it; whatever was independent of it stands.
 */
export function foldCase(steps: readonly WrittenStep[], revoked: ReadonlySet<number>): FoldedCase {
  const [first, ...later] = steps
  const opened = first?.action === 'open'
  const on: Folding = {
    state: !opened ? 'proposed' : revoked.has(first.revision) ? 'dismissed' : 'supervised',
    rung: null,
    dueOn: null,
    ownerNo: null,
    remedies: null,
    report: null,
    openedBy: null,
    fallen: [],
  }
  if (first && !revoked.has(first.revision)) take(on, first)
  for (const step of later) {
    if (revoked.has(step.revision) || clockless.has(step.action)) continue
    if (next(on, step)) take(on, step)
    else on.fallen.push(step.revision)
  }
  return on
}
