import { Secret, TOTP } from 'otpauth'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { Platform } from '../../../kernel/platform.ts'

const seconds = 30
const place = (accountId: string) => ({ column: 'directory.accounts.totp_secret', row: accountId })

function generator(secret: string, label: string): TOTP {
  return new TOTP({ issuer: '表率', label, algorithm: 'SHA1', digits: 6, period: seconds, secret: Secret.fromBase32(secret) })
}

export interface Enrolment {
  readonly secret: string
  readonly uri: string
}

/** Makes and stores a new secret that counts only once it has been confirmed. False when one is in force already. */
export async function beginEnrolment(
  platform: Platform,
  tx: Tx,
  account: { id: string; no: number; username: string },
): Promise<Enrolment | null> {
  const secret = new Secret({ size: 20 }).base32
  const stored = await writing<'directory'>(tx)
    .updateTable('directory.accounts')
    .set({ totp_secret_cipher: platform.crypto.seal(secret, place(account.id)), totp_last_step: null })
    .where('no', '=', account.no)
    .where('totp_confirmed_at', 'is', null)
    .executeTakeFirst()
  if (stored.numUpdatedRows === 0n) return null
  return { secret, uri: generator(secret, account.username).toString() }
}

/** The step to which a code belongs, one step early or late allowed; null when it is wrong. */
async function stepOf(
  platform: Platform,
  read: Read,
  asked: { accountNo: number; accountId: string; code: string },
): Promise<number | null> {
  const found = await reading<'directory'>(read)
    .selectFrom('directory.accounts')
    .select('totp_secret_cipher')
    .where('no', '=', asked.accountNo)
    .executeTakeFirst()
  if (!found?.totp_secret_cipher) return null
  const now = platform.clock.now().getTime()
  const totp = generator(platform.crypto.open(found.totp_secret_cipher, place(asked.accountId)), '')
  const delta = totp.validate({ token: asked.code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / (seconds * 1000)) + delta
}

/**
 * Uses up a code: true once per step, whichever of two racing requests comes first. With `confirm` the pending secret comes into
 * force, without it only a secret in force is accepted.
 */
export async function useCode(
  platform: Platform,
  tx: Tx,
  asked: { accountNo: number; accountId: string; code: string; confirm: boolean },
): Promise<boolean> {
  const step = await stepOf(platform, tx, asked)
  if (step === null) return false
  const used = await writing<'directory'>(tx)
    .updateTable('directory.accounts')
    .set({ totp_last_step: step, ...(asked.confirm && { totp_confirmed_at: platform.clock.now() }) })
    .where('no', '=', asked.accountNo)
    .where('totp_confirmed_at', asked.confirm ? 'is' : 'is not', null)
    .where((where) => where.or([where('totp_last_step', 'is', null), where('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** Takes the second factor off an account. */
export async function removeSecondFactor(tx: Tx, accountNo: number): Promise<void> {
  await writing<'directory'>(tx)
    .updateTable('directory.accounts')
    .set({ totp_secret_cipher: null, totp_confirmed_at: null, totp_last_step: null })
    .where('no', '=', accountNo)
    .execute()
}
