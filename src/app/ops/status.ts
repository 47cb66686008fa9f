import { sql } from 'kysely'
import { statfs } from 'node:fs/promises'
import { reading } from '../../kernel/database/handles.ts'
import { readAsSystem } from '../../kernel/database/transaction.ts'
import { instantOf } from '../../kernel/ledger/ledger.store.ts'
import { atWork, say } from './open.ts'

interface Status {
  readonly version: string
  readonly size: string
  readonly organizations: number
  readonly persons: number
  readonly accounts: number
  readonly entries: number
  readonly waiting: number
  readonly vouched: number | null
  readonly signed_at: Date | null
  readonly events: number
  readonly dead: number
  readonly failed: number
  readonly deltas: number
}

const question = sql<Status>`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
  (select count(*) from directory.organizations where dissolved_on is null) as organizations,
  (select count(*) from directory.persons) as persons, (select count(*) from directory.accounts where state = 'active') as accounts,
  (select size from ledger.frontier) as entries, (select count(*) from ledger.pending) as waiting,
  (select max(size) from ledger.checkpoints) as vouched, (select max(signed_at) from ledger.checkpoints) as signed_at,
  (select count(*) from kernel.outbox where handled_at is null and dead_at is null) as events,
  (select count(*) from kernel.outbox where dead_at is not null) as dead,
  (select count(*) from kernel.jobs where state = 'failed' and updated_at > now() - interval '7 days') as failed,
  (select count(*) from rulebook.cell_deltas) as deltas`

/** How the installation stands, on one screen. Exit code 1 when something needs a person. */
export function status(): Promise<number> {
  return atWork(async ({ platform, settings, attached }) => {
    const { rows } = await readAsSystem(platform.database, (read) => question.execute(reading<'kernel'>(read)))
    const [now] = rows
    if (!now) return 1
    const disk = await statfs(settings.dataFolder)
    const free = Math.floor((disk.bavail * disk.bsize) / 1_073_741_824)
    say(
      `运行方式　　${settings.mode === 'production' ? '正式' : '演示'}，${settings.databaseUrl === undefined ? `内置数据库${attached ? '，服务正在运行' : '，服务没有运行'}` : '外接数据库'}`,
    )
    say(`数据文件夹　${settings.dataFolder}（磁盘剩余 ${free} GB）`)
    say(`数据库　　　PostgreSQL ${now.version}，${now.size}`)
    say(`组织和人员　${now.organizations} 个组织，${now.persons} 人，${now.accounts} 个可用账号`)
    say(
      `台账　　　　${now.entries} 条，待编号 ${now.waiting} 条；最近签名点在第 ${now.vouched ?? 0} 条${now.signed_at ? `，${instantOf(now.signed_at)}` : ''}`,
    )
    say(`后台　　　　待处理事件 ${now.events}，放弃的事件 ${now.dead}，一周内失败的任务 ${now.failed}，待汇总 ${now.deltas}`)
    if (now.dead > 0) say('有事件多次处理不成，已放弃：请查看日志中的 outbox_event_given_up，把它交给技术人员。')
    if (free < 2) say('磁盘快满了：请清出空间。')
    return now.dead > 0 || free < 2 ? 1 : 0
  })
}
