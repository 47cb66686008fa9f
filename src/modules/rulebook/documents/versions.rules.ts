import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RulebookRequirement, RulebookTightening } from './rulebook-file.contract.ts'

/** One stretch of time in which a requirement reads the same. */
export interface RequirementVersion {
  readonly version: number
  readonly strength: 'hard' | 'soft'
  readonly from: CivilDate
  /** First day on which it no longer applies; null for open. */
  readonly to: CivilDate | null
  readonly clauses: readonly string[]
  readonly source: {
    readonly regulation: string
    readonly article: string
    readonly tightened?: { readonly document: string; readonly article: string }
  }
}

/** A tightening together with the document that makes it. */
export interface TighteningOf {
  readonly document: { readonly code: string; readonly title: string }
  readonly tightening: RulebookTightening
}

const earlier = (a: CivilDate | null, b: CivilDate | null) => (a === null ? b : b === null || a < b ? a : b)

/**
 * Splits a requirement at the dates on which a city's own documents tighten it. A tightened stretch cites both documents: the one
 * that asks and the one that makes it binding.
 */
export function versionsOf(
  documentCode: string,
  requirement: RulebookRequirement,
  tightenings: readonly TighteningOf[],
): RequirementVersion[] {
  const own = requirement.clauses.map((code) => (code.includes(':') ? code : `${documentCode}:${code}`))
  const end = requirement.valid_to ?? null
  const base = { clauses: own, source: requirement.source, strength: requirement.strength }
  const stretches: Omit<RequirementVersion, 'version'>[] = []
  let at = requirement.valid_from
  for (const { document, tightening } of tightenings.toSorted((a, b) => (a.tightening.from < b.tightening.from ? -1 : 1))) {
    const from = tightening.from > at ? tightening.from : at
    const to = earlier(tightening.to ?? null, end)
    if (to !== null && to <= from) continue
    if (from > at) stretches.push({ ...base, from: at, to: from })
    stretches.push({
      strength: tightening.strength,
      from,
      to,
      clauses: [...own, ...tightening.clauses.map((code) => (code.includes(':') ? code : `${document.code}:${code}`))],
      source: { ...requirement.source, tightened: { document: document.title, article: tightening.article } },
    })
    if (to === null) return numbered(requirement.version, stretches)
    at = to
  }
  if (end === null || at < end) stretches.push({ ...base, from: at, to: end })
  return numbered(requirement.version, stretches)
}

function numbered(first: number, stretches: readonly Omit<RequirementVersion, 'version'>[]): RequirementVersion[] {
  return stretches.map((stretch, index) => ({ ...stretch, version: first + index }))
}
