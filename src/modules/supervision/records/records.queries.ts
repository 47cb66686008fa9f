import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { RecordStep } from './records.contract.ts'
import type { RecordKind } from './records.store.ts'

/** Which permissions reach the organization by today's tree. */
export async function reaching(read: Read, actor: Actor, organizationNo: number): Promise<(permission: string) => boolean> {
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.organization_ancestry')
    .select('ancestor_no')
    .where('organization_no', '=', organizationNo)
    .where(sql<boolean>`upper_inf(valid)`)
    .execute()
  const above = new Set(rows.map((row) => row.ancestor_no))
  return (permission) => organizationsFor(actor, permission).some((no) => above.has(no))
}

/** True of a column that names an organization under those where the permission is held. */
export function within(actor: Actor, permission: string, column: string) {
  const tops = organizationsFor(actor, permission)
  if (tops.length === 0) return sql<boolean>`false`
  return sql<boolean>`exists (select 1 from directory.organization_ancestry s where s.organization_no = ${sql.ref(column)}
    and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`
}

/** True of a column that names the organization with this id, or one under it. */
export const underId = (id: string | undefined, column: string) =>
  id === undefined
    ? sql<boolean>`true`
    : sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
        where u.organization_no = ${sql.ref(column)} and top.id = ${id} and upper_inf(u.valid))`

/** Cursor of a list that runs from the newest down. */
export const cursorAt = (no: number) => Buffer.from(String(no)).toString('base64url')
export function before(cursor: string | undefined, column: string) {
  if (cursor === undefined) return sql<boolean>`true`
  const no = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{1,18}$/.test(no)) throw new Problem('supervision.cursor_stale')
  return sql<boolean>`${sql.ref(column)} < ${no}::bigint`
}

/** How each value of a step is shown; what is not named is not shown. */
export type Shown = Readonly<Record<string, { label: string; text?: (value: unknown) => string }>>

export function detailsOf(body: Readonly<Record<string, unknown>>, shown: Shown): RecordStep['details'] {
  return Object.entries(shown).flatMap(([key, { label, text }]) => {
    const value = body[key]
    if (!['string', 'number', 'boolean'].includes(typeof value)) return []
    return [{ label, text: text ? text(value) : `${value as string | number | boolean}` }]
  })
}

interface StepRow {
  readonly revision: number
  readonly action: string
  readonly by: string | null
  readonly signedAs: string
  readonly at: Date
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** Every step of a record, the first one first. */
export async function recordSteps(
  read: Read,
  of: { kind: RecordKind; no: number },
  say: { verbs: Readonly<Record<string, string>>; shown: Shown },
): Promise<RecordStep[]> {
  const { rows } =
    await sql<StepRow>`select s.revision, s.action, directory.account_name(s.acted_by) as by, s.signed_as as "signedAs",
      s.acted_at as at, s.reason, s.body from supervision.record_steps s
    where s.kind = ${of.kind} and s.record_no = ${of.no} order by s.revision`.execute(reading<'supervision'>(read))
  return rows.map((row) => ({
    revision: row.revision,
    action: row.action,
    actionName: say.verbs[row.action] ?? row.action,
    by: row.by ?? '系统',
    signedAs: row.signedAs,
    at: instantOf(row.at),
    reason: row.reason,
    details: detailsOf(row.body, say.shown),
  }))
}
