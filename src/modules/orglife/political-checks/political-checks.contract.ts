import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { checkStates, type CheckState } from './political-checks.lifecycle.ts'

const tag = '专项考察'
export const verdicts = { conforms: '符合', mostly: '基本符合', fails: '不符合', not_applicable: '不适用' } as const
export type Verdict = keyof typeof verdicts
const verdict = z
  .enum(Object.keys(verdicts) as [Verdict, ...Verdict[]], { error: '请选符合、基本符合、不符合或不适用。' })
  .meta({ title: '看到的情况', titles: verdicts })
const state = z.enum(Object.keys(checkStates) as [CheckState, ...CheckState[]]).meta({ title: '状态', titles: checkStates })
const words = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })
const ofCheck = z.strictObject({ id: z.string().max(60).meta({ title: '专项考察' }) })
const named = z.object({ id: z.string(), name: z.string() })

export const checkLine = z.object({
  id: z.string(),
  organization: named,
  by: named,
  from: civilDate,
  to: civilDate,
  state,
  startedOn: civilDate,
  concludedOn: civilDate.nullable(),
  answeredOn: civilDate.nullable(),
})
export type CheckLine = z.infer<typeof checkLine>

const filters = { under: organizationId.optional(), state: state.optional() }
export const listChecks = endpoint({
  method: 'GET',
  path: '/api/v1/political-checks',
  tag,
  summary: '专项考察列表，最近的在前',
  query: pageQuery.extend(filters),
  reply: listOf(checkLine),
})
export const exportChecks = endpoint({
  method: 'GET',
  path: '/api/v1/political-checks/export',
  tag,
  summary: '专项考察列表导出为 Excel，逐个问题一行',
  query: z.strictObject(filters),
  reply: z.undefined(),
})

/** A count from records, with the address where they stand; null where they are not shown one by one. */
export const figure = z.object({ label: z.string(), value: z.string(), link: z.string().nullable() })
export type Figure = z.infer<typeof figure>
export const checkedQuestion = z.object({
  code: z.string(),
  question: z.string(),
  figures: z.array(figure),
  verdict: verdict.nullable(),
  finding: z.string().nullable(),
})
export type CheckedQuestion = z.infer<typeof checkedQuestion>
export const checkPage = checkLine.extend({
  revision: z.number().int(),
  filledOn: civilDate,
  questions: z.array(checkedQuestion),
  conclusion: z.string().nullable(),
  answer: z.string().nullable(),
  withdrawReason: z.string().nullable(),
  steps: z.array(z.object({ said: z.string(), by: z.string(), at: z.string() })),
  abilities: z.array(z.string()),
})
export type CheckPage = z.infer<typeof checkPage>
export const showCheck = endpoint({
  method: 'GET',
  path: '/api/v1/political-checks/:id',
  tag,
  summary: '一次专项考察：从记录里取的数、逐项看到的情况、结论和回复',
  params: ofCheck,
  reply: checkPage,
})
export const checkPaper = endpoint({
  method: 'GET',
  path: '/api/v1/political-checks/:id/paper',
  tag,
  summary: '一次专项考察按公文格式成文的 Word',
  params: ofCheck,
  reply: z.undefined(),
})

export const startCheck = endpoint({
  method: 'POST',
  path: '/api/v1/political-checks',
  tag,
  summary: '开始对一个组织的专项考察，清单按记录填好',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '考察哪个组织', help: '支部、总支或单位；考察的是组织，不是个人' }),
    byId: organizationId.meta({ title: '由谁考察', help: '工委、机关党委或总支，被考察的组织在它下面' }),
    from: civilDate.meta({ title: '从哪天' }),
    to: civilDate.meta({ title: '到哪天' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/political-checks/:id/${verb}`,
    tag,
    summary,
    params: ofCheck,
    body,
    reply: z.object({ id: z.string(), state, revision: z.number().int() }),
  })
export const fillCheck = step('fill', '按今天的记录重新取数；已经写的情况不动', z.strictObject({}))
export const findInCheck = step(
  'find',
  '写一个问题看到的情况',
  z.strictObject({
    code: z.string().max(30).meta({ title: '问题' }),
    verdict,
    finding: words('情况', 1000).meta({ title: '情况', help: '写组织做了什么、缺什么；不写某个人的思想表现' }),
  }),
)
export const concludeCheck = step(
  'conclude',
  '每个问题都写了情况以后作出结论，反馈给被考察的组织',
  z.strictObject({
    conclusion: words('结论', 2000).meta({ title: '结论', help: '用文字写，不打分、不分等次，不评价个人' }),
  }),
)
export const answerCheck = step(
  'answer',
  '被考察的组织回复',
  z.strictObject({ answer: words('回复', 2000).meta({ title: '回复', help: '怎么看、准备怎么办；有不同意见也写在这里' }) }),
)
export const withdrawCheck = step(
  'withdraw',
  '撤回，写明理由；记录保留，不再计入',
  z.strictObject({ reason: words('撤回理由', 300).meta({ title: '撤回理由' }) }),
)

problems({
  'orglife.political_check_not_found': { status: 404, title: '没有找到这次专项考察，或不在您的管理范围内。' },
  'orglife.political_check_not_allowed_now': { status: 409, title: '专项考察现在的状态不能这样办。' },
  'orglife.political_check_unfit': { status: 422, title: '这个组织不能这样考察，请另选。' },
  'orglife.political_check_days': { status: 422, title: '考察的时段不对，请改日期。' },
  'orglife.political_check_question': { status: 422, title: '清单里没有这个问题，请从清单中选。' },
  'orglife.political_check_incomplete': { status: 422, title: '还有问题没有写情况，写完再作结论。' },
  'orglife.political_check_answered_by_checked': { status: 403, title: '考察别人的不代写回复，请被考察的组织自己回复。' },
})
