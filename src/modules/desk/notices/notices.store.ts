import { sql } from 'kysely'
import { asEngine, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { Notice, Recipients } from '../../../kernel/notices/registry.ts'

const list = (numbers: readonly number[] | undefined) => sql`${`{${(numbers ?? []).join(',')}}`}::bigint[]`

/** Accounts in use behind the recipients, each once. The three administrators get nothing of the business. */
async function accountsOf(tx: Tx, to: Recipients, at: Date): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select a.no from directory.accounts a
    where a.state = 'active' and a.administrator is null and (a.no = any (${list(to.accountNos)}) or a.person_no = any (${list(to.personNos)})
      or exists (select 1 from directory.grants g
        join jsonb_to_recordset(${JSON.stringify(to.holders ?? [])}::jsonb) as h ("organizationNo" bigint, roles jsonb) on h."organizationNo" = g.organization_no
        where g.account_no = a.no and g.state = 'approved' and g.valid @> (${at}::timestamptz at time zone 'Asia/Shanghai')::date and h.roles ? g.role))
    order by a.no`.execute(reading<'directory'>(tx))
  return rows.map(({ no }) => no)
}

/** Keeps a notice for everybody it is for, in the transaction of the act that tells it. */
export async function keepNotice(tx: Tx, notice: Notice): Promise<void> {
  await asEngine(tx, async () => {
    const accounts = (await accountsOf(tx, notice.to, notice.at)).filter((no) => no !== notice.except)
    if (accounts.length === 0) return
    const { kind, title, body, link, at, urgent, evenQuiet } = notice
    const said = { kind, title, body, link, created_at: at, urgent: urgent ?? false, even_quiet: evenQuiet ?? false }
    await writing<'desk'>(tx)
      .insertInto('desk.notices')
      .values(accounts.map((no) => ({ ...said, id: newId('ntc'), account_no: no })))
      .execute()
  })
}
