import { type RawBuilder, sql } from 'kysely'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { paperBody } from '../../../kernel/papers/paper.contract.ts'
import { type PaperKindName, paperKinds } from './paper-kinds.rules.ts'
import { type PaperAsking, type PaperObject, paperSource } from './paper-sources.queries.ts'
import type { PaperLine, PaperPage } from './papers.contract.ts'
import { type PaperAction, paperLifecycle, type PaperState } from './papers.lifecycle.ts'
import { bodyOf } from './papers.rules.ts'
import { printedNames } from './papers.store.ts'

export interface PapersAsked {
  readonly state?: PaperState | undefined
  readonly kind?: PaperKindName | undefined
  readonly under?: string | undefined
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Row extends Omit<PaperLine, 'kindName' | 'organization' | 'object'> {
  readonly no: number
  readonly organizationNo: number
  readonly organizationId: string
  readonly organizationName: string
  readonly objectKind: string
  readonly objectId: string
}

const columns = sql`p.no, p.id, p.kind, p.state, p.number, p.title, p.object_kind as "objectKind", p.object_id as "objectId",
  p.organization_no as "organizationNo", o.id as "organizationId", o.name as "organizationName", p.body->'to' as "to",
  (p.drafted_at at time zone 'Asia/Shanghai')::date as "draftedOn", p.issued_on as "issuedOn"`
const tables = sql`supervision.papers p join directory.organizations_now o on o.no = p.organization_no`

const lineOf = (row: Row): PaperLine => ({
  id: row.id,
  kind: row.kind,
  kindName: paperKinds[row.kind].name,
  state: row.state,
  number: row.number,
  title: row.title,
  organization: { id: row.organizationId, name: row.organizationName },
  to: row.to,
  object: { kind: row.objectKind, id: row.objectId },
  draftedOn: row.draftedOn,
  issuedOn: row.issuedOn,
})

type Condition = RawBuilder<boolean>

const contains = (text: string) => `%${text.replace(/[\\%_]/g, (one) => `\\${one}`)}%`

function matching(asked: PapersAsked): Condition {
  const all: Condition[] = [sql<boolean>`true`]
  if (asked.state) all.push(sql<boolean>`p.state = ${asked.state}`)
  if (asked.kind) all.push(sql<boolean>`p.kind = ${asked.kind}`)
  if (asked.objectKind) all.push(sql<boolean>`p.object_kind = ${asked.objectKind}`)
  if (asked.objectId) all.push(sql<boolean>`p.object_id = ${asked.objectId}`)
  if (asked.text) all.push(sql<boolean>`(p.title like ${contains(asked.text)} or p.number like ${contains(asked.text)})`)
  if (asked.under)
    all.push(sql<boolean>`exists (select 1 from supervision.paper_addressees d
      join directory.organization_ancestry u on u.organization_no = d.organization_no and upper_inf(u.valid)
      join directory.organizations top on top.no = u.ancestor_no where d.paper_no = p.no and top.id = ${asked.under})`)
  return sql<boolean>`(${sql.join(all, sql` and `)})`
}

function before(after: string | undefined): Condition {
  if (after === undefined) return sql<boolean>`true`
  if (!/^\d{1,15}$/.test(after))
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  return sql<boolean>`p.no < ${after}::bigint`
}

/** Papers that the reader may see, the latest first. */
export async function papersAsked(
  read: Read,
  asked: PapersAsked,
): Promise<{ items: PaperLine[]; next: string | null; total?: number }> {
  const db = reading<'supervision' | 'directory'>(read)
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${matching(asked)} and ${before(asked.after)}
    order by p.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const next = rows.length > asked.limit && last ? String(last.no) : null
  if (asked.after !== undefined) return { items: page.map(lineOf), next }
  const counted = await sql<{ total: number }>`select count(*)::int as total from ${tables} where ${matching(asked)}`.execute(db)
  return { items: page.map(lineOf), next, total: counted.rows[0]?.total ?? 0 }
}

/** Inner numbers of the organizations that a paper speaks to. */
export async function addresseesOf(read: Read, paperNo: number): Promise<number[]> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.paper_addressees')
    .select('organization_no')
    .where('paper_no', '=', paperNo)
    .execute()
  return rows.map((row) => row.organization_no)
}

interface PageRow extends Row {
  readonly body: unknown
  readonly draftedAt: Date
  readonly draftedBy: string | null
  readonly issuedAt: Date | null
  readonly issuedBy: string | null
  readonly issueReason: string | null
  readonly withdrawnAt: Date | null
  readonly withdrawnBy: string | null
  readonly withdrawnReason: string | null
}

function stepsOf(row: PageRow): PaperPage['steps'] {
  const step = (action: string, taken: { by: string | null; at: Date | null; reason: string | null }) =>
    taken.at === null ? [] : [{ action, by: taken.by ?? '系统', at: instantOf(taken.at), reason: taken.reason }]
  return [
    ...step('起草', { by: row.draftedBy, at: row.draftedAt, reason: null }),
    ...step('签发', { by: row.issuedBy, at: row.issuedAt, reason: row.issueReason }),
    ...step('撤销', { by: row.withdrawnBy, at: row.withdrawnAt, reason: row.withdrawnReason }),
  ]
}

/** One paper with its text, its history and what the reader may do with it now. */
export async function paperAsked(read: Read, id: string, asking: PaperAsking): Promise<PaperPage> {
  const { rows } =
    await sql<PageRow>`select ${columns}, p.body, p.drafted_at as "draftedAt", directory.account_name(p.drafted_by) as "draftedBy",
      p.issued_at as "issuedAt", directory.account_name(p.issued_by) as "issuedBy", p.issue_reason as "issueReason",
      p.withdrawn_at as "withdrawnAt", directory.account_name(p.withdrawn_by) as "withdrawnBy", p.withdrawn_reason as "withdrawnReason"
    from ${tables} where p.id = ${id}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.paper_not_found')
  const abilities: PaperAction[] = []
  for (const act of Object.keys(paperLifecycle[row.state]) as PaperAction[]) {
    const asked = { permission: `supervision.paper.${act}`, organizations: [row.organizationNo] }
    if (await allowsAll(read, asking.actor, asked)) abilities.push(act)
  }
  return {
    ...lineOf(row),
    body: paperBody.parse(row.body),
    steps: stepsOf(row),
    abilities,
    notices: row.state === 'withdrawn' && row.number !== null ? ['这份文书已撤销，字号保留，不再有效。'] : [],
  }
}

/** Papers that an object offers as it stands, each with its whole text. */
export async function offersAsked(read: Read, object: PaperObject, asking: PaperAsking) {
  const source = await paperSource(read, object, asking)
  const [issuer] = await printedNames(read, [source.issuerNo])
  if (!issuer) return { items: [] }
  const to = await printedNames(read, source.addresseeNos)
  const kinds = Object.entries(source.offers) as [PaperKindName, NonNullable<(typeof source.offers)[PaperKindName]>][]
  return {
    items: kinds.map(([kind, compose]) => ({ kind, name: paperKinds[kind].name, body: bodyOf(kind, compose(), { issuer, to }) })),
  }
}
