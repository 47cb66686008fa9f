import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { targetGroup } from '../classes/classes.contract.ts'

const tag = '培训计划'
const asked = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
  under: organizationId.optional(),
})
const groupCoverage = z.object({
  group: targetGroup,
  title: z.string(),
  total: z.number().int(),
  trained: z.number().int(),
  /** Classes for this group held in the year. */
  classes: z.number().int(),
  missing: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      organization: z.string(),
      since: z.string().nullable(),
      due: z.string().nullable(),
    }),
  ),
})
export type GroupCoverage = z.infer<typeof groupCoverage>
export const trainingCoverage = endpoint({
  method: 'GET',
  path: '/api/v1/training-coverage',
  tag,
  summary: '六类培训对象和新任书记的覆盖情况，没有培训过的点名',
  query: asked,
  reply: z.object({ year: z.number().int(), groups: z.array(groupCoverage) }),
})
const shareLine = z.object({
  organization: z.object({ id: z.string(), name: z.string() }),
  classes: z.number().int(),
  hours: z.number(),
  theoryHours: z.number(),
  met: z.boolean(),
  /** Classes set up below seventy per cent with a reason. */
  exceptions: z.number().int(),
})
export type ShareLine = z.infer<typeof shareLine>
export const trainingShares = endpoint({
  method: 'GET',
  path: '/api/v1/training-shares',
  tag,
  summary: '各组织一年办班的政治理论比重',
  query: asked,
  reply: z.object({ year: z.number().int(), items: z.array(shareLine) }),
})
