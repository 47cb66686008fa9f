import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { named, offer, reason, recordStep, verbOf, words } from '../records/records.contract.ts'
import { type ProjectKind, projectKinds, type ProjectState, projectStates } from './key-projects.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const projectState = z.enum(keysOf<ProjectState>(projectStates)).meta({ title: '状态' })
const projectKind = z.enum(keysOf<ProjectKind>(projectKinds)).meta({ title: '类别' })

export const projectLine = z.object({
  id: z.string(),
  name: z.string(),
  kind: projectKind,
  state: projectState,
  organization: named,
  startsOn: civilDate,
  endsOn: civilDate.nullable(),
  supervisors: z.array(named),
  disciplineOfficers: z.array(named),
  branch: named.extend({ endsOn: civilDate.nullable(), dissolvedOn: civilDate.nullable() }).nullable(),
  /** The branch's span ends soon or has ended, or it outlives its project. */
  branchDue: z.boolean(),
  /** Checks of it that the reader may see. */
  inspections: z.number().int(),
})
export type ProjectLine = z.infer<typeof projectLine>

const filters = {
  under: organizationId.optional(),
  kind: projectKind.optional(),
  state: projectState.optional(),
  branchDue: z.enum(['yes']).optional().meta({ title: '临时党支部快到期' }),
  text: z.string().trim().max(50).optional(),
}
export const listProjects = endpoint({
  method: 'GET',
  path: '/api/v1/key-projects',
  tag: '督办',
  summary: '重点工程、重要领域、关键岗位',
  query: pageQuery.extend(filters),
  reply: listOf(projectLine),
})
export const exportProjects = endpoint({
  method: 'GET',
  path: '/api/v1/key-projects/export',
  tag: '督办',
  summary: '重点项目导出为 Excel，筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})

export const projectPage = projectLine.omit({ inspections: true }).extend({
  revision: z.number().int(),
  about: z.string(),
  risks: z.string().nullable(),
  result: z.string().nullable(),
  closedOn: civilDate.nullable(),
  /** Hints after the branch regulation, never verdicts. */
  hints: z.array(z.string()),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.string(),
      organization: z.string(),
      visitOn: civilDate,
      findings: z.array(z.object({ id: z.string(), kind: z.string(), seen: z.string(), state: z.string() })),
    }),
  ),
  steps: z.array(recordStep),
  ...offer,
})
export type ProjectPage = z.infer<typeof projectPage>
export const showProject = endpoint({
  method: 'GET',
  path: '/api/v1/key-projects/:id',
  tag: '督办',
  summary: '一个重点项目：期限、监督人、临时党支部、检查和发现、经过',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: projectPage,
})

const people = z.array(personId).max(10)
const said = {
  kind: projectKind,
  name: words('名称', 80),
  about: words('内容', 2000),
  risks: z.string().trim().max(1000).optional().meta({ title: '廉政风险点', help: '哪些环节、哪些岗位容易出问题；可以不填。' }),
  startsOn: civilDate.meta({ title: '开始日期' }),
  endsOn: civilDate.optional().meta({ title: '结束日期', help: '重点工程必填；领域和岗位可以不填。' }),
  supervisorIds: people.min(1, { error: '请至少选一名监督人。' }).meta({ title: '监督人' }),
  disciplineIds: people.default([]).meta({ title: '纪检人员' }),
}
export const enterProject = endpoint({
  method: 'POST',
  path: '/api/v1/key-projects',
  tag: '督办',
  summary: '登记重点项目',
  body: z.strictObject({ organizationId: organizationId.meta({ title: '责任单位' }), ...said }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export type ProjectSaid = Omit<z.output<(typeof enterProject)['body']>, 'organizationId'>

const verb = verbOf('key-projects', projectState)
export const amendProject = verb(
  'amend',
  '更正重点项目；原来的留在经过里',
  z.strictObject({ revision: z.number().int().meta({ title: '修订号' }), ...said, reason }),
)
export const startProject = verb('start', '项目开始', z.strictObject({}))
export const closeProject = verb('close', '项目办结，写明结果', z.strictObject({ result: words('结果', 2000) }))
export const reopenProject = verb('reopen', '已办结的重新进行', z.strictObject({ reason }))
export const withdrawProject = verb('withdraw', '还没有开始的，撤销登记', z.strictObject({ reason }))
export const foundBranch = verb(
  'found-branch',
  '为项目设立临时党支部，有起止日期',
  z.strictObject({
    name: words('名称', 100),
    parentId: organizationId.meta({ title: '设在哪个组织下', help: '由它批准，到期前提醒延长或撤销。' }),
    on: civilDate.meta({ title: '设立日期' }),
    endsOn: civilDate.meta({ title: '存续至' }),
    reason: reason.meta({ title: '批准依据', help: '例如批复文号' }),
  }),
)
export const linkBranch = verb(
  'link-branch',
  '关联已有的临时党支部',
  z.strictObject({ branchId: organizationId.meta({ title: '临时党支部' }), reason }),
)
export const extendBranch = verb(
  'extend-branch',
  '延长临时党支部的存续期',
  z.strictObject({ until: civilDate.meta({ title: '延长到' }), reason }),
)
export const dissolveBranch = verb(
  'dissolve-branch',
  '撤销临时党支部',
  z.strictObject({
    on: civilDate.meta({ title: '撤销日期' }),
    successorId: organizationId.optional().meta({ title: '承接组织', help: '还有党小组或人员的，要有承接组织。' }),
    reason,
  }),
)

problems({
  'supervision.key_project_not_found': { status: 404, title: '没有找到这个重点项目，或不在您的管理范围内。' },
  'supervision.key_project_not_allowed_now': { status: 409, title: '重点项目现在的状态不能这样办。' },
  'supervision.key_project_dates': { status: 422, title: '项目的起止日期不对，请改正后再保存。' },
  'supervision.key_project_person_unknown': { status: 422, title: '有人不在您能选的范围内，请重新选。' },
  'supervision.key_project_has_branch': { status: 409, title: '这个项目已经有临时党支部，请先撤销，或延长它。' },
  'supervision.key_project_no_branch': { status: 409, title: '这个项目现在没有临时党支部。可以先设立或关联一个。' },
  'supervision.branch_of_another_project': { status: 409, title: '这个临时党支部已经属于另一个重点项目。' },
})
