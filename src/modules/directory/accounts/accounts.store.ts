import { randomBytes } from 'node:crypto'
import type { Administrator } from '../../../kernel/access/actor.ts'
import { type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { Role } from '../grants/roles.contract.ts'
import { runningMode } from './mode.store.ts'
import { foldUsername, oneTimeDays } from './sign-in.rules.ts'

const unmistakable = '23456789abcdefghjkmnpqrstuvwxyz'

/** A password for one use, easy to read out: five groups of four, about 99 bits. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: 20 }, () => unmistakable[drawBelow(unmistakable.length)])
  return [0, 4, 8, 12, 16].map((at) => letters.slice(at, at + 4).join('')).join('-')
}

function drawBelow(limit: number): number {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255
    if (byte < limit * Math.floor(256 / limit)) return byte % limit
  }
}

/** When a one-time password made now stops working. */
export function oneTimeEnd(now: Date): Date {
  return new Date(now.getTime() + oneTimeDays * 86_400_000)
}

export interface NewAccount {
  readonly username: string
  readonly displayName: string
  readonly personNo: number | null
  readonly administrator: Administrator | null
  readonly passwordHash: string | null
  readonly oneTime: boolean
  readonly state: 'pending' | 'active'
  readonly createdBy: number | null
  readonly demonstration: boolean
  readonly now: Date
}

/** Stores an account that may sign in once it is active, and may do nothing until it holds a grant. */
export function insertAccount(tx: Tx, account: NewAccount): Promise<{ no: number; id: string }> {
  return writing<'directory'>(tx)
    .insertInto('directory.accounts')
    .values({
      id: newId('acc'),
      username: account.username,
      username_key: foldUsername(account.username),
      display_name: account.displayName,
      person_no: account.personNo,
      administrator: account.administrator,
      password_hash: account.passwordHash,
      password_set_at: account.now,
      password_expires_at: account.oneTime ? oneTimeEnd(account.now) : null,
      must_change_password: account.oneTime,
      state: account.state,
      created_by: account.createdBy,
      created_at: account.now,
      demonstration: account.demonstration,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
}

/** A demonstration account with its approved grants. */
export interface SeedAccount {
  readonly username: string
  readonly passwordHash: string
  readonly displayName: string
  readonly personNo: number | null
  readonly administrator?: Administrator
  readonly grants: readonly { readonly role: Role; readonly organizationNo: number; readonly from: string }[]
}

/** Fills the demonstration's accounts. Runs as the system; refuses in production, where no account may exist by default. */
export async function seedAccounts(
  tx: Tx,
  accounts: readonly SeedAccount[],
  now: Date,
): Promise<Map<string, { no: number; id: string }>> {
  if (runningMode() === 'production') throw new Error('demonstration accounts cannot be made in production')
  const made = new Map<string, { no: number; id: string }>()
  for (const account of accounts) {
    const { administrator = null, grants, ...given } = account
    const row = await insertAccount(tx, {
      ...given,
      administrator,
      oneTime: false,
      state: 'active',
      createdBy: null,
      demonstration: true,
      now,
    })
    made.set(account.username, row)
    for (const { role, organizationNo, from } of grants) {
      await writing<'directory'>(tx)
        .insertInto('directory.grants')
        .values({
          id: newId('grt'),
          account_no: row.no,
          role,
          organization_no: organizationNo,
          valid: `[${from},)`,
          state: 'approved',
          proposed_at: now,
          decided_at: now,
          reason: '演示数据',
        })
        .execute()
    }
  }
  return made
}
