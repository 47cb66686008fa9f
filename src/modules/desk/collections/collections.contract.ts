import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

/** Which collections there are, with what each is for. */
export const collectionKinds = {
  workbook: { title: '工作手册', for: '一年的会议、纪实、学习和整改，按日期编成一册' },
  summary: { title: '年度工作情况', for: '一年各项要求办得怎样，每个数字注明出处' },
  handover: { title: '交接清单', for: '换书记时交给接手的人：要办的、答应的、等着的，各在哪里' },
} as const
export type CollectionKind = keyof typeof collectionKinds
export const collectionKind = z
  .enum(Object.keys(collectionKinds) as [CollectionKind, ...CollectionKind[]])
  .meta({ title: '材料' })

problems({
  'desk.collection_year': { status: 422, title: '请填 2000 年以后、不晚于今年的年份。' },
})

export const exportCollection = endpoint({
  method: 'GET',
  path: '/api/v1/collections/export',
  tag: '工作台',
  summary: '一个组织一年的材料，从记录编成一个 Word 文件；数字注明出处',
  query: z.strictObject({
    kind: collectionKind,
    organization: organizationId,
    year: z.coerce.number().int().min(2000).max(2100).meta({ title: '年份' }),
  }),
  reply: z.unknown(),
})
