import { createHash } from 'node:crypto'
import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { MailSender } from '../../../kernel/mail/mail.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { civilDateAt } from '../../../kernel/time/clock.ts'
import { workingDayAfter } from '../../directory/index.ts'
import { digestText, isDue, type Moment } from './digests.rules.ts'
import { choiceColumns, choiceOf } from './mail.store.ts'

/** What the job needs beside the platform. */
export interface Post {
  readonly mail: MailSender
  /** The site's address in the browser. */
  readonly origin: string
  readonly now: Date
}

/** More than this goes with the next run. */
const mostAtOnce = 200

/**
 * Mails every account the notices that are due to it by its own choice. Each account is a transaction of its own; a mail that could
 * not be sent is tried again at the next run, under the same message id, so that a mail server or reader knows a repetition.
 * Answers how many mails went out.
 */
export async function sendDigests(platform: Pick<Platform, 'database' | 'log'>, post: Post): Promise<number> {
  const { waiting, dayOff } = await readAsSystem(platform.database, async (read) => {
    const rows = await reading<'desk'>(read)
      .selectFrom('desk.notices as n')
      .innerJoin('desk.mail_addresses as m', 'm.account_no', 'n.account_no')
      .select('n.account_no')
      .distinct()
      .where('n.mailed_at', 'is', null)
      .where('n.put_away_at', 'is', null)
      .where('m.address', '<>', '')
      .execute()
    const today = civilDateAt(post.now)
    return { waiting: rows, dayOff: (await workingDayAfter(read, addDays(today, -1), 1)) !== today }
  })
  let sent = 0
  for (const { account_no: accountNo } of waiting) {
    try {
      if (await writeAsSystem(platform.database, (tx) => mailAccount(tx, accountNo, { ...post, dayOff }))) sent += 1
    } catch (error) {
      platform.log.warn('mail_not_sent', { accountNo, ...errorFields(error) })
    }
  }
  return sent
}

async function mailAccount(tx: Tx, accountNo: number, post: Post & Moment): Promise<boolean> {
  const db = writing<'desk'>(tx)
  // Locked, so that two nodes never send the same mail; the other one passes on.
  const row = await db
    .selectFrom('desk.mail_addresses')
    .select(choiceColumns)
    .where('account_no', '=', accountNo)
    .where('address', '<>', '')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return false
  const choice = choiceOf(row)
  const waiting = await db
    .selectFrom('desk.notices')
    .select(['no', 'id', 'kind', 'title', 'body', 'urgent', 'even_quiet as evenQuiet', 'created_at as createdAt'])
    .where('account_no', '=', accountNo)
    .where('mailed_at', 'is', null)
    .where('put_away_at', 'is', null)
    .orderBy('no')
    .execute()
  const due = waiting.filter((notice) => isDue(choice, notice, post)).slice(0, mostAtOnce)
  if (due.length === 0) return false
  await db
    .updateTable('desk.notices')
    .set({ mailed_at: post.now })
    .where(
      'no',
      'in',
      due.map(({ no }) => no),
    )
    .execute()
  const id = createHash('sha256')
    .update(due.map((notice) => notice.id).join(' '))
    .digest('hex')
    .slice(0, 40)
  await post.mail.send({ id, to: row.address, ...digestText(due, post.origin) })
  return true
}
