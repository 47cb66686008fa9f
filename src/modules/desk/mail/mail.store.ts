import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { MailChoice } from './mail.contract.ts'

const unset: MailChoice = { address: null, digest: true, quietFrom: 20, quietUntil: 8 }

/** What the account's owner has chosen; without an address no mail goes out. */
export async function mailChoiceOf(read: Read, actor: Actor): Promise<MailChoice> {
  const row = await reading<'desk'>(read)
    .selectFrom('desk.mail_addresses')
    .select(['address', 'digest', 'quiet_from as quietFrom', 'quiet_until as quietUntil'])
    .where('account_no', '=', actor.accountNo)
    .executeTakeFirst()
  return row ? { ...row, address: row.address === '' ? null : row.address } : unset
}

export async function keepMailChoice(tx: Tx, actor: Actor, choice: MailChoice): Promise<void> {
  const chosen = {
    address: choice.address ?? '',
    digest: choice.digest,
    quiet_from: choice.quietFrom,
    quiet_until: choice.quietUntil,
  }
  await writing<'desk'>(tx)
    .insertInto('desk.mail_addresses')
    .values({ account_no: actor.accountNo, ...chosen })
    .onConflict((conflict) => conflict.column('account_no').doUpdateSet(chosen))
    .execute()
}
