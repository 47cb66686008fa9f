import { sql } from 'kysely'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { organizationById } from '../../directory/index.ts'
import { dropView, keepView } from './views.contract.ts'

const most = 50

/** The organization to share with; throws unless the actor holds a role at exactly that one. */
async function sharedWith(work: Work, id: string | undefined): Promise<number | null> {
  if (id === undefined) return null
  const { no } = await organizationById(work.tx, id)
  if (work.actor.grants.some((grant) => grant.organizationNo === no)) return no
  throw new Problem('desk.view_shared_with_own', { errors: [{ field: 'sharedWithId', message: '请选自己任职的组织。' }] })
}

export const keepViewAction = action({
  name: 'desk.view.keep',
  input: keepView.body,
  touches: () => [],
  run: async (work, { name, filters, sharedWithId }) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from desk.saved_views
      where account_no = ${work.actor.accountNo} and name <> ${name}`.execute(reading<'desk'>(work.tx))
    if ((rows[0]?.count ?? 0) >= most) throw new Problem('desk.too_many_views')
    const kept = {
      filters: JSON.stringify(filters),
      shared_with_no: await sharedWith(work, sharedWithId),
      kept_at: work.now,
    }
    const { id } = await writing<'desk'>(work.tx)
      .insertInto('desk.saved_views')
      .values({ id: newId('viw'), account_no: work.actor.accountNo, name, ...kept })
      .onConflict((conflict) => conflict.columns(['account_no', 'name']).doUpdateSet(kept))
      .returning('id')
      .executeTakeFirstOrThrow()
    return { reply: { id }, objects: [{ kind: 'view', id }], fields: { name } }
  },
})

export const dropViewAction = action({
  name: 'desk.view.drop',
  input: dropView.params,
  touches: () => [],
  run: async (work, { id }) => {
    const gone = await writing<'desk'>(work.tx)
      .deleteFrom('desk.saved_views')
      .where('id', '=', id)
      .where('account_no', '=', work.actor.accountNo)
      .returning('id')
      .executeTakeFirst()
    if (!gone) throw new Problem('desk.view_not_found')
    return { reply: { id }, objects: [{ kind: 'view', id }] }
  },
})
