import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { factsChanged, owedChanged } from '../engine/engine.actions.ts'
import type { Ground } from './exemptions.contract.ts'

/** Whom an exemption is for, and the organization at which it stands. */
export interface Holder {
  readonly kind: 'o' | 'p'
  readonly no: number
  readonly id: string
  readonly organizationNo: number
}

/** The subject behind a public id: an organization, or a person with the organization that the person belongs to. */
export async function holderOf(read: Read, id: string): Promise<Holder> {
  const db = reading<'directory'>(read)
  if (id.startsWith('per_')) {
    const person = await db.selectFrom('directory.persons').select(['no', 'home_no']).where('id', '=', id).executeTakeFirst()
    if (!person?.home_no) throw new Problem('rulebook.subject_not_found')
    return { kind: 'p', no: person.no, id, organizationNo: person.home_no }
  }
  const found = await db.selectFrom('directory.organizations').select('no').where('id', '=', id).executeTakeFirst()
  if (!found) throw new Problem('rulebook.subject_not_found')
  return { kind: 'o', no: found.no, id, organizationNo: found.no }
}

/** An exemption as it stands, for acting on it. */
export interface StandingExemption {
  readonly no: number
  readonly id: string
  readonly kind: 'o' | 'p'
  readonly subjectNo: number
  readonly organizationNo: number
  readonly ground: Ground
  readonly from: CivilDate
  readonly to: CivilDate
  readonly revoked: boolean
}

/** One exemption that the reader may see; throws `rulebook.exemption_not_found`. */
export async function exemptionBehind(read: Read, id: string): Promise<StandingExemption> {
  const { rows } = await sql<StandingExemption>`select x.no, x.id, x.subject_kind as kind, x.subject_no as "subjectNo",
      x.organization_no as "organizationNo", x.ground, lower(x.valid)::text as from, (upper(x.valid) - 1)::text as to, x.revoked_at is not null as revoked
    from rulebook.exemptions x where x.id = ${id}`.execute(reading<'rulebook'>(read))
  const [found] = rows
  if (!found) throw new Problem('rulebook.exemption_not_found')
  return found
}

export interface NewExemption {
  readonly id: string
  readonly holder: Holder
  readonly ground: Ground
  /** Left out for all that the ground relieves of. */
  readonly requirement?: string | undefined
  readonly from: CivilDate
  readonly to: CivilDate
  readonly reason: string
  readonly deciderNo: number | null
}

/** Whether the subject is exempt from the same on any of the days already. */
export async function sameExists(read: Read, asked: Omit<NewExemption, 'id' | 'reason' | 'deciderNo'>): Promise<boolean> {
  const { rows } =
    await sql`select 1 from rulebook.exemptions x where x.subject_kind = ${asked.holder.kind} and x.subject_no = ${asked.holder.no}
      and x.requirement_code is not distinct from ${asked.requirement ?? null} and x.ground = ${asked.ground}
      and daterange(lower(x.valid), least(upper(x.valid), x.revoked_from)) && daterange(${asked.from}::date, ${asked.to}::date, '[]')
      and (x.revoked_from is null or x.revoked_from > lower(x.valid)) limit 1`.execute(reading<'rulebook'>(read))
  return rows.length > 0
}

export async function keepExemption(work: Work, made: NewExemption): Promise<void> {
  await writing<'rulebook'>(work.tx)
    .insertInto('rulebook.exemptions')
    .values({
      id: made.id,
      requirement_code: made.requirement ?? null,
      subject_kind: made.holder.kind,
      subject_no: made.holder.no,
      organization_no: made.holder.organizationNo,
      valid: sql<string>`daterange(${made.from}::date, ${addDays(made.to, 1)}::date)`,
      ground: made.ground,
      reason: made.reason,
      decider_no: made.deciderNo,
      decided_by: work.actor.accountNo,
      decided_at: work.now,
    })
    .execute()
}

/** Ends an exemption for the periods that end on `from` or later; false when somebody was quicker. */
export async function endExemption(work: Work, no: number, given: { from: CivilDate; reason: string }): Promise<boolean> {
  const { numUpdatedRows } = await writing<'rulebook'>(work.tx)
    .updateTable('rulebook.exemptions')
    .set({
      revoked_at: work.now,
      revoked_from: given.from,
      revoked_by: work.actor.accountNo,
      revoke_reason: given.reason,
    })
    .where('no', '=', no)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Computes again what an exemption of the holder on these days bears on. */
export async function exemptionChanged(
  work: Work & { readonly tx: Tx },
  touched: { holder: Pick<Holder, 'kind' | 'no' | 'organizationNo'>; from: CivilDate; to: CivilDate },
): Promise<void> {
  const { holder, from, to } = touched
  const whose = { organizations: [holder.organizationNo], persons: holder.kind === 'p' ? [holder.no] : [] }
  await owedChanged(work.tx, whose)
  await factsChanged(work, {
    ...whose,
    dates: [from, to < work.today ? to : work.today],
  })
}
