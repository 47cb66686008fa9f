import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { addDays, type CivilDate, daysBetween } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { lastVerification, type Verification } from './verification.store.ts'

const kind = 'desk.audit'
const verifyEveryDays = 30

interface LedgerState {
  readonly signedAt: Date | null
  /** Entries that no signed checkpoint covers yet. */
  readonly open: number
}

/** Works under the audit administrator's own scopes: nobody else sees a row. */
async function ledgerState(read: Read): Promise<LedgerState> {
  const { rows } =
    await sql<LedgerState>`with signed as (select size, signed_at from ledger.checkpoints order by size desc limit 1)
    select (select signed_at from signed) as "signedAt",
      (select count(*) from ledger.sequence s where s.seq > coalesce((select size from signed), 0))::int
        + (select count(*) from ledger.entries e where e.no > coalesce((select max(entry_no) from ledger.sequence), 0))::int as open`.execute(
      reading<'ledger'>(read),
    )
  return rows[0] ?? { signedAt: null, open: 0 }
}

const minuteOf = (at: Date) => instantOf(at).slice(0, 16).replace('T', ' ')
const dayOf = (at: Date): CivilDate => instantOf(at).slice(0, 10)

const item = (id: string, said: Pick<WorkItem, 'title' | 'detail' | 'tone'>): WorkItem => ({
  ...said,
  id: `${kind}.${id}`,
  kind,
  due: null,
  link: '/audit',
})

/** A failed verification presses until one succeeds; a month without one is worth a reminder. */
function verificationItem(last: Verification | null, today: CivilDate): WorkItem | null {
  if (last?.whole === false) {
    const detail = '请看核验发现了什么，保全签名点文件，并报告分管领导'
    return item('failed', { title: `台账核验没有通过（${minuteOf(last.at)}）`, detail, tone: 'short' })
  }
  const days = last === null ? null : daysBetween(dayOf(last.at), today)
  if (days !== null && days < verifyEveryDays) return null
  const title = days === null ? '台账还没有核验过' : `台账已 ${days} 天没有核验`
  return item('verify', { title, detail: '核验会从头重算，并与签名点对照', tone: 'soon' })
}

/** How far the signatures reach. A checkpoint is signed each minute that brings entries, so one that lags a day has stopped. */
function checkpointItem({ signedAt, open }: LedgerState, today: CivilDate): WorkItem {
  const stopped = open > 0 && signedAt !== null && dayOf(signedAt) < addDays(today, -1)
  const title = open === 0 ? '台账全部已签名' : `签名点之后新记 ${open} 条`
  const last = signedAt === null ? '还没有签名点' : `最近的签名点 ${minuteOf(signedAt)}`
  if (stopped) return item('checkpoint', { title, detail: `${last}，签名已停，请找系统管理员查看后台任务`, tone: 'short' })
  return item('checkpoint', { title, detail: last, tone: 'info' })
}

declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (actor.administrator !== 'audit') return []
    const verified = verificationItem(await lastVerification(read), today)
    return [...(verified ? [verified] : []), checkpointItem(await ledgerState(read), today)]
  },
})
