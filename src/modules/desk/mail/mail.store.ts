import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { type MailChoice, mailFields } from './mail.contract.ts'

export const choiceColumns = [
  'address',
  'ways',
  'digest_every as digestEvery',
  'digest_hour as digestHour',
  'digest_weekday as digestWeekday',
  'quiet_from as quietFrom',
  'quiet_until as quietUntil',
  'quiet_days_off as quietDaysOff',
] as const

/** What stands in the row, with what was never chosen as it is by default. */
export const choiceOf = (row: Readonly<Record<string, unknown>>): MailChoice =>
  mailFields.parse({ ...row, address: row['address'] === '' ? null : row['address'] })

/** What the account's owner has chosen; without an address no mail goes out. */
export async function mailChoiceOf(read: Read, actor: Actor): Promise<MailChoice> {
  const row = await reading<'desk'>(read)
    .selectFrom('desk.mail_addresses')
    .select(choiceColumns)
    .where('account_no', '=', actor.accountNo)
    .executeTakeFirst()
  return choiceOf(row ?? { address: null })
}

export async function keepMailChoice(tx: Tx, actor: Actor, choice: MailChoice): Promise<void> {
  const chosen = {
    address: choice.address ?? '',
    ways: JSON.stringify(choice.ways),
    digest_every: choice.digestEvery,
    digest_hour: choice.digestHour,
    digest_weekday: choice.digestWeekday,
    quiet_from: choice.quietFrom,
    quiet_until: choice.quietUntil,
    quiet_days_off: choice.quietDaysOff,
  }
  await writing<'desk'>(tx)
    .insertInto('desk.mail_addresses')
    .values({ account_no: actor.accountNo, ...chosen })
    .onConflict((conflict) => conflict.column('account_no').doUpdateSet(chosen))
    .execute()
}
