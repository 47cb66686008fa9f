import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { countsOf, type Place } from '../indicators/indicators.queries.ts'
import { addCounts } from '../indicators/indicators.rules.ts'
import { sumsOf } from '../indicators/sums.queries.ts'
import type { standing } from './standing.contract.ts'
import { standingOf } from './standing.rules.ts'
import { standingDecision } from './standing.store.ts'

type StandingPage = Omit<z.output<(typeof standing)['reply']>, 'abilities'>

const formula =
  '履责情况 = Σ（权重 × 计入率）÷ Σ 适用要求的权重。计入率 =（已办 + 迟办 × 迟办计入）÷（已办 + 迟办 + 未达标 + 未报）。豁免、未到期、不适用的不在分母里，不适用要求的权重按比例摊到其余要求上。只算“应当”类要求。'

interface Version {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly weight: number
  readonly credit: number
}

/** Hard versions, the latest of a code last. */
async function versionsOf(read: Read): Promise<Version[]> {
  const rows = await sql<Version>`select no, code, title, dimension, weight::float8 as weight, late_credit::float8 as credit
    from rulebook.requirements where enabled and strength = 'hard' order by code, version`.execute(reading<'rulebook'>(read))
  return rows.rows
}

/** The year of one organization with all its arithmetic; empty where the city makes no use of it. */
export async function standingOfYear(read: Read, place: Place, asked: { year: number; asOf: CivilDate }): Promise<StandingPage> {
  const decided = await standingDecision(read)
  const page = {
    inUse: decided?.inUse ?? false,
    decided: decided && { on: decided.on, reason: decided.reason },
    organization: { id: place.id, name: place.name, kind: place.kind },
    year: asked.year,
    formula,
  }
  if (!page.inUse) return { ...page, standing: null, weightApplying: 0, lines: [] }
  const sums = await sumsOf(read, { organizations: [place.no], period: `${asked.year}`, tree: 'as_was', asOf: asked.asOf })
  const byVersion = new Map(sums.map((sum) => [sum.requirementNo, countsOf(sum)]))
  const present = (await versionsOf(read)).filter((version) => byVersion.has(version.no))
  const groups = [...Map.groupBy(present, ({ code }) => code).values()].flatMap((versions) => {
    const latest = versions.at(-1)
    const parts = versions.map(({ no, credit }) => ({
      counts: addCounts([byVersion.get(no)].filter((c) => c !== undefined)),
      lateCredit: credit,
    }))
    return latest ? [{ latest, parts }] : []
  })
  const result = standingOf(groups.map(({ latest, parts }) => ({ code: latest.code, weight: latest.weight, parts })))
  const lines = groups.flatMap(({ latest, parts }, index) => {
    const line = result.lines[index]
    if (!line) return []
    const { code: requirement, title, dimension, weight } = latest
    const counts = addCounts(parts.map((part) => part.counts))
    const lateCredits = [...new Set(parts.map((part) => part.lateCredit))]
    return [{ requirement, title, dimension, weight, counts, lateCredits, credit: line.credit, share: line.share }]
  })
  return { ...page, standing: result.standing, weightApplying: result.weightApplying, lines }
}
