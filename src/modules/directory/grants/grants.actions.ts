import { sql } from 'kysely'
import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import { decideGrants as decideContract, proposeGrant as proposeContract } from './grants.contract.ts'
import { accountOfPerson, insertProposal } from './grants.store.ts'

/** Proposes a role that no post brings, such as inspector or reviewer. */
export const proposeGrant = action({
  name: 'directory.grant.propose',
  input: proposeContract.body,
  touches: async ({ tx }, input) => [(await organizationById(tx, input.organizationId)).no],
  run: async (work, input) => {
    if (input.to !== undefined && input.to <= input.from) {
      const message = `请选择 ${input.from} 之后的日期。`
      throw new Problem('directory.grant_dates', { errors: [{ field: 'to', message }] })
    }
    const organization = await organizationById(work.tx, input.organizationId)
    const person = await reading<'directory'>(work.tx)
      .selectFrom('directory.persons')
      .select('no')
      .where('id', '=', input.personId)
      .executeTakeFirst()
    if (!person) throw new Problem('kernel.not_found')
    const accountNo = await accountOfPerson(work, person.no)
    if (accountNo === null) throw new Problem('directory.grant_no_account')
    if (accountNo === work.actor.accountNo) throw new Problem('directory.own_record')
    const proposal = {
      accountNo,
      role: input.role,
      organizationNo: organization.no,
      from: input.from,
      to: input.to ?? null,
      postNo: null,
      reason: input.reason,
    }
    const id = await insertProposal(work, proposal)
    if (id === null) throw new Problem('directory.grant_exists')
    const objects = [
      { kind: 'grant', id },
      { kind: 'person', id: input.personId },
    ]
    return { reply: { id }, objects, fields: { role: input.role, from: input.from, to: input.to, reason: input.reason } }
  },
})

interface Row {
  readonly no: number
  readonly id: string
  readonly state: string
  readonly accountId: string
  readonly accountNo: number
  readonly proposedBy: number | null
  readonly organizationNo: number
  readonly to: CivilDate | null
}

/** The grants, locked in one order so that two administrators never wait for each other in a circle. */
async function grantsBy({ tx, actor }: Work, ids: readonly string[], state: string): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select g.no, g.id, g.state, a.id as "accountId", a.no as "accountNo", g.proposed_by as "proposedBy", g.organization_no as "organizationNo",
      upper(g.valid) as "to"
    from directory.grants g join directory.accounts a on a.no = g.account_no where g.id = any (${[...ids]}::text[]) order by g.no for update of g`.execute(
      reading<'directory'>(tx),
    )
  if (rows.length !== new Set(ids).size) throw new Problem('directory.grant_not_found')
  if (rows.some((row) => row.accountNo === actor.accountNo || row.proposedBy === actor.accountNo))
    throw new Problem('directory.own_record')
  if (rows.some((row) => row.state !== state)) throw new Problem('directory.grant_state')
  return rows
}

async function organizationsOf({ tx }: Work, ids: readonly string[]): Promise<number[]> {
  const rows = await reading<'directory'>(tx)
    .selectFrom('directory.grants')
    .select('organization_no')
    .where('id', 'in', [...ids])
    .execute()
  return rows.map((row) => row.organization_no)
}

const objectsOf = (rows: readonly Row[]) => [
  ...rows.map((row) => ({ kind: 'grant', id: row.id })),
  ...[...new Set(rows.map((row) => row.accountId))].map((id) => ({ kind: 'account', id })),
]

/** Approves or refuses proposals, all or none. Whoever proposed one, or would gain by it, is refused. */
export const decideGrants = action({
  name: 'directory.grant.decide',
  input: decideContract.body,
  touches: (work, input) => organizationsOf(work, input.ids),
  run: async (work, input) => {
    const rows = await grantsBy(work, input.ids, 'proposed')
    const state = input.decision === 'approve' ? 'approved' : 'refused'
    await writing<'directory'>(work.tx)
      .updateTable('directory.grants')
      .set({
        state,
        decided_by: work.actor.accountNo,
        decided_at: work.now,
        ...(input.reason !== undefined && { reason: input.reason }),
      })
      .where(
        'no',
        'in',
        rows.map((row) => row.no),
      )
      .execute()
    return {
      reply: { decided: rows.length },
      objects: objectsOf(rows),
      fields: { decision: input.decision, reason: input.reason },
    }
  },
})

/** To end a grant is never to make it last longer. */
function requireEarlier(to: CivilDate | null, on: CivilDate): void {
  if (to === null || on < to) return
  const message = `这项权限本来只到 ${to} 前，请选择更早的日期；已过期的不必再终止。`
  throw new Problem('directory.grant_dates', { detail: message, errors: [{ field: 'on', message }] })
}

/** Ends an approved grant on a day; today takes effect at the next request. One that has not begun by then never begins. */
export const endGrant = action({
  name: 'directory.grant.end',
  input: z.object({ id: z.string(), on: z.string(), reason: z.string() }),
  touches: (work, input) => organizationsOf(work, [input.id]),
  run: async (work, { id, on, reason }) => {
    const rows = await grantsBy(work, [id], 'approved')
    for (const { to } of rows) requireEarlier(to, on)
    await sql`update directory.grants set valid = daterange(lower(valid), greatest(lower(valid), ${on}::date)), reason = ${reason},
        state = case when ${on}::date <= greatest(${work.today}::date, lower(valid)) then 'ended' else state end, decided_by = ${work.actor.accountNo}, decided_at = ${work.now}
      where id = ${id} and not isempty(valid)`.execute(writing<'directory'>(work.tx))
    return { reply: { id }, objects: objectsOf(rows), fields: { on, reason } }
  },
})
