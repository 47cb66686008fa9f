import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { clueSaid } from '../clues/clues.contract.ts'
import { problemDimension } from '../problems/problems.contract.ts'
import { words } from '../records/records.contract.ts'
import { clientId, enumOf, momentGiven, named, ofOne, reason } from './inspection-fields.contract.ts'
import { findingStates } from './inspections.lifecycle.ts'
import { findingKinds } from './inspections.rules.ts'

const tag = '检查'
export const findingState = enumOf(findingStates).meta({ title: '状态' })
const kind = enumOf(findingKinds).meta({ title: '哪类问题' })

export const findingLine = z.object({
  id: z.string(),
  clientId: z.string(),
  revision: z.number().int(),
  state: findingState,
  kind,
  requirement: z.object({ code: z.string(), title: z.string() }).nullable(),
  seen: z.string(),
  serious: z.boolean(),
  notedAt: z.string(),
  by: z.string(),
  inspectionId: z.string(),
  organization: named,
  files: z.array(z.object({ id: z.string(), name: z.string() })),
  caseId: z.string().nullable(),
  problemId: z.string().nullable(),
  /** Stood on a sheet that was signed on the spot. */
  signed: z.boolean(),
  abilities: z.array(z.string()),
})
export type FindingLine = z.infer<typeof findingLine>

export const listFindings = endpoint({
  method: 'GET',
  path: '/api/v1/findings',
  tag,
  summary: '检查发现',
  query: pageQuery.extend({
    under: organizationId.optional(),
    kind: kind.optional(),
    state: findingState.optional(),
    serious: z.enum(['yes']).optional().meta({ title: '只看严重' }),
  }),
  reply: listOf(findingLine),
})
export const showFinding = endpoint({
  method: 'GET',
  path: '/api/v1/findings/:id',
  tag,
  summary: '一条检查发现',
  params: ofOne,
  reply: findingLine,
})

const seen = z.string().trim().min(2, { error: '请写明看到了什么。' }).max(1000).meta({ title: '看到的情况' })
const said = {
  kind,
  requirement: z.string().trim().max(40).optional().meta({ title: '哪项要求', help: '属于“没有做到要求”的写明。' }),
  seen,
  serious: z.boolean().default(false).meta({ title: '严重' }),
  fileIds: z.array(z.string().max(60)).max(10).default([]).meta({ title: '照片或材料', help: '可以不附。' }),
}
export const recordFinding = endpoint({
  method: 'POST',
  path: '/api/v1/findings',
  tag,
  summary: '记一条检查发现；同一设备编号只收一次',
  body: z.strictObject({
    inspectionId: z.string().max(60).meta({ title: '哪次检查' }),
    clientId,
    ...said,
    notedAt: momentGiven.meta({ title: '看到的时间' }),
    handOver: z.boolean().default(false).meta({ title: '移交纪检', help: '移交后只有纪检人员看得到。' }),
  }),
  reply: z.object({ id: z.string(), state: findingState }),
  status: 201,
})
export type FindingGiven = z.output<(typeof recordFinding)['body']>

const verb = <Body extends z.ZodType>(name: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/findings/:id/${name}`,
    tag,
    summary,
    params: ofOne,
    body,
    reply: z.object({
      id: z.string(),
      state: findingState,
      caseId: z.string().nullable(),
      problemId: z.string().nullable(),
    }),
  })
export const amendFinding = verb(
  'amend',
  '更正一条发现；原样留在经过里',
  z.strictObject({ revision: z.number().int().meta({ title: '修订号' }), ...said, reason }),
)
export const withdrawFinding = verb('withdraw', '撤回一条发现', z.strictObject({ reason }))
export const proposeFinding = verb('propose', '由这条发现建议立项', z.strictObject({}))
export const listFindingAsProblem = verb(
  'problem',
  '把这条发现列入问题清单；来源留在问题上',
  z.strictObject({ title: words('问题', 100), description: words('具体情况', 2000), dimension: problemDimension }),
)
export const findingToClue = verb(
  'clue',
  '把这条发现作为线索移交纪检；此后只有纪检人员看得到，被反映的人除外',
  z.strictObject(clueSaid),
)
export const handOverFinding = verb('hand-over', '移交纪检；此后只有纪检人员看得到', z.strictObject({ reason }))

problems({
  'supervision.finding_not_found': { status: 404, title: '没有找到这条发现，或不在您的范围内。' },
  'supervision.finding_not_allowed_now': { status: 409, title: '这条发现现在的状态不能这样办。' },
  'supervision.finding_other_content': { status: 409, title: '这个设备编号已经记了另一条发现，请作为新的一条记。' },
  'supervision.finding_needs_requirement': { status: 422, title: '“没有做到要求”的发现要写明是哪项要求。' },
  'supervision.finding_requirement_unknown': { status: 422, title: '没有这项要求，请从清单中选。' },
  'supervision.finding_file_missing': { status: 422, title: '有照片或材料没有传上，请重新添加。' },
})
