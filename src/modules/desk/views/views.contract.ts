import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { itemFilters } from '../items/items.contract.ts'

const viewFilters = z.strictObject({ ...itemFilters, sort: z.enum(['dueOn', 'openedOn']).optional() })
export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  filters: viewFilters,
  /** The organization with whose holders it is shared. */
  sharedWith: z.object({ id: z.string(), name: z.string() }).nullable(),
  mine: z.boolean(),
})
export type SavedView = z.infer<typeof savedView>

export const listViews = endpoint({
  method: 'GET',
  path: '/api/v1/desk/views',
  tag: '工作台',
  summary: '督办台存下的视图：自己的，和所在组织里共用的',
  reply: z.object({ items: z.array(savedView) }),
})
export const keepView = endpoint({
  method: 'POST',
  path: '/api/v1/desk/views',
  tag: '工作台',
  summary: '把现在的筛选存成视图；同名的换成现在的筛选',
  body: z.strictObject({
    name: z.string().trim().min(1, { error: '请给视图起个名称。' }).max(30).meta({ title: '名称' }),
    filters: viewFilters.meta({ title: '筛选' }),
    sharedWithId: organizationId.optional().meta({ title: '与哪个组织共用', help: '不选只有自己看得到' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const dropView = endpoint({
  method: 'POST',
  path: '/api/v1/desk/views/:id/drop',
  tag: '工作台',
  summary: '删掉自己存的视图',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.object({ id: z.string() }),
})

problems({
  'desk.view_not_found': { status: 404, title: '没有找到这个视图，或不是您存的。' },
  'desk.view_shared_with_own': { status: 422, title: '只能与自己任职的组织共用视图。' },
  'desk.too_many_views': { status: 409, title: '视图已满 50 个，请先删掉不用的。' },
})
