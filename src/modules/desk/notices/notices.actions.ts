import { action } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { putAwayNotice } from './notices.contract.ts'

export const putAwayAction = action({
  name: 'desk.notice.put_away',
  input: putAwayNotice.params,
  touches: () => [],
  run: async (work, { id }) => {
    const done = await writing<'desk'>(work.tx)
      .updateTable('desk.notices')
      .set((e) => ({ put_away_at: e.fn.coalesce('put_away_at', e.val(work.now)) }))
      .where('id', '=', id)
      .where('account_no', '=', work.actor.accountNo)
      .returning('id')
      .executeTakeFirst()
    if (!done) throw new Problem('desk.notice_not_found')
    return { reply: { id }, objects: [{ kind: 'notice', id }] }
  },
})
