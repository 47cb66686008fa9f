import { sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { publicKeyOf } from '../../../kernel/ledger/checkpoint.store.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { ledgerSettings } from '../../../kernel/ledger/settings.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import { changedObligations } from './differences.queries.ts'
import { ownVerifier } from './replay.jobs.ts'
import { SnapshotRefused, verifySnapshot } from './snapshot-reading.store.ts'
import type { checkSeal, frozenNotice, listSeals } from './snapshots.contract.ts'
import type { SnapshotPlace } from './snapshots.queries.ts'

/** Seals of all snapshots for the audit administrator: no organization, no period, no figure. */
export async function sealsFor(
  read: Read,
  asked: z.output<(typeof listSeals)['query']>,
): Promise<z.input<(typeof listSeals)['reply']>> {
  const { rows } = await sql<{
    id: string
    frozen_at: Date
    bytes: number
    file: string
  }>`select s.id, s.frozen_at, s.file_bytes as bytes, s.file_sha256 as file
    from rulebook.snapshots s where s.state = 'frozen'
      and ${asked.after === undefined ? sql`true` : sql`s.no < (select x.no from rulebook.snapshots x where x.id = ${asked.after})`}
    order by s.no desc limit ${asked.limit + 1}`.execute(reading<'rulebook'>(read))
  const key = Buffer.from(ownVerifier().keyId).toString('hex')
  const items = rows
    .slice(0, asked.limit)
    .map(({ id, frozen_at, bytes, file }) => ({ id, frozenAt: instantOf(frozen_at), bytes, fileSha256: file, key }))
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

/** The stored file of a snapshot, for whoever may judge its seal; throws a Problem before it is frozen. */
export async function fileOfSeal(read: Read, id: string): Promise<string> {
  const row = await reading<'rulebook'>(read)
    .selectFrom('rulebook.snapshots')
    .select('file_sha256 as file')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('rulebook.snapshot_not_found')
  if (row.file === null) throw new Problem('rulebook.not_yet_frozen')
  return row.file
}

/** Reads the whole file again and judges hash and signature. */
export async function sealChecked(id: string, file: string): Promise<z.input<(typeof checkSeal)['reply']>> {
  const publicKey = publicKeyOf(ledgerSettings().signingKey)
  try {
    const { seal } = await verifySnapshot(() => fileStore().get(file), ownVerifier())
    return {
      id,
      whole: true,
      says: `签名成立，内容摘要 ${seal.content.slice(0, 12)}… 与签名时一致。`,
      fileSha256: file,
      publicKey,
    }
  } catch (error) {
    if (!(error instanceof SnapshotRefused)) throw error
    return { id, whole: false, says: error.message, fileSha256: file, publicKey }
  }
}

interface Above extends SnapshotPlace {
  readonly id: string
  readonly on: string
}

/** The last snapshot that covers an organization's period, and how many of the duties the reader sees under it changed since. */
export async function noticeFor(
  read: Read,
  asked: z.output<(typeof frozenNotice)['query']>,
): Promise<z.input<(typeof frozenNotice)['reply']>> {
  const place = await placeAsked(read, asked.organization, [])
  // That a period is frozen concerns everybody under it; the snapshot itself only those who may read its organization.
  const found = await asEngine(read, async () => {
    const { rows } =
      await sql<Above>`select s.no, s.id, s.organization_no as "organizationNo", p.name as period, p.no as "periodNo", s.state,
        s.file_sha256 as file, n.name, ((s.frozen_at at time zone 'Asia/Shanghai')::date)::text as on
      from rulebook.snapshots s join rulebook.period_nesting g on g.outer_no = s.period_no join rulebook.periods q on q.no = g.period_no
      join rulebook.periods p on p.no = s.period_no
      join directory.organization_ancestry a on a.ancestor_no = s.organization_no and a.organization_no = ${place.no} and a.valid @> least(q.ends, s.as_of)
      join directory.organization_names n on n.organization_no = s.organization_no and upper_inf(n.valid)
      where q.name = ${asked.period} and s.state = 'frozen' order by p.starts desc, p.ends, s.no desc limit 1`.execute(
        reading<'rulebook' | 'directory'>(read),
      )
    return rows[0]
  })
  if (!found) return { frozen: null }
  const readable = await sql`select 1 from rulebook.snapshots where no = ${found.no}`.execute(reading<'rulebook'>(read))
  return {
    frozen: {
      on: found.on,
      organization: found.name,
      changed: await changedObligations(read, found, { organizationNo: place.no, period: asked.period }),
      id: readable.rows.length > 0 ? found.id : null,
    },
  }
}
