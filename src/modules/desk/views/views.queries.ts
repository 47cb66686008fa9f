import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { SavedView } from './views.contract.ts'

/** The reader's own views, and those shared where the reader holds a role; the second wall says which. */
export async function viewsOf(read: Read, actor: Actor): Promise<SavedView[]> {
  const rows = await reading<'desk' | 'directory'>(read)
    .selectFrom('desk.saved_views as v')
    .leftJoin('directory.organizations_now as o', 'o.no', 'v.shared_with_no')
    .select(['v.id', 'v.name', 'v.filters', 'v.account_no as accountNo', 'o.id as organizationId', 'o.name as organizationName'])
    .orderBy('v.name')
    .orderBy('v.no')
    .execute()
  return rows.map(({ id, name, filters, accountNo, organizationId, organizationName }) => ({
    id,
    name,
    filters: filters as SavedView['filters'],
    sharedWith: organizationId === null || organizationName === null ? null : { id: organizationId, name: organizationName },
    mine: accountNo === actor.accountNo,
  }))
}
