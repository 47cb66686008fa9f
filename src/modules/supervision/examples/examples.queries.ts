import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { type Dimension, dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { before, cursorAt, reaching, recordSteps, type Shown, underId, within } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import { linksShown } from './example-records.queries.ts'
import type { ExampleLine, ExamplePage } from './examples.contract.ts'
import {
  exampleLife,
  exampleLinkKinds,
  type ExampleLinkKind,
  type ExampleState,
  exampleStates,
  exampleVerbs,
} from './examples.lifecycle.ts'
import { linksOfExample } from './examples.store.ts'

/** What a list of examples can be narrowed by. */
export interface ExamplesAsked {
  readonly under?: string | undefined
  readonly state?: ExampleState | undefined
  readonly dimension?: string | undefined
  readonly mine?: 'to_act' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

const inScope = (actor: Actor) => within(actor, 'supervision.example.read', 'e.organization_no')
/** Examples `e` that the reader may see: published ones, and by role what stands before. */
const readable = (actor: Actor) => sql<boolean>`(e.state = 'published' or ${inScope(actor)})`

/** Examples `e` that wait for the reader: to be reviewed by somebody else, to be published, to be written anew. */
export const waitingExample = (actor: Actor) => sql<boolean>`(
  e.state = 'proposed' and ${within(actor, 'supervision.example.review', 'e.organization_no')}
    and e.written_by <> ${actor.accountNo} and e.proposed_by is distinct from ${actor.accountNo}::bigint
  or e.state = 'reviewed' and ${within(actor, 'supervision.example.publish', 'e.organization_no')}
  or e.state = 'returned' and e.written_by = ${actor.accountNo})`

const yes = sql<boolean>`true`
const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const matching = (asked: Omit<ExamplesAsked, 'after' | 'limit'>, actor: Actor) => sql<boolean>`${readable(actor)}
    and ${underId(asked.under, 'e.organization_no')} and ${asked.state ? sql<boolean>`e.state = ${asked.state}` : sql<boolean>`e.state <> 'withdrawn'`}
    and ${asked.dimension ? sql<boolean>`e.dimension = ${asked.dimension}` : yes}
    and ${asked.text ? sql<boolean>`e.title like ${contains(asked.text)}` : yes} and ${asked.mine ? waitingExample(actor) : yes}`

interface ExampleRow extends Omit<ExampleLine, 'organization'> {
  readonly no: number
  readonly organizationId: string
  readonly organizationName: string
}

const columns = sql`e.no, e.id, e.title, e.state, e.dimension, e.written_on as "writtenOn", e.published_on as "publishedOn",
  o.id as "organizationId", o.name as "organizationName",
  (select count(*)::int from supervision.example_links l where l.example_no = e.no and l.unlinked_at is null) as records`
const tables = sql`supervision.examples e join directory.organizations_now o on o.no = e.organization_no`

const lineOf = ({ no: _no, organizationId, organizationName, ...row }: ExampleRow): ExampleLine => ({
  id: row.id,
  title: row.title,
  state: row.state,
  dimension: row.dimension,
  organization: { id: organizationId, name: organizationName },
  records: row.records,
  writtenOn: row.writtenOn,
  publishedOn: row.publishedOn,
})

/** One page of the examples, the newest first; the first page says how many there are. */
export async function examplesAsked(read: Read, asked: ExamplesAsked, actor: Actor) {
  const db = reading<'supervision' | 'directory'>(read)
  const match = matching(asked, actor)
  const { rows } = await sql<ExampleRow>`select ${columns} from ${tables} where ${match} and ${before(asked.after, 'e.no')}
    order by e.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const next = rows.length > asked.limit && last ? cursorAt(last.no) : null
  if (asked.after !== undefined) return { items: page.map(lineOf), next }
  const counted = await sql<{ total: number }>`select count(*)::int as total from supervision.examples e where ${match}`.execute(
    db,
  )
  return { items: page.map(lineOf), next, total: counted.rows[0]?.total ?? 0 }
}

const shown: Shown = {
  title: { label: '名称' },
  practice: { label: '做法' },
  effect: { label: '成效' },
  kind: { label: '记录', text: (kind) => exampleLinkKinds[kind as ExampleLinkKind] ?? '' },
  opinion: { label: '审核意见' },
}

interface PageRow extends ExampleRow {
  readonly organizationNo: number
  readonly revision: number
  readonly practice: string
  readonly effect: string
  readonly hand: boolean
}

/** The page of one example; whoever reads it only because it is published sees no steps. */
export async function exampleAsked(read: Read, id: string, actor: Actor): Promise<ExamplePage> {
  const { rows } = await sql<PageRow>`select ${columns}, e.organization_no as "organizationNo", e.revision, e.practice, e.effect,
      (e.written_by = ${actor.accountNo} or e.proposed_by is not distinct from ${actor.accountNo}::bigint) as hand
    from ${tables} where e.id = ${id} and ${readable(actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.example_not_found')
  const reaches = await reaching(read, actor, row.organizationNo)
  const barred = row.state === 'proposed' && row.hand && reaches('supervision.example.review')
  const names = { ...exampleVerbs, write: '写成' }
  return {
    ...lineOf(row),
    revision: row.revision,
    practice: row.practice,
    effect: row.effect,
    links: await linksShown(read, await linksOfExample(read, row.no)),
    steps: reaches('supervision.example.read')
      ? await recordSteps(read, { kind: 'example', no: row.no }, { verbs: names, shown })
      : [],
    abilities: possible(exampleLife, row.state).filter(
      (verb) => reaches(`supervision.example.${verb}`) && !(barred && verb === 'review'),
    ),
    notices: barred ? ['这是您写的或报送的，审核须由其他人办理。'] : [],
  }
}

const sheetColumns = [
  { title: '好做法', width: 48 },
  { title: '状态', width: 14 },
  { title: '方面', width: 14 },
  { title: '组织', width: 28 },
  { title: '依据的记录', width: 12, format: 'integer' },
  { title: '写成日期', width: 12 },
  { title: '发布日期', width: 12 },
] as const

/** The asked examples as a sheet, up to 20,000 lines. */
export async function exampleSheet(read: Read, asked: Omit<ExamplesAsked, 'after' | 'limit'>, actor: Actor): Promise<OutSheet> {
  const lines: ExampleLine[] = []
  let after: string | undefined
  do {
    const page = await examplesAsked(read, { ...asked, after, limit: 500 }, actor)
    lines.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && lines.length < 20_000)
  const rows = lines.map((line) => [
    line.title,
    exampleStates[line.state],
    dimensions[line.dimension as Dimension],
    line.organization.name,
    line.records,
    line.writtenOn,
    line.publishedOn,
  ])
  return { name: '好做法', columns: sheetColumns, rows }
}
