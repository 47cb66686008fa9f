import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CompiledQuery } from 'kysely'
import { inSnapshot } from '../../../kernel/database/stream.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type OutCell, type SheetColumn, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { textOfStored } from '../../../kernel/ledger/entry-leaf.ts'
import { exportLine } from '../../../kernel/ledger/entry.rules.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { type AuditFilters, auditOutcomeNames } from './audit.contract.ts'
import { actionName, type LedgerRow, ledgerRows } from './audit.queries.ts'

const columns: readonly SheetColumn[] = [
  { title: '序号', width: 10, format: 'integer' },
  { title: '时间', width: 30 },
  { title: '动作', width: 20 },
  { title: '动作代码', width: 28 },
  { title: '结果', width: 8 },
  { title: '账号', width: 20 },
  { title: '对象', width: 44 },
  { title: '组织', width: 44 },
  { title: '涉及的栏目', width: 30 },
  { title: '请求编号', width: 18 },
]

function cells({ seq, entry, account_name }: LedgerRow): OutCell[] {
  return [
    seq,
    entry.at,
    actionName(entry.action),
    entry.action,
    auditOutcomeNames[entry.outcome],
    account_name ?? (entry.actor.kind === 'system' ? '系统' : ''),
    entry.objects.map((object) => `${object.kind} ${object.id}`).join('；'),
    entry.organizations.join('；'),
    Object.keys(entry.fields).join('、'),
    entry.requestId,
  ]
}

async function* sheetRows(rows: AsyncIterable<LedgerRow>): AsyncGenerator<OutCell[]> {
  for await (const row of rows) yield cells(row)
}

/** Numbered entries only: a line without its place proves nothing. */
async function* lines(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  for await (const { seq, leaf, entry } of rows) {
    if (seq !== null) yield exportLine({ seq, leaf, entry: textOfStored(entry) ?? 'null' })
  }
}

/** The search as a statement that a snapshot can stream. */
export function exportStatement(read: Read, filters: AuditFilters): CompiledQuery<LedgerRow> {
  return ledgerRows(filters).compile(reading<'ledger' | 'directory'>(read))
}

/** All entries found, as a stream that ends when they have gone out; a failure destroys it. The caller has asked the policy. */
export function exportStream(
  platform: Pick<Platform, 'database'>,
  statement: CompiledQuery<LedgerRow>,
  format: 'xlsx' | 'ndjson',
): Readable {
  const out = new PassThrough()
  const running = inSnapshot(platform.database, async (snapshot) => {
    const rows = snapshot.rows<LedgerRow>(statement.sql, statement.parameters)
    const bytes =
      format === 'ndjson'
        ? Readable.from(lines(rows))
        : writeWorkbook({ sheets: [{ name: '台账', columns, rows: sheetRows(rows) }] })
    await pipeline(bytes, out)
  })
  running.catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('export failed')))
  return out
}
