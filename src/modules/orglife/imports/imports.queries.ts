import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'

interface Line {
  readonly id: string
  readonly records: number
  readonly from: string
  readonly to: string
  readonly lateReason: string
  readonly importedAt: Date
  readonly importedOn: string
  readonly by: string
  readonly undoReason: string | null
}

const lines = (read: Read, where: ReturnType<typeof sql>, most: number) =>
  sql<Line>`select i.id, i.records, i.first_on::text as "from", i.last_on::text as "to", i.late_reason as "lateReason",
      i.imported_at as "importedAt", (i.imported_at at time zone 'Asia/Shanghai')::date::text as "importedOn",
      coalesce(directory.account_name(i.imported_by), '系统') as by, i.undo_reason as "undoReason"
    from orglife.sheet_imports i where ${where} order by i.no desc limit ${most}`.execute(reading<'orglife'>(read))

/** Imports of a kind for an organization, the newest first. */
export async function importsOf(read: Read, kind: string, organizationNo: number) {
  const { rows } = await lines(read, sql`i.kind = ${kind} and i.organization_no = ${organizationNo}`, 100)
  return rows.map(({ importedAt, importedOn: _, ...row }) => ({ ...row, importedAt: instantOf(importedAt) }))
}

/** Refuses a sheet that was imported for the organization already and stands. */
export async function refuseKnownSheet(
  read: Read,
  asked: { kind: string; organizationNo: number; fingerprint: string | undefined },
): Promise<void> {
  if (!asked.fingerprint) return
  const { rows } = await lines(
    read,
    sql`i.kind = ${asked.kind} and i.organization_no = ${asked.organizationNo} and i.fingerprint = ${asked.fingerprint} and i.undone_at is null`,
    1,
  )
  const [before] = rows
  if (before)
    throw new Problem('orglife.import_same_sheet', {
      detail: `这份表${before.by}已在${inChinese(before.importedOn)}导入过，共 ${before.records} 条，这次没有导入。要重新导入，请先撤回那一次；只补新的，请删去旧行。`,
    })
}
