import type { z } from 'zod'
import type { listClauses, listRulebooks, RequirementLine } from '../requirements/requirements.contract.ts'

export type RulebookLine = z.output<(typeof listRulebooks)['reply']>['items'][number]
export type ClauseLine = z.output<(typeof listClauses)['reply']>['items'][number]

/** A requirement with whether live data stand behind it. */
export interface ShownRequirement extends RequirementLine {
  readonly data: 'live' | 'none'
}

/** One clause with the versions of the requirements drawn from it that hold on the day. */
export interface ClauseShown {
  readonly clause: ClauseLine
  readonly requirements: readonly ShownRequirement[]
}

export interface DocumentShown {
  readonly document: RulebookLine
  readonly clauses: readonly ClauseShown[]
}

export interface RulesAsked {
  readonly text?: string | undefined
  readonly rulebook?: string | undefined
  readonly dimension?: string | undefined
  readonly strength?: string | undefined
  /** `on` or `off`. */
  readonly enabled?: string | undefined
  /** `live` or `none`: whether any module feeds it today. */
  readonly data?: string | undefined
  /** `all` also shows clauses from which no requirement is drawn. */
  readonly clauses?: string | undefined
}

/** The version of a requirement that holds on a day; before the first and after the last, the nearest one. */
export function versionOn(versions: readonly RequirementLine[], day: string): RequirementLine | undefined {
  return versions.find((one) => one.from <= day && (one.to === null || day < one.to)) ?? versions.at(-1)
}

const contains = (text: string, ...fields: readonly string[]): boolean =>
  fields.some((field) => field.toLowerCase().includes(text))

/** Whether live data stand behind each requirement, by code. */
type Live = ReadonlyMap<string, 'live' | 'none'>

function requirementFits(line: RequirementLine, asked: RulesAsked, live: Live): boolean {
  return (
    (!asked.data || (live.get(line.code) ?? 'none') === asked.data) &&
    (!asked.dimension || line.dimension === asked.dimension) &&
    (!asked.strength || line.strength === asked.strength) &&
    (!asked.enabled || line.enabled === (asked.enabled === 'on'))
  )
}

/** Clauses from which no requirement is drawn: only where no filter asks about requirements. */
function bareClauseFits(clause: ClauseLine, asked: RulesAsked): boolean {
  if (asked.strength || asked.enabled || asked.data) return false
  return !asked.dimension || clause.dimension === asked.dimension
}

interface Held {
  readonly versions: ReadonlyMap<string, RequirementLine>
  readonly live: Live
}

function clauseShown(clause: ClauseLine, { versions, live }: Held, asked: RulesAsked): ClauseShown | null {
  const text = asked.text?.trim().toLowerCase() ?? ''
  const fitting = clause.requirements
    .flatMap((code) => versions.get(code) ?? [])
    .filter((line) => requirementFits(line, asked, live))
    .map((line) => ({ ...line, data: live.get(line.code) ?? ('none' as const) }))
  const named = contains(text, clause.code, clause.title, clause.gist)
  const requirements = named
    ? fitting
    : fitting.filter((line) => contains(text, line.code, line.title, line.subject, line.formula))
  if (requirements.length > 0) return { clause, requirements }
  const wanted = asked.clauses === 'all' || text !== ''
  return named && wanted && bareClauseFits(clause, asked) ? { clause, requirements: [] } : null
}

/** Documents with their clauses and requirements as the filters ask; documents without any are left out. */
export function rulesShown(
  all: {
    documents: readonly RulebookLine[]
    clauses: readonly ClauseLine[]
    requirements: readonly RequirementLine[]
    live?: Live
  },
  asked: RulesAsked,
  today: string,
): DocumentShown[] {
  const codes = [...new Set(all.requirements.map((line) => line.code))]
  const versions = new Map<string, RequirementLine>()
  for (const code of codes) {
    const current = versionOn(
      all.requirements.filter((line) => line.code === code),
      today,
    )
    if (current) versions.set(code, current)
  }
  return all.documents
    .filter((document) => !asked.rulebook || document.code === asked.rulebook)
    .map((document) => ({
      document,
      clauses: all.clauses
        .filter((clause) => clause.rulebook === document.code)
        .flatMap((clause) => clauseShown(clause, { versions, live: all.live ?? new Map() }, asked) ?? []),
    }))
    .filter((shown) => shown.clauses.length > 0)
}
