import { readAsSystem } from '../../../kernel/database/transaction.ts'
import type { Database } from '../../../kernel/database/pool.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import type { ReplayFound } from './replay.contract.ts'
import type { SnapshotHead } from './snapshot-file.contract.ts'
import { versionsOf } from './snapshot-head.queries.ts'

/** Where this program judges otherwise than the one that froze: measures by name and version, then statements by rule. */
export async function versionFaults(database: Database, head: SnapshotHead): Promise<ReplayFound['versions']> {
  const measures = head.measures.flatMap(({ name, version, title }) => {
    const now = heldMeasure(name)?.version ?? null
    if (now === version) return []
    const says =
      now === null
        ? `本程序没有指标口径“${title}”（${name}），冻结时为第 ${version} 版。`
        : `指标口径“${title}”（${name}）版本不同：冻结时为第 ${version} 版，本程序为第 ${now} 版。`
    return [{ kind: 'measure' as const, name, frozen: String(version), now: now === null ? null : String(now), says }]
  })
  if (measures.length > 0) return measures
  const here = await readAsSystem(database, (read) => versionsOf(read, database.kysely, head.period))
  const statements = new Map(here.rules.map((rule) => [rule.no, rule.statement]))
  return head.rules.flatMap(({ no, code, version, measure, statement }) => {
    const now = statements.get(no) ?? null
    if (now === statement) return []
    const says = `要求 ${code} 第 ${version} 版的算法写法与冻结时不同，而口径 ${measure} 的版本号没有变。`
    return [{ kind: 'statement' as const, name: code, frozen: statement, now, says }]
  })
}
