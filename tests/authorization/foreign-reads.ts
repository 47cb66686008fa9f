import { z } from 'zod'
import { routes } from '../../src/app/modules.ts'
import type { Foreign } from './foreign-objects.ts'
import type { TwoUnits } from './two-units.ts'

export interface ReadAsked {
  readonly url: string
  /** Names one foreign object in its path, so that nothing may be found. */
  readonly byId: boolean
}

/** What stands in a path's `:id`, by the collection before it. */
function idsFor(place: string, world: TwoUnits, foreign: Foreign): string[] {
  const ids: Record<string, string[]> = {
    organizations: Object.values(world.b).map(({ id }) => id),
    persons: [foreign.person.id],
    meetings: [foreign.recorded.id, foreign.plannedMeeting.id],
    'work-records': [foreign.workRecord.id],
    ...Object.fromEntries(Object.entries(foreign.reports).map(([collection, { id }]) => [collection, [id]])),
    ...Object.fromEntries(Object.entries(foreign.entries).map(([collection, { id }]) => [collection, [id]])),
    'training-classes': [foreign.trainingClass.id],
    'training-plans': [foreign.trainingPlan.id],
    hours: [foreign.studyRecord.id],
    'reading-lists': [foreign.readingList.id],
    'study-plans': [foreign.studyPlan.id],
    'study-units': [foreign.studyUnit.id],
    articles: [foreign.article.id],
    determinations: [foreign.determination.id],
    decisions: [foreign.decision.id],
    tasks: [foreign.task.id],
    'unit-plans': [foreign.unitPlan.id],
    problems: [foreign.problem.id],
    'yellow-cards': [foreign.yellowCard.id],
    appeals: [foreign.appeal.id],
    examples: [foreign.example.id],
    'local-rules': [foreign.localRule.id],
    papers: [foreign.draftedPaper.id, foreign.issuedPaper.id],
    inspections: [foreign.inspection.id],
    findings: [foreign.finding.id],
    'key-projects': [foreign.keyProject.id],
    clues: [foreign.clue.id, foreign.namedClue.id],
    cases: Object.values(foreign.cases).map(({ id }) => id),
    'roster-imports': [foreign.imported.id, foreign.checked.id],
    files: [foreign.file.id],
    jobs: [foreign.job.id],
    questions: [foreign.question.id],
    'announced-checks': [foreign.announcedCheck.id],
    exemptions: [foreign.exemption.id],
    snapshots: [foreign.snapshot.id],
    rulebooks: [foreign.ruleDraft.id],
    drafts: [foreign.ruleDraft.id],
    'snapshot-seals': [foreign.snapshot.id],
    reliefs: [foreign.relief.id],
    'data-requests': [foreign.dataRequest.id],
  }
  const found = ids[place]
  if (!found) throw new Error(`the tests of access know no foreign ${place}: name one here`)
  return found
}

/** Values of a query key that point at the second unit; a key that points at nothing of anybody's has none. */
function foreignValues(key: string, world: TwoUnits, foreign: Foreign): string[] {
  const organizations = [world.b.unit.id, world.b.branch.id]
  const values: Record<string, string[]> = {
    organization: organizations,
    under: organizations,
    subject: [...organizations, foreign.person.id],
    objectId: Object.values(foreign.cases).map(({ id }) => id),
    account: [foreign.account.id],
    object: [foreign.recorded.id],
    owner: [foreign.person.id],
    decision: [foreign.decision.id],
    bare: ['yes'],
    after: [foreign.recorded.id, foreign.question.id, foreign.person.id, world.b.branch.id],
    text: ['zqk'],
    asOf: ['2025-01-01'],
    tree: ['as_is'],
    settled: ['yes'],
    overdue: ['yes'],
    waiting: ['yes'],
    dissolved: ['yes'],
    putAway: ['yes'],
    counted: ['no'],
    order: ['strokes'],
    sort: ['dueOn'],
    limit: ['500'],
  }
  return values[key] ?? []
}

function urlsOf(path: string, query: Readonly<Record<string, z.ZodType>>, values: (key: string) => string[]): string[] {
  const needs = (key: string, value: string): Record<string, string> => (key in query ? { [key]: value } : {})
  const base = {
    ...needs('period', '2026-10'),
    ...needs('dueOn', '2026-11-20'),
    ...needs('year', '2026'),
    ...needs('since', '2026-01-01'),
    ...needs('objectKind', 'case'),
    ...needs('quarter', '2026Q4'),
  }
  const urls = [base, ...Object.keys(query).flatMap((key) => values(key).map((value) => ({ ...base, [key]: value })))]
  // Narrowed by an organization and by something else at once.
  const places = ['organization', 'under', 'subject'].filter((key) => key in query)
  const both =
    values('limit').length === 0
      ? []
      : places.flatMap((place) =>
          values(place).flatMap((value) =>
            ['tree', 'counted', 'text', 'limit']
              .filter((key) => key in query && key !== place)
              .flatMap((key) => values(key).map((other) => ({ ...base, [place]: value, [key]: other }))),
          ),
        )
  return [...urls, ...both].map((one) => `${path}?${new URLSearchParams(one).toString()}`)
}

/** Parameters that name something; the others only narrow or sort. */
const pointing = ['organization', 'under', 'subject', 'account', 'object', 'text']

/** Every reading operation, asked about the second unit in its path and in each of its parameters, and about nothing in particular. */
export function foreignReads(world: TwoUnits, foreign: Foreign, how: 'briefly' | 'thoroughly' = 'thoroughly'): ReadAsked[] {
  const reads = routes.filter(({ endpoint }) => endpoint.method === 'GET')
  return reads.flatMap(({ endpoint }) => {
    const place = /\/([a-z-]+)\/:id/.exec(endpoint.path)?.[1]
    const query = endpoint.query instanceof z.ZodObject ? (endpoint.query.shape as Record<string, z.ZodType>) : {}
    const paths = place ? idsFor(place, world, foreign).map((id) => endpoint.path.replace(':id', id)) : [endpoint.path]
    const values = (key: string) =>
      how === 'thoroughly' || pointing.includes(key) ? foreignValues(key, world, foreign).slice(0, how === 'briefly' ? 2 : 9) : []
    return paths
      .flatMap((path) => urlsOf(path, query, values))
      .map((url) => ({ url, byId: place !== undefined && place !== 'organizations' }))
  })
}
