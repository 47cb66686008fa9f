import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { branchDecides, type Exemption, type ExemptionState, type listExemptions } from './exemptions.contract.ts'

export type ExemptionsAsked = z.output<(typeof listExemptions)['query']>
interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

const stateSql = (
  today: CivilDate,
) => sql`case when x.revoked_from is not null and x.revoked_from <= greatest(${today}::date, lower(x.valid)) then 'revoked'
  when upper(x.valid) <= ${today}::date then 'ended' when lower(x.valid) > ${today}::date then 'future' else 'in_force' end`

function conditions(asked: Partial<ExemptionsAsked>, today: CivilDate): RawBuilder<unknown> {
  const subject = asked.subject
  const parts = [
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where u.id = ${asked.under} and a.organization_no = x.organization_no and upper_inf(a.valid))`,
    subject === undefined
      ? null
      : subject.startsWith('per_')
        ? sql`x.subject_kind = 'p' and x.subject_no = (select s.no from directory.persons s where s.id = ${subject})`
        : sql`x.subject_kind = 'o' and x.subject_no = (select o.no from directory.organizations o where o.id = ${subject})`,
    // Whoever asks about a requirement means what relieves of it, also without its name.
    asked.requirement === undefined
      ? null
      : sql`(x.requirement_code = ${asked.requirement} or x.requirement_code is null and (x.ground = 'other' or exists (
          select 1 from rulebook.requirements q where q.code = ${asked.requirement} and q.subject -> 'exempt' ? x.ground)))`,
    asked.ground === undefined ? null : sql`x.ground = ${asked.ground}`,
    asked.state === undefined ? null : sql`${stateSql(today)} = ${asked.state}`,
    asked.after === undefined ? null : sql`x.no < (select b.no from rulebook.exemptions b where b.id = ${asked.after})`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

type Row = Omit<Exemption, 'abilities'> & { readonly revocable: boolean }

/** Over which organizations the actor may take back what a branch decided, and what those above decided. */
function revocable(actor: Actor): RawBuilder<unknown> {
  const under = (permission: string, least: number) =>
    sql`exists (select 1 from directory.organization_ancestry a where a.organization_no = x.organization_no and upper_inf(a.valid)
      and a.depth >= ${least} and a.ancestor_no = any (${`{${organizationsFor(actor, permission).join(',')}}`}::bigint[]))`
  return sql`(x.subject_kind <> 'p' or x.subject_no is distinct from ${actor.personNo}::bigint)
    and (${under('rulebook.exemption.revoke', 1)} or x.subject_kind = 'p' and x.ground = any (${[...branchDecides]}::text[])
      and ${under('rulebook.exemption.revoke_member', 0)})`
}

async function selected(read: Read, where: RawBuilder<unknown>, given: { asking: Asking; limit: number }): Promise<Exemption[]> {
  const { actor, today } = given.asking
  const { rows } = await sql<Row>`select x.id, x.requirement_code as requirement,
      (select q.title from rulebook.requirements q where q.code = x.requirement_code order by q.version desc limit 1) as title,
      case when x.subject_kind = 'p' then coalesce((select jsonb_build_object('id', s.id, 'name', s.name, 'kind', 'person') from directory.persons s
          where s.no = x.subject_no), jsonb_build_object('id', '', 'name', '（已转出）', 'kind', 'person'))
        else jsonb_build_object('id', o.id, 'name', o.name, 'kind', 'organization') end as subject,
      jsonb_build_object('id', o.id, 'name', o.name) as organization, x.ground, x.reason, lower(x.valid)::text as from, (upper(x.valid) - 1)::text as to,
      ${stateSql(today)} as state, (x.decided_at at time zone 'Asia/Shanghai')::date::text as "decidedOn",
      (select d.name from directory.organizations_now d where d.no = x.decider_no) as "decidedAt",
      x.revoked_from::text as "revokedFrom", x.revoke_reason as "revokeReason",
      x.revoked_at is null and upper(x.valid) > ${today}::date and ${revocable(actor)} as revocable
    from rulebook.exemptions x join directory.organizations_now o on o.no = x.organization_no
    where ${where} order by x.no desc limit ${given.limit}`.execute(reading<'rulebook' | 'directory'>(read))
  return rows.map(({ revocable: may, ...row }) => ({
    ...row,
    state: row.state as ExemptionState,
    abilities: may ? ['revoke' as const] : [],
  }))
}

/** Exemptions that the reader may see, the latest decision first, page by page. */
export async function exemptionsAsked(
  read: Read,
  asked: ExemptionsAsked,
  asking: Asking,
): Promise<{ items: Exemption[]; next: string | null }> {
  const rows = await selected(read, conditions(asked, asking.today), { asking, limit: asked.limit + 1 })
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function exemptionShown(read: Read, id: string, asking: Asking): Promise<Exemption> {
  const [found] = await selected(read, sql`x.id = ${id}`, { asking, limit: 1 })
  if (!found) throw new Problem('rulebook.exemption_not_found')
  return found
}
