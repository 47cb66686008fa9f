import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { reason, verbOf, words } from '../records/records.contract.ts'
import { caseState } from './cases.contract.ts'

const verb = verbOf('cases', caseState)
export const talkOnCase = verb(
  'talk',
  '约谈负责人并记录；对方确认后才算完成',
  z.strictObject({
    talkedToId: personId.meta({ title: '约谈了谁' }),
    heldOn: civilDate.meta({ title: '约谈日期' }),
    said: words('约谈内容', 3000),
    demands: words('提出的要求'),
    dueOn: civilDate.optional().meta({ title: '新的时限' }),
    reason,
  }),
)
export const confirmTalk = verb(
  'confirm-talk',
  '被约谈一方确认约谈记录，可以附上自己的说明',
  z.strictObject({ remark: z.string().trim().max(2000).optional().meta({ title: '自己的说明' }) }),
)
export const cardFromCase = verb('propose-card', '由事项建议黄牌；先听陈述，由工委决定', z.strictObject({ reason }))
export const accountabilityFromCase = verb(
  'propose-accountability',
  '提问责建议，交有权的组织处理；本系统不作问责决定',
  z.strictObject({ to: words('交给哪个组织', 100), reason }),
)
const condition = z.strictObject({
  step: z.enum(['supervise', 'talk', 'propose_card', 'propose_accountability']).meta({ title: '建议哪一步' }),
  overdueDays: z.number().int().min(1).max(365).optional().meta({ title: '超期满几天' }),
  returned: z.number().int().min(1).max(20).optional().meta({ title: '退回满几次' }),
  cardInForce: z.literal(true).optional().meta({ title: '黄牌警示中' }),
})
export type ConditionGiven = z.infer<typeof condition>
const conditions = z.array(condition)
export const showLadder = endpoint({
  method: 'GET',
  path: '/api/v1/cases/ladder',
  tag: '督办',
  summary: '督办阶梯的条件：什么时候建议督办、约谈、黄牌、问责建议；每一步都由人决定',
  reply: z.object({ conditions, setOn: civilDate.nullable(), reason: z.string().nullable() }),
})
export const setLadder = endpoint({
  method: 'PUT',
  path: '/api/v1/cases/ladder',
  tag: '督办',
  summary: '工委设定督办阶梯的条件',
  body: z.strictObject({
    conditions: conditions
      .max(20)
      .refine((all) => all.every((one) => one.overdueDays !== undefined || one.returned !== undefined), {
        error: '每一条至少填一项：超期满几天，或退回满几次。',
      })
      .meta({ title: '条件' }),
    reason,
  }),
  reply: z.object({ setOn: civilDate }),
})
problems({
  'supervision.talk_in_future': { status: 422, title: '约谈日期还没有到，约谈后再记录。' },
  'supervision.talk_confirmed_by_other_side': { status: 403, title: '约谈记录由被约谈的一方确认。' },
})
