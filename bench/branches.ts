import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../src/kernel/access/actor.ts'
import { perform } from '../src/kernel/actions/action.ts'
import { reading } from '../src/kernel/database/handles.ts'
import { readAsSystem } from '../src/kernel/database/transaction.ts'
import { recordMeetingAction } from '../src/modules/orglife/index.ts'
import { recordMeetingBody } from '../src/modules/orglife/meetings/meetings.contract.ts'
import type { Place } from './place.ts'

/** A branch with the account of its secretary. */
export interface Branch {
  readonly id: string
  readonly no: number
  readonly accountNo: number
  readonly accountId: string
}

/** Branches drawn from the whole tree, the same ones at each run. */
export async function someBranches(place: Place, count: number): Promise<Branch[]> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<Branch>`select o.id, o.no, a.no as "accountNo", a.id as "accountId" from directory.organizations o
      cross join (select no, id from directory.accounts where username = 'zhibu') a
      where o.kind = 'branch' and o.dissolved_on is null and o.established_on < '2025-01-01'
        and exists (select 1 from directory.memberships m where m.organization_no = o.no and m.standing = 'full' and upper_inf(m.valid))
      order by md5(o.id) limit ${count}`.execute(reading<'directory'>(read)),
  )
  return found.rows
}

/** The root of the tree. */
export async function rootOf(place: Place): Promise<{ no: number; id: string }> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{ no: number; id: string }>`select no, id from directory.organizations o where kind = 'working_committee'
      and not exists (select 1 from directory.organization_edges e where e.organization_no = o.no) order by no limit 1`.execute(
      reading<'directory'>(read),
    ),
  )
  const [root] = found.rows
  if (!root) throw new Error('the place holds no organization')
  return root
}

function secretaryOf(branch: Branch): Actor {
  return {
    accountNo: branch.accountNo,
    accountId: branch.accountId,
    name: '支部书记',
    personNo: null,
    administrator: null,
    grants: [{ role: 'branch_secretary', organizationNo: branch.no }],
    readOrganizations: [branch.no],
    writeOrganizations: [branch.no],
  }
}

/** The branch's secretary records today's theme day: the whole action, as the route runs it. */
export function recordThemeDay(place: Place, branch: Branch): Promise<unknown> {
  const input = recordMeetingBody.parse({
    organizationIds: [branch.id],
    kinds: ['theme_day'],
    title: '主题党日',
    heldOn: place.platform.clock.today(),
    agenda: [
      { title: '学习理论文章', category: 'political_theory' },
      { title: '志愿服务安排', category: 'party_affairs' },
    ],
  })
  return perform(place.platform, recordMeetingAction, {
    actor: secretaryOf(branch),
    requestId: null,
    idempotencyKey: randomUUID(),
    input,
  })
}
