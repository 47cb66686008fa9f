import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { Platform } from '../../../kernel/platform.ts'
import './accounts.contract.ts'
import { runningMode } from './mode.store.ts'
import { actorOf, type LiveSession } from './session.queries.ts'
import { foldUsername } from './sign-in.rules.ts'

type Row = Omit<LiveSession, 'secondFactor' | 'passwordSetAt'> & { readonly state: string }

async function accountWhere(
  platform: Pick<Platform, 'database' | 'clock'>,
  condition: RawBuilder<unknown>,
): Promise<Row | undefined> {
  const today = platform.clock.today()
  const { rows } = await readAsSystem(platform.database, (read) =>
    sql<Row>`select a.no as "accountNo", a.id as "accountId", a.display_name as name, a.person_no as "personNo", a.administrator, a.state,
        a.demonstration, a.totp_confirmed_at is not null as enrolled, a.must_change_password as "mustChangePassword",
        coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'organizationNo', g.organization_no) order by g.no)
          from directory.grants g where g.account_no = a.no and g.state = 'approved' and g.valid @> ${today}::date), '[]') as grants
      from directory.accounts a where ${condition}`.execute(reading<'directory'>(read)),
  )
  const [found] = rows
  return found?.demonstration && runningMode() === 'production' ? undefined : found
}

/**
 * The account in whose name the operator of the machine works, with what it holds today; there is no session. Throws
 * `directory.account_not_found`, or `directory.account_state` for one that could not sign in itself.
 */
export async function actorNamed(platform: Pick<Platform, 'database' | 'clock'>, username: string): Promise<Actor> {
  const found = await accountWhere(platform, sql`a.username_key = ${foldUsername(username)}`)
  if (!found) {
    throw new Problem('directory.account_not_found', { detail: `没有用户名是“${username}”的账号，请核对。` })
  }
  if (found.state !== 'active' || found.mustChangePassword) {
    throw new Problem('directory.account_state', { detail: `账号“${username}”还不能登录或已停用，请换一个在用的账号。` })
  }
  return actorOf({ ...found, secondFactor: 'none', passwordSetAt: null })
}

/** The account of a number with what it holds today, where another secret than a session stands for it; null when it could not sign in. */
export async function actorNumbered(platform: Pick<Platform, 'database' | 'clock'>, accountNo: number): Promise<Actor | null> {
  const found = await accountWhere(platform, sql`a.no = ${accountNo}`)
  if (!found || found.state !== 'active' || found.mustChangePassword) return null
  return actorOf({ ...found, secondFactor: 'none', passwordSetAt: null })
}
