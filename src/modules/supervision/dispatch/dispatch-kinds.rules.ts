import { caseStates } from '../cases/cases.lifecycle.ts'
import { findingStates } from '../inspections/inspections.lifecycle.ts'
import { findingKinds } from '../inspections/inspections.rules.ts'
import { projectStates } from '../key-projects/key-projects.lifecycle.ts'
import { problemStates } from '../problems/problems.lifecycle.ts'
import { taskStates } from '../tasks/tasks.lifecycle.ts'
import { cardStates } from '../yellow-cards/cards.lifecycle.ts'
import type { DispatchKind } from './dispatch.contract.ts'

/** How a kind of item stands in the dispatch: open, or not yet anything to be done, or over. */
interface DispatchLife {
  readonly states: Readonly<Record<string, string>>
  /** States in which something is still to be done. */
  readonly open: readonly string[]
  /** A proposal that nobody has decided on, and what never was anything to close. */
  readonly never: readonly string[]
  readonly path: string
}

export const dispatchLives: Readonly<Record<DispatchKind, DispatchLife>> = {
  case: { states: caseStates, open: ['reminded', 'supervised', 'reported'], never: ['proposed', 'dismissed'], path: '/cases/' },
  task: {
    states: taskStates,
    open: ['assigned', 'extension_asked', 'waiting', 'reported'],
    never: ['cancelled'],
    path: '/tasks/',
  },
  problem: {
    states: problemStates,
    open: ['raised', 'rectifying', 'rectified', 'verified'],
    never: ['rejected'],
    path: '/problems/',
  },
  // What a finding led to is counted as a case or a problem, so it is over here.
  finding: { states: findingStates, open: ['noted'], never: ['withdrawn', 'handed_over'], path: '/inspections/' },
  yellow_card: {
    states: cardStates,
    open: ['in_force'],
    never: ['proposed', 'heard', 'declined', 'revoked'],
    path: '/yellow-cards/',
  },
  key_project: { states: projectStates, open: ['running'], never: ['planned', 'withdrawn'], path: '/key-projects/' },
}

export const isOpen = (kind: DispatchKind, state: string | null): boolean =>
  state !== null && dispatchLives[kind].open.includes(state)
export const neverOpen = (kind: DispatchKind, state: string): boolean => dispatchLives[kind].never.includes(state)

const kindNames: Readonly<Record<string, string>> = findingKinds

/** What an item is called; of a finding its kind alone, for what was seen may name somebody. */
export const titleOf = (kind: DispatchKind, title: string): string => (kind === 'finding' ? (kindNames[title] ?? title) : title)
