import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'

const kind = 'directory.accounts'
/** An account nobody has signed in with for so long is asked about; addresses of sign-ins are kept as long. */
const unusedDays = 90

interface Counts {
  readonly pending: number
  readonly handedOut: number
  readonly expired: number
  readonly unused: number
  readonly locked: number
}

/** Counts alone, and as the engine: where and when somebody signed in stays closed to the administrators too. */
async function countsOf(read: Read, today: CivilDate): Promise<Counts> {
  const { rows } = await asEngine(read, () =>
    sql<Counts>`with day as (select (${today}::date::timestamp at time zone 'Asia/Shanghai') as begins,
        (${addDays(today, -unusedDays)}::date::timestamp at time zone 'Asia/Shanghai') as long_ago)
      select count(*) filter (where a.state = 'pending')::int as pending,
        count(*) filter (where a.state = 'active' and a.must_change_password and a.password_expires_at >= day.begins)::int as "handedOut",
        count(*) filter (where a.state = 'active' and a.must_change_password and a.password_expires_at < day.begins)::int as expired,
        count(*) filter (where a.state = 'active' and not a.must_change_password and a.created_at < day.long_ago
          and not exists (select from directory.sign_in_addresses s where s.account_no = a.no and s.last_used_at >= day.long_ago))::int as unused,
        count(*) filter (where a.state = 'active' and exists (select from directory.sign_in_failures f
          where f.username_key = a.username_key and f.locked_until >= day.begins))::int as locked
      from directory.accounts a cross join day`.execute(reading<'directory'>(read)),
  )
  return rows[0] ?? { pending: 0, handedOut: 0, expired: 0, unused: 0, locked: 0 }
}

type Said = Pick<WorkItem, 'title' | 'detail' | 'tone' | 'link'>
const heap = (id: string, count: number, said: Said): WorkItem[] =>
  count === 0 ? [] : [{ ...said, id: `${kind}.${id}`, kind, due: null, count }]

/** What the system administrator keeps: one-time passwords nobody used, accounts nobody uses, accounts on their way. */
function ofSystem({ expired, handedOut, unused, pending }: Counts): WorkItem[] {
  return [
    ...heap('expired', expired, {
      title: `${expired} 个一次性密码过期没有用`,
      detail: '本人还没有登录过，请重新发一次性密码',
      tone: 'soon',
      link: '/accounts?state=active',
    }),
    ...heap('unused', unused, {
      title: `${unused} 个账号 ${unusedDays} 天没有登录`,
      detail: '请核对是否还用，不用的停用',
      tone: 'info',
      link: '/accounts?state=active',
    }),
    ...heap('pending', pending, {
      title: `${pending} 个账号在等批准`,
      detail: '由安全管理员批准后才能登录',
      tone: 'waiting',
      link: '/accounts?state=pending',
    }),
    ...heap('handed_out', handedOut, {
      title: `${handedOut} 个一次性密码还没有用`,
      detail: '请提醒本人在有效期内登录并改密码',
      tone: 'waiting',
      link: '/accounts?state=active',
    }),
  ]
}

/** What the security administrator decides: accounts to let in, and whoever was locked out today. */
function ofSecurity({ pending, locked }: Counts): WorkItem[] {
  return [
    ...heap('approve', pending, {
      title: `${pending} 个账号待批准`,
      detail: '请核对本人和职务，批准后才能登录',
      tone: 'soon',
      link: '/accounts?state=pending',
    }),
    ...heap('locked', locked, {
      title: `今天有 ${locked} 个账号因连续输错密码被锁定`,
      detail: '到时自动解除；急用的，核实是本人后解除',
      tone: 'info',
      link: '/accounts?state=active',
    }),
  ]
}

declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (actor.administrator === 'system') return ofSystem(await countsOf(read, today))
    return actor.administrator === 'security' ? ofSecurity(await countsOf(read, today)) : []
  },
})
