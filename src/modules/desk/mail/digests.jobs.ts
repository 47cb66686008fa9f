import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { MailSender } from '../../../kernel/mail/mail.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { civilDateAt } from '../../../kernel/time/clock.ts'
import { digestText, hourAt, mailable } from './digests.rules.ts'

/** What the job needs beside the platform. */
export interface Post {
  readonly mail: MailSender
  /** The site's address in the browser. */
  readonly origin: string
  readonly now: Date
}

/**
 * Mails every account its notices: what is urgent at once, the rest in one digest a day from 8:00 on, nothing in the account's quiet
 * hours. Each account is a transaction of its own; a mail that could not be sent is tried again at the next run. Answers how many
 * mails went out.
 */
export async function sendDigests(platform: Pick<Platform, 'database' | 'log'>, post: Post): Promise<number> {
  const waiting = await readAsSystem(platform.database, (read) =>
    reading<'desk'>(read)
      .selectFrom('desk.notices as n')
      .innerJoin('desk.mail_addresses as m', 'm.account_no', 'n.account_no')
      .select('n.account_no')
      .distinct()
      .where('n.mailed_at', 'is', null)
      .where('n.put_away_at', 'is', null)
      .where('m.address', '<>', '')
      .execute(),
  )
  let sent = 0
  for (const { account_no: accountNo } of waiting) {
    try {
      if (await writeAsSystem(platform.database, (tx) => mailAccount(tx, accountNo, post))) sent += 1
    } catch (error) {
      platform.log.warn('mail_not_sent', { accountNo, ...errorFields(error) })
    }
  }
  return sent
}

async function mailAccount(tx: Tx, accountNo: number, post: Post): Promise<boolean> {
  const db = writing<'desk'>(tx)
  // Locked, so that two nodes never send the same digest; the other one passes on.
  const hours = await db
    .selectFrom('desk.mail_addresses')
    .select(['address', 'digest', 'quiet_from as quietFrom', 'quiet_until as quietUntil', 'digested_on as digestedOn'])
    .where('account_no', '=', accountNo)
    .where('address', '<>', '')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!hours) return false
  const today = civilDateAt(post.now)
  const what = mailable(hours, { hour: hourAt(post.now), today })
  if (what === 'nothing') return false
  const notices = await db
    .selectFrom('desk.notices')
    .select(['no', 'title', 'body'])
    .where('account_no', '=', accountNo)
    .where('mailed_at', 'is', null)
    .where('put_away_at', 'is', null)
    .$if(what === 'urgent', (query) => query.where('urgent', '=', true))
    .orderBy('no')
    .execute()
  if (notices.length === 0) return false
  await db
    .updateTable('desk.notices')
    .set({ mailed_at: post.now })
    .where(
      'no',
      'in',
      notices.map(({ no }) => no),
    )
    .execute()
  if (what === 'everything')
    await db.updateTable('desk.mail_addresses').set({ digested_on: today }).where('account_no', '=', accountNo).execute()
  await post.mail.send({ to: hours.address, ...digestText(notices, post.origin) })
  return true
}
