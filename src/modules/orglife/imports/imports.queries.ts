import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'

interface Line {
  readonly id: string
  readonly meetings: number
  readonly from: string
  readonly to: string
  readonly lateReason: string
  readonly importedAt: Date
  readonly by: string
  readonly undoReason: string | null
}

/** Imports of an organization, the newest first. */
export async function importsOf(read: Read, organizationNo: number) {
  const { rows } =
    await sql<Line>`select i.id, i.meetings, min(m.held_on)::text as "from", max(m.held_on)::text as "to", i.late_reason as "lateReason",
      i.imported_at as "importedAt", coalesce(directory.account_name(i.imported_by), '系统') as by, i.undo_reason as "undoReason"
    from orglife.meeting_imports i join orglife.imported_meetings t on t.import_no = i.no join orglife.meetings m on m.no = t.meeting_no
    where i.organization_no = ${organizationNo} group by i.no order by i.no desc limit 100`.execute(reading<'orglife'>(read))
  return rows.map(({ importedAt, ...row }) => ({ ...row, importedAt: instantOf(importedAt) }))
}
