import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import { before, cursorAt, underId, within } from '../records/records.queries.ts'
import type { ProblemLine } from './problems.contract.ts'
import type { ProblemState } from './problems.lifecycle.ts'

export interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** What a list of problems can be narrowed by. */
export interface ProblemsAsked {
  readonly under?: string | undefined
  readonly state?: ProblemState | undefined
  readonly source?: string | undefined
  readonly dimension?: string | undefined
  readonly overdue?: 'yes' | undefined
  readonly mine?: 'to_act' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

const relation = ({ accountNo, personNo }: Actor) =>
  sql<boolean>`(p.raised_by = ${accountNo} or p.owner_no is not distinct from ${personNo}::bigint and p.owner_no is not null)`

/** Problems `p` that the reader may see: by role, as owner, as who raised it. */
export const readableProblem = (actor: Actor) =>
  sql<boolean>`(${within(actor, 'supervision.problem.read', 'p.organization_no')} or ${relation(actor)})`

const overdue = (today: CivilDate) => sql<boolean>`(p.state = 'rectifying' and p.due_on < ${today}::date)`

export const toDecideProblem = (actor: Actor) =>
  sql<boolean>`(p.state = 'raised' and ${within(actor, 'supervision.problem.accept', 'p.organization_no')})`
export const toVerifyProblem = (actor: Actor) =>
  sql<boolean>`(p.state = 'rectified' and ${within(actor, 'supervision.problem.verify', 'p.organization_no')}
    and p.rectified_by is distinct from ${actor.accountNo}::bigint and p.owner_no is distinct from ${actor.personNo}::bigint)`
export function toRectify(actor: Actor) {
  const kept = organizationsFor(actor, 'supervision.problem.answer')
  return sql<boolean>`(p.state = 'rectifying' and (p.owner_no = ${actor.personNo}::bigint or p.organization_no = any (${`{${kept.join(',')}}`}::bigint[])))`
}
export const toConfirm = (actor: Actor) => sql<boolean>`(p.state = 'verified' and p.raised_by = ${actor.accountNo})`

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const yes = sql<boolean>`true`

function matching(asked: Omit<ProblemsAsked, 'after' | 'limit'>, { actor, today }: Asking) {
  const mine = sql<boolean>`(${toDecideProblem(actor)} or ${toVerifyProblem(actor)} or ${toRectify(actor)} or ${toConfirm(actor)})`
  return sql<boolean>`${readableProblem(actor)} and ${underId(asked.under, 'p.organization_no')}
    and ${asked.state ? sql<boolean>`p.state = ${asked.state}` : yes}
    and ${asked.source ? sql<boolean>`p.source = ${asked.source}` : yes}
    and ${asked.dimension ? sql<boolean>`p.dimension = ${asked.dimension}` : yes}
    and ${asked.text ? sql<boolean>`p.title like ${contains(asked.text)}` : yes}
    and ${asked.overdue ? overdue(today) : yes} and ${asked.mine ? mine : yes}`
}

interface ProblemRow extends Omit<ProblemLine, 'organization' | 'owner'> {
  readonly no: number
  readonly ownerNo: number | null
  readonly organizationId: string
  readonly organizationName: string
}

export const problemColumns = (
  today: CivilDate,
) => sql`p.no, p.id, p.title, p.state, p.source, p.dimension, p.owner_no as "ownerNo",
  p.raised_on as "raisedOn", p.due_on as "dueOn", ${overdue(today)} as overdue, p.recurs_of is not null as recurs,
  o.id as "organizationId", o.name as "organizationName"`
export const problemTables = sql`supervision.problems p join directory.organizations_now o on o.no = p.organization_no`

export async function problemLines(read: Read, rows: readonly ProblemRow[]): Promise<ProblemLine[]> {
  const names = await ownerNames(
    read,
    rows.flatMap((row) => row.ownerNo ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    state: row.state,
    source: row.source,
    dimension: row.dimension,
    organization: { id: row.organizationId, name: row.organizationName },
    owner: (row.ownerNo !== null && names.get(row.ownerNo)) || null,
    raisedOn: row.raisedOn,
    dueOn: row.dueOn,
    overdue: row.overdue,
    recurs: row.recurs,
  }))
}

/** One page of the problems that the reader may see, the newest first; the first page says how many there are. */
export async function problemsAsked(read: Read, asked: ProblemsAsked, asking: Asking) {
  const db = reading<'supervision' | 'directory'>(read)
  const match = matching(asked, asking)
  const { rows } = await sql<ProblemRow>`select ${problemColumns(asking.today)} from ${problemTables}
    where ${match} and ${before(asked.after, 'p.no')} order by p.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const count = async () =>
    (await sql<{ total: number }>`select count(*)::int as total from supervision.problems p where ${match}`.execute(db)).rows[0]
      ?.total ?? 0
  return {
    items: await problemLines(read, page),
    next: rows.length > asked.limit && last ? cursorAt(last.no) : null,
    ...(asked.after === undefined && { total: await count() }),
  }
}
