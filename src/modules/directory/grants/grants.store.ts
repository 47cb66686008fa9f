import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import type { Role } from './roles.contract.ts'

export interface Proposal {
  readonly accountNo: number
  readonly role: Role
  readonly organizationNo: number
  readonly from: CivilDate
  readonly to: CivilDate | null
  readonly postNo: number | null
  readonly reason: string | null
}

/** Stores a proposal; null when the account has or awaits the same role there. What has run out makes room. */
export function insertProposal({ tx, actor, now, today }: Work, proposal: Proposal): Promise<string | null> {
  return asEngine(tx, async () => {
    const db = writing<'directory'>(tx)
    await sql`update directory.grants set state = 'ended' where account_no = ${proposal.accountNo} and role = ${proposal.role}
      and organization_no = ${proposal.organizationNo} and state = 'approved' and upper(valid) <= ${today}::date`.execute(db)
    const made = await sql<{
      id: string
    }>`insert into directory.grants (id, account_no, role, organization_no, valid, post_no, state, proposed_by, proposed_at, reason)
      values (${newId('grt')}, ${proposal.accountNo}, ${proposal.role}, ${proposal.organizationNo}, daterange(${proposal.from}::date, ${proposal.to}::date),
        ${proposal.postNo}, 'proposed', ${actor.accountNo}, ${now}, ${proposal.reason})
      on conflict do nothing returning id`.execute(db)
    return made.rows[0]?.id ?? null
  })
}

/** The account of a person that may hold grants. */
export async function accountOfPerson({ tx }: Work, personNo: number): Promise<number | null> {
  const found = await asEngine(tx, () =>
    reading<'directory'>(tx)
      .selectFrom('directory.accounts')
      .select('no')
      .where('person_no', '=', personNo)
      .where('administrator', 'is', null)
      .executeTakeFirst(),
  )
  return found?.no ?? null
}

/** Proposes what a person's posts of today bring with them, for an account that has just been made. */
export async function proposeFromPosts(work: Work, made: { accountNo: number; personNo: number }): Promise<void> {
  const held = await asEngine(work.tx, () =>
    sql<{
      no: number
      organizationNo: number
      post: PostCode
      from: CivilDate
    }>`select no, organization_no as "organizationNo", post, lower(valid) as "from"
      from directory.posts where person_no = ${made.personNo} and upper_inf(valid)`.execute(reading<'directory'>(work.tx)),
  )
  for (const { no, organizationNo, post, from } of held.rows) {
    const role = posts[post]?.role ?? null
    if (role !== null)
      await insertProposal(work, {
        accountNo: made.accountNo,
        role,
        organizationNo,
        from,
        to: null,
        postNo: no,
        reason: posts[post].name,
      })
  }
}

/** Ends what a post brought, on the day the post ended: a waiting proposal is dropped, a grant runs out. */
export async function endGrantsOfPost({ tx, today, now }: Work, postNo: number, on: CivilDate): Promise<void> {
  await asEngine(tx, () =>
    sql`update directory.grants set
        state = case when state = 'proposed' then 'refused' when ${on}::date <= ${today}::date then 'ended' else state end,
        valid = daterange(lower(valid), greatest(lower(valid), ${on}::date)), decided_at = ${now}, reason = '职务终止'
      where post_no = ${postNo} and state in ('proposed', 'approved') and not isempty(valid)`.execute(writing<'directory'>(tx)),
  )
}
