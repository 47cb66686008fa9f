import { type RawBuilder, sql } from 'kysely'
import { declaredPermissions } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { LedgerEntry } from '../../../kernel/ledger/entry.rules.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationByIds } from '../../directory/index.ts'
import type { AuditEntry, AuditFilters } from './audit.contract.ts'

/** A row of the ledger as the queries below give it. */
export interface LedgerRow {
  readonly no: number
  readonly seq: number | null
  readonly entry: LedgerEntry
  readonly leaf: string
  readonly account_id: string | null
  readonly account_name: string | null
}

const dayBegins = (day: CivilDate) => new Date(`${day}T00:00:00+08:00`)
const dayEnds = (day: CivilDate) => new Date(dayBegins(day).getTime() + 86_400_000)
const startingWith = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`

function conditions(filters: AuditFilters): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = []
  if (filters.from) found.push(sql`e.at >= ${dayBegins(filters.from)}`)
  if (filters.to) found.push(sql`e.at < ${dayEnds(filters.to)}`)
  if (filters.action) found.push(sql`e.action like ${startingWith(filters.action)}`)
  if (filters.outcome) found.push(sql`e.outcome = ${filters.outcome}`)
  if (filters.account) found.push(sql`e.account_no = (select a.no from directory.accounts a where a.id = ${filters.account})`)
  if (filters.object) found.push(sql`e.entry -> 'objects' @> ${JSON.stringify([{ id: filters.object }])}::jsonb`)
  return found
}

/** The search as one statement, newest first; `after` is the inner number of the last row seen. */
export function ledgerRows(filters: AuditFilters, page: { after?: number; limit?: number } = {}): RawBuilder<LedgerRow> {
  const all = [...conditions(filters), ...(page.after === undefined ? [] : [sql`e.no < ${page.after}`])]
  return sql<LedgerRow>`select e.no, s.seq, e.entry, e.leaf, a.id as account_id, a.display_name as account_name
    from ledger.entries e left join ledger.sequence s on s.entry_no = e.no left join directory.accounts a on a.no = e.account_no
    where ${all.length === 0 ? sql`true` : sql.join(all, sql` and `)}
    order by e.no desc ${page.limit === undefined ? sql`` : sql`limit ${page.limit}`}`
}

/** One page of the search. Works under the audit administrator's own scopes: row-level security lets nobody else see a row. */
export async function searchLedger(
  read: Read,
  filters: AuditFilters,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const after = page.after === undefined ? {} : { after: Number.parseInt(page.after, 10) || 0 }
  const { rows } = await ledgerRows(filters, { ...after, limit: page.limit + 1 }).execute(reading<'ledger' | 'directory'>(read))
  const shown = rows.slice(0, page.limit)
  const names = await namesOf(read, shown)
  const last = shown.at(-1)
  return { items: shown.map((row) => asEntry(row, names)), next: rows.length > page.limit && last ? String(last.no) : null }
}

async function namesOf(read: Read, rows: readonly LedgerRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.entry.organizations))]
  return new Map((await organizationByIds(read, ids)).map(({ id, name }) => [id, name]))
}

/** Acts that need no permission and so have no title of their own. */
const ownActs: Readonly<Record<string, string>> = {
  'directory.session.sign_in': '登录',
  'directory.session.sign_out': '退出登录',
  'directory.session.end_all': '退出所有登录',
  'directory.second_factor.enrol': '绑定动态口令',
  'directory.own_account.change_password': '修改自己的密码',
}

/** What an action is called in the user's words; its name where nobody has said. */
export function actionName(action: string): string {
  return declaredPermissions().get(action)?.title ?? ownActs[action] ?? action
}

function asEntry({ seq, entry, account_id, account_name }: LedgerRow, names: ReadonlyMap<string, string>): AuditEntry {
  return {
    id: entry.id,
    seq,
    at: entry.at,
    action: entry.action,
    actionName: actionName(entry.action),
    outcome: entry.outcome,
    account: account_id === null ? null : { id: account_id, name: account_name ?? account_id },
    actorKind: entry.actor.kind,
    objects: entry.objects,
    organizations: entry.organizations.map((id) => ({ id, name: names.get(id) ?? id })),
    fields: Object.keys(entry.fields),
    requestId: entry.requestId,
  }
}

/** Checkpoints, the newest first. */
export async function checkpointsOf(read: Read, page: { after?: string | undefined; limit: number }) {
  const before = page.after === undefined ? Number.MAX_SAFE_INTEGER : Number.parseInt(page.after, 10) || 0
  const { rows } = await sql<{ size: number; root: string; note: string; signed_at: Date }>`select size, root, note, signed_at
    from ledger.checkpoints where size < ${before} order by size desc limit ${page.limit + 1}`.execute(reading<'ledger'>(read))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ size, root, note, signed_at }) => ({ size, root, note, signedAt: instantOf(signed_at) })),
    next: rows.length > page.limit && last ? String(last.size) : null,
  }
}
