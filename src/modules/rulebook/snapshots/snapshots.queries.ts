import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { ReplayFound } from './replay.contract.ts'
import type { SnapshotHead, SnapshotSection } from './snapshot-file.contract.ts'
import type { listSnapshots, showReplay, showSnapshot, SnapshotRow } from './snapshots.contract.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

export interface SnapshotPlace {
  readonly no: number
  readonly organizationNo: number
  readonly period: string
  readonly periodNo: number
  readonly state: SnapshotRow['state']
  readonly file: string | null
  readonly name: string
}

/** A snapshot that the reader may see; throws a Problem otherwise. */
export async function requireSnapshot(read: Read, id: string): Promise<SnapshotPlace> {
  const { rows } =
    await sql<SnapshotPlace>`select s.no, s.organization_no as "organizationNo", p.name as period, p.no as "periodNo", s.state,
      s.file_sha256 as file, n.name
    from rulebook.snapshots s join rulebook.periods p on p.no = s.period_no
    join directory.organization_names n on n.organization_no = s.organization_no and upper_inf(n.valid)
    where s.id = ${id}`.execute(db(read))
  const [row] = rows
  if (!row) throw new Problem('rulebook.snapshot_not_found')
  return row
}

/** The newest snapshot of an organization and period that did not fail; null when nothing was frozen. */
export async function standingOf(read: Read, organizationNo: number, period: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select s.id from rulebook.snapshots s join rulebook.periods p on p.no = s.period_no
    where s.organization_no = ${organizationNo} and p.name = ${period} and s.state <> 'failed' order by s.no desc limit 1`.execute(
    db(read),
  )
  return rows[0]?.id ?? null
}

export interface OrderedSnapshot {
  readonly no: number
  readonly id: string
  readonly organization: SnapshotHead['organization']
  readonly period: SnapshotHead['period']
  readonly supersedes: SnapshotHead['supersedes']
}

/** What is to be frozen; undefined when it is done or given up. */
export async function orderedSnapshot(read: Read, id: string): Promise<OrderedSnapshot | undefined> {
  const { rows } =
    await sql<OrderedSnapshot>`select s.no, s.id, jsonb_build_object('no', o.no, 'id', o.id, 'name', n.name) as organization,
      jsonb_build_object('no', p.no, 'name', p.name, 'starts', p.starts, 'ends', p.ends) as period,
      case when e.id is not null then jsonb_build_object('snapshot', e.id, 'reason', s.supersede_reason) end as supersedes
    from rulebook.snapshots s join rulebook.periods p on p.no = s.period_no join directory.organizations o on o.no = s.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    left join rulebook.snapshots e on e.no = s.supersedes_no
    where s.id = ${id} and s.state = 'freezing'`.execute(db(read))
  return rows[0]
}

interface Stored {
  readonly no: number
  readonly id: string
  readonly organization_no: number
  readonly organization: { id: string; name: string }
  readonly period: string
  readonly state: SnapshotRow['state']
  readonly as_of: string
  readonly note: string | null
  readonly requested_at: Date
  readonly requested_by: string
  readonly frozen_at: Date | null
  readonly failure: string | null
  readonly job: string | null
  readonly bytes: number | null
  readonly supersedes: { id: string; reason: string } | null
  readonly superseded_by: string | null
  readonly replay_state: SnapshotRow['replay']['state'] | null
  readonly replay_outcome: SnapshotRow['replay']['outcome']
  readonly file: string | null
  readonly content: string | null
  readonly signature: string | null
  readonly head: SnapshotHead | null
  readonly sections: SnapshotSection[] | null
}

const stored = (
  condition: RawBuilder<unknown>,
) => sql<Stored>`select s.no, s.id, s.organization_no, p.name as period, s.state, s.as_of, s.note,
    jsonb_build_object('id', o.id, 'name', n.name) as organization, s.requested_at,
    coalesce((select c.display_name from directory.accounts c where c.no = s.requested_by), '') as requested_by,
    s.frozen_at, s.failure, s.job_id as job, s.file_bytes as bytes,
    case when e.id is not null then jsonb_build_object('id', e.id, 'reason', s.supersede_reason) end as supersedes,
    (select l.id from rulebook.snapshots l where l.supersedes_no = s.no and l.state <> 'failed') as superseded_by, r.state as replay_state, r.outcome as replay_outcome,
    s.file_sha256 as file, s.content_sha256 as content, s.signature, s.head, s.sections
  from rulebook.snapshots s join rulebook.periods p on p.no = s.period_no join directory.organizations o on o.no = s.organization_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
  left join rulebook.snapshots e on e.no = s.supersedes_no
  left join lateral (select x.state, x.outcome from rulebook.snapshot_replays x where x.snapshot_no = s.no order by x.no desc limit 1) r on true
  where ${condition}`

const rowOf = (row: Stored): SnapshotRow => ({
  id: row.id,
  organization: row.organization,
  period: row.period,
  state: row.state,
  asOf: row.as_of,
  note: row.note,
  requestedAt: instantOf(row.requested_at),
  requestedBy: row.requested_by,
  frozenAt: row.frozen_at && instantOf(row.frozen_at),
  failure: row.failure,
  job: row.job,
  bytes: row.bytes,
  supersedes: row.supersedes,
  supersededBy: row.superseded_by,
  replay: { state: row.replay_state ?? 'none', outcome: row.replay_outcome },
})

/** Snapshots that the reader may see, the newest first. */
export async function snapshotsFor(
  read: Read,
  asked: z.output<(typeof listSnapshots)['query']>,
): Promise<z.input<(typeof listSnapshots)['reply']>> {
  const conditions = [
    asked.organization === undefined ? null : sql`o.id = ${asked.organization}`,
    asked.period === undefined ? null : sql`p.name = ${asked.period}`,
    asked.after === undefined ? null : sql`s.no < (select x.no from rulebook.snapshots x where x.id = ${asked.after})`,
  ].filter((part) => part !== null)
  const { rows } =
    await sql<Stored>`${stored(sql.join([sql`true`, ...conditions], sql` and `))} order by s.no desc limit ${asked.limit + 1}`.execute(
      db(read),
    )
  const items = rows.slice(0, asked.limit).map(rowOf)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

/** Treats the part of the edges as the version of the tree: the same edges, the same digest. */
const treeOf = (sections: readonly SnapshotSection[] | null) =>
  sections?.find((section) => section.name === 'directory.organization_edges')?.sha256 ?? null

/** What the reader may do with a frozen snapshot: the roles must stand at its organization or above. */
async function abilitiesFor(read: Read, actor: Actor, row: Stored): Promise<('supersede' | 'replay' | 'download')[]> {
  if (row.state !== 'frozen') return []
  const found: ('supersede' | 'replay' | 'download')[] = []
  for (const name of ['supersede', 'replay', 'download'] as const) {
    const held = organizationsFor(actor, `rulebook.snapshot.${name}`)
    const above =
      await sql`select 1 from directory.organization_ancestry a where a.organization_no = ${row.organization_no} and upper_inf(a.valid)
      and a.ancestor_no = any (${`{${held.join(',')}}`}::bigint[])`.execute(db(read))
    if (above.rows.length > 0 && (name !== 'supersede' || row.superseded_by === null)) found.push(name)
  }
  return found
}

/** A snapshot with its seal, versions and parts; throws a Problem when the reader may not see it. */
export async function snapshotShown(read: Read, id: string, actor: Actor): Promise<z.input<(typeof showSnapshot)['reply']>> {
  const { rows } = await stored(sql`s.id = ${id}`).execute(db(read))
  const [row] = rows
  if (!row) throw new Problem('rulebook.snapshot_not_found')
  const { head, sections } = row
  return {
    ...rowOf(row),
    fileSha256: row.file,
    contentSha256: row.content,
    signature: row.signature,
    treeVersion: treeOf(sections),
    schema: head ? head.schema : null,
    measures: head ? head.measures : [],
    rules: head ? head.rules.map(({ code, version }) => ({ code, version })) : [],
    sections: sections ?? [],
    abilities: await abilitiesFor(read, actor, row),
  }
}

interface StoredReplay {
  readonly state: 'running' | 'done' | 'failed'
  readonly found: ReplayFound | null
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly job: string | null
}

/** How the last replay of a snapshot stands. */
export async function replayOf(read: Read, id: string): Promise<z.input<(typeof showReplay)['reply']>> {
  const snapshot = await requireSnapshot(read, id)
  const { rows } = await sql<StoredReplay>`select state, found, started_at, ended_at, job_id as job from rulebook.snapshot_replays
    where snapshot_no = ${snapshot.no} order by no desc limit 1`.execute(db(read))
  const [row] = rows
  if (!row) return { state: 'none', startedAt: null, endedAt: null, job: null, result: null }
  return {
    state: row.state,
    startedAt: instantOf(row.started_at),
    endedAt: row.ended_at && instantOf(row.ended_at),
    job: row.job,
    result: row.found,
  }
}
