import { sql } from 'kysely'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { ownQueue } from '../../../kernel/jobs/own-queue.ts'
import { period as parse } from '../../../kernel/time/period.ts'
import { figuresSince } from '../engine/requirement.queries.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import { freezeJob, replayJob } from './snapshots.events.ts'
import { freezePeriod, startReplay, supersedeSnapshot } from './snapshots.contract.ts'
import { requireSnapshot, standingOf } from './snapshots.queries.ts'

interface Ordered {
  readonly organizationNo: number
  readonly period: string
  readonly note: string | null
  readonly earlier: { readonly no: number; readonly reason: string } | null
}

/** Notes what is to be frozen; the work itself is done beside the requests. */
async function order(work: Work, asked: Ordered): Promise<{ id: string; job: string | null }> {
  const id = newId('snp')
  const job = (await ownQueue()?.enqueue(work.tx, freezeJob, { payload: { snapshot: id }, singletonKey: id })) ?? null
  const entered =
    await sql`insert into rulebook.snapshots (id, organization_no, period_no, state, as_of, note, supersedes_no, supersede_reason,
      requested_by, requested_at, job_id)
    select ${id}, ${asked.organizationNo}, p.no, 'freezing', ${work.today}::date, ${asked.note}, ${asked.earlier?.no ?? null}::bigint,
      ${asked.earlier?.reason ?? null}, ${work.actor.accountNo}, ${work.now}, ${job}
    from rulebook.periods p where p.name = ${asked.period} on conflict do nothing`.execute(writing<'rulebook'>(work.tx))
  if (Number(entered.numAffectedRows ?? 0) === 0)
    throw new Problem(asked.earlier ? 'rulebook.already_superseded' : 'rulebook.already_frozen')
  return { id, job }
}

/** Freezes a period for an organization and all under it. */
export const freezePeriodAction = action({
  name: 'rulebook.snapshot.freeze',
  input: freezePeriod.body,
  touches: async ({ tx }, { organization }) => [(await placeAsked(tx, organization, [])).no],
  run: async (work, input) => {
    const { starts } = parse(input.period)
    if (starts > work.today) throw new Problem('rulebook.period_not_begun')
    if (starts < (await figuresSince(work.tx))) throw new Problem('rulebook.period_before_figures')
    const place = await placeAsked(work.tx, input.organization, [])
    if (await standingOf(work.tx, place.no, input.period)) throw new Problem('rulebook.already_frozen')
    const reply = await order(work, { organizationNo: place.no, period: input.period, note: input.note ?? null, earlier: null })
    return {
      reply,
      objects: [
        { kind: 'snapshot', id: reply.id },
        { kind: 'organization', id: place.id },
      ],
      fields: { period: input.period, note: input.note ?? null },
    }
  },
})

/** What is frozen stays; a later snapshot with a reason names it. */
export const supersedeSnapshotAction = action({
  name: 'rulebook.snapshot.supersede',
  input: supersedeSnapshot.body.extend({ id: supersedeSnapshot.params.shape.id }),
  touches: async ({ tx }, { id }) => [(await requireSnapshot(tx, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const earlier = await requireSnapshot(work.tx, id)
    if (earlier.state !== 'frozen') throw new Problem('rulebook.not_yet_frozen')
    const reply = await order(work, {
      organizationNo: earlier.organizationNo,
      period: earlier.period,
      note: null,
      earlier: { no: earlier.no, reason },
    })
    return {
      reply,
      objects: [
        { kind: 'snapshot', id: reply.id },
        { kind: 'snapshot', id },
      ],
      fields: { reason },
    }
  },
})

/** Asks for a recomputation from the frozen inputs alone. */
export const replaySnapshotAction = action({
  name: 'rulebook.snapshot.replay',
  input: startReplay.params,
  touches: async ({ tx }, { id }) => [(await requireSnapshot(tx, id)).organizationNo],
  run: async (work, { id }) => {
    const snapshot = await requireSnapshot(work.tx, id)
    if (snapshot.state !== 'frozen') throw new Problem('rulebook.not_yet_frozen')
    const running =
      await sql`select 1 from rulebook.snapshot_replays r where r.snapshot_no = ${snapshot.no} and r.state = 'running'
      and r.started_at > ${new Date(work.now.getTime() - 3_600_000)}`.execute(reading<'rulebook'>(work.tx))
    if (running.rows.length > 0) throw new Problem('rulebook.replay_running')
    const replay = newId('rpl')
    const job = (await ownQueue()?.enqueue(work.tx, replayJob, { payload: { replay }, singletonKey: replay })) ?? null
    await sql`insert into rulebook.snapshot_replays (id, snapshot_no, state, asked_by, started_at, job_id)
      values (${replay}, ${snapshot.no}, 'running', ${work.actor.accountNo}, ${work.now}, ${job})`.execute(
      writing<'rulebook'>(work.tx),
    )
    return {
      reply: { id: replay, job },
      objects: [
        { kind: 'replay', id: replay },
        { kind: 'snapshot', id },
      ],
    }
  },
})
