import { dueOf } from '../indicators/indicators.rules.ts'
import type { Counts } from '../indicators/indicators.contract.ts'

/** One hard requirement in a year, its versions together. */
export interface Weighed {
  readonly code: string
  readonly weight: number
  /** Each version with its counts and what a late record earns by it (0..1). */
  readonly parts: readonly { readonly counts: Counts; readonly lateCredit: number }[]
}

export interface StandingLine {
  readonly code: string
  readonly weight: number
  /** (met + credit × late) ÷ due; null when nothing was due. */
  readonly credit: number | null
  /** Its part of the whole after the weight of what does not apply is spread over the rest; 0 when it does not apply. */
  readonly share: number
}

export interface Standing {
  readonly lines: readonly StandingLine[]
  /** Σ weight × credit ÷ Σ weight of what applies, 0..1; null when nothing applies. */
  readonly standing: number | null
  readonly weightApplying: number
}

function creditOf({ parts }: Weighed): number | null {
  const due = parts.reduce((sum, { counts }) => sum + dueOf(counts), 0)
  const earned = parts.reduce((sum, { counts, lateCredit }) => sum + counts.met + lateCredit * counts.met_late, 0)
  return due === 0 ? null : earned / due
}

/** The standing of an organization in a year (design of the engine, standing): for organizations, never for persons, never a rank. */
export function standingOf(requirements: readonly Weighed[]): Standing {
  const credited = requirements.map((requirement) => ({ ...requirement, credit: creditOf(requirement) }))
  const applying = credited.filter(({ credit, weight }) => credit !== null && weight > 0)
  const weightApplying = applying.reduce((sum, { weight }) => sum + weight, 0)
  const lines = credited.map(({ code, weight, credit }) => ({
    code,
    weight,
    credit,
    share: credit === null || weightApplying === 0 ? 0 : weight / weightApplying,
  }))
  const standing = weightApplying === 0 ? null : lines.reduce((sum, { share, credit }) => sum + share * (credit ?? 0), 0)
  return { lines, standing, weightApplying }
}
