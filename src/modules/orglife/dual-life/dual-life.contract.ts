import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { defineEntryKind } from '../entries/entry-kind.contract.ts'

problems({
  'orglife.no_leading_members': {
    status: 422,
    title: '名册里没有本单位领导干部的任职，算不出到会情况。请先登记党组成员的任职；领导班子不在本单位的，记一条工作纪实。',
  },
})

export const spans = { half: '本半年', year: '本年' } as const
const span = z
  .enum(Object.keys(spans) as [keyof typeof spans, ...(keyof typeof spans)[]])
  .default('half')
  .meta({ title: '时段', titles: spans, help: '从期初算到所选的日期' })

const content = z.object({
  span,
  note: z.string().trim().max(1000).optional().meta({ title: '补充说明', help: '可不写；到会情况由系统算出', area: true }),
})

const turnout = z.object({ came: z.number().int(), called: z.number().int() })
/** What records say of one leading member within the stretch. */
export const dualLifeLine = z.object({
  personId: z.string().nullable(),
  name: z.string(),
  /** The branch in which she is an ordinary member; null where it stands outside of what the reporter may read. */
  branch: z.string().nullable(),
  ordinary: turnout,
  democratic: turnout,
  records: z.array(z.object({ id: z.string(), title: z.string(), heldOn: civilDate, came: z.boolean() })),
})
export type DualLifeLine = z.infer<typeof dualLifeLine>

/** What the program adds to a report when it is entered; nobody writes it. */
export const dualLifeFacts = z.object({ from: civilDate, to: civilDate, lines: z.array(dualLifeLine) })
export type DualLifeFacts = z.infer<typeof dualLifeFacts>

const times = ({ came, called }: DualLifeLine['ordinary']) =>
  called === 0 ? '没有召开的记录' : `应到 ${called} 次，到会 ${came} 次`

/** One leading member in a sentence, by name and never in an order of more or less. */
export function sentenceOf({ name, branch, ordinary, democratic }: DualLifeLine): string {
  const own = branch === null ? '组织关系不在本单位，所在支部的情况另报' : `在${branch}参加组织生活，${times(ordinary)}`
  return `${name}：${own}；民主生活会，${times(democratic)}。`
}

/** 双重组织生活情况报告 (JG9.1): the figures are those of the attendance lists on the day of the report. */
export const dualLifeReports = defineEntryKind({
  code: 'dual-life-report',
  noun: '双重组织生活报告',
  collection: 'dual-life-reports',
  prefix: 'dlr',
  content,
  roles: [],
  heldBy: ['party_committee', 'general_branch', 'branch', 'joint_branch'],
  recorders: [...above, ...branchKeepers],
  readers: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  columns: ['span'],
  titleOf: (given) => `领导干部${spans[content.parse(given).span]}参加双重组织生活情况`,
  paperLines: (stored) => {
    const facts = dualLifeFacts.safeParse(stored).data
    return facts ? [`${inChinese(facts.from)}至${inChinese(facts.to)}：`, ...facts.lines.map(sentenceOf)] : []
  },
  place: 'never',
  purpose: '期末把领导干部参加双重组织生活的情况报上级；到会次数由系统从会议记录算出，不用填。',
  hint: '核对下面的到会情况，点“记好”即报上级。次数有误的，先更正那次会议的到会记录。',
})

export const showDualLifeProposal = endpoint({
  method: 'GET',
  path: '/api/v1/dual-life-reports/proposal',
  tag: dualLifeReports.noun,
  summary: '按会议记录算出的领导干部到会情况，报告时照此留存',
  query: z.strictObject({ organization: organizationId, heldOn: civilDate.optional(), span: span.optional() }),
  reply: dualLifeFacts,
})
