import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import {
  dissolveTemporaryBranch,
  extendTemporaryBranch,
  foundTemporaryBranch,
  organizationById,
  standingTemporaryBranch,
} from '../../directory/index.ts'
import { type RecordMachine, stepping } from '../records/records.actions.ts'
import { writeRecordStep } from '../records/records.store.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './key-projects.contract.ts'
import { projectKinds, projectLife, type ProjectState, type ProjectVerb } from './key-projects.lifecycle.ts'
import {
  columnsOf,
  findProject,
  heldByAnother,
  insertProject,
  personNos,
  type ProjectPeople,
  setPeople,
  type StoredProject,
} from './key-projects.store.ts'

const ofProject = z.object({ id: z.string() })

const refuse = (code: string, field: string, message: string) => new Problem(code, { errors: [{ field, message }] })

function checkDates({ kind, startsOn, endsOn }: Pick<contract.ProjectSaid, 'kind' | 'startsOn' | 'endsOn'>): void {
  if (kind === 'project' && endsOn === undefined)
    throw refuse('supervision.key_project_dates', 'endsOn', '重点工程请填结束日期。')
  if (endsOn !== undefined && endsOn < startsOn)
    throw refuse('supervision.key_project_dates', 'endsOn', '结束日期应在开始日期以后。')
}

async function peopleOf(work: Work, said: contract.ProjectSaid): Promise<ProjectPeople> {
  const found = async (field: 'supervisorIds' | 'disciplineIds') => {
    const nos = await personNos(work.tx, [...new Set(said[field])])
    return nos.map((no, index) => {
      if (no === null) throw refuse('supervision.key_project_person_unknown', `${field}.${index}`, '请从您能看到的人员中选。')
      return no
    })
  }
  return { supervisors: await found('supervisorIds'), discipline: await found('disciplineIds') }
}

/** What a step keeps of everything said, so that each earlier state can be read. */
const keptOf = (said: contract.ProjectSaid) => ({
  kind: projectKinds[said.kind],
  name: said.name,
  about: said.about,
  risks: said.risks ?? '',
  startsOn: said.startsOn,
  endsOn: said.endsOn ?? '',
  supervisorIds: said.supervisorIds,
  disciplineIds: said.disciplineIds,
})

/** Tells those who are named to supervise it. */
async function tellPeople(work: Work, of: { id: string; name: string }, people: ProjectPeople): Promise<void> {
  await notify(work.tx, {
    to: { personNos: [...people.supervisors, ...people.discipline] },
    except: work.actor.accountNo,
    kind: 'supervision.key_project_entrusted',
    title: `请监督重点项目：${of.name}`,
    body: '内容、期限和临时党支部可以查看。',
    link: `/key-projects/${of.id}`,
    at: work.now,
  })
}

export const enterProjectAction = action({
  name: 'supervision.key_project.enter',
  input: contract.enterProject.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, ...said }) => {
    checkDates(said)
    const organization = await organizationById(work.tx, organizationId)
    const people = await peopleOf(work, said)
    const { no, id } = await insertProject(work, { said, organizationNo: organization.no })
    await setPeople(work, no, people)
    const step = { action: 'enter', state: 'planned', reason: null, body: keptOf(said) }
    const signed = signedAs(work.actor, 'supervision.key_project.enter')
    await writeRecordStep(work, 'key_project', { ...step, recordNo: no, revision: 1, signedAs: signed })
    await tellPeople(work, { id, name: said.name }, people)
    return { reply: { id }, objects: [{ kind: 'key_project', id }], fields: keptOf(said) }
  },
})

const machine: RecordMachine<ProjectState, ProjectVerb, StoredProject> = {
  kind: 'key_project',
  life: projectLife,
  find: findProject,
  notFound: 'supervision.key_project_not_found',
  notAllowedNow: 'supervision.key_project_not_allowed_now',
  check: () => undefined,
  otherwise: '监督人',
  tell: () => Promise.resolve(),
}
const step = stepping(machine)

export const amendProjectAction = step(
  'amend',
  ofProject.extend(contract.amendProject.body.shape),
  async (work, stored, { id, revision, reason, ...said }) => {
    if (revision !== stored.revision) throw new Problem('kernel.changed_meanwhile')
    checkDates(said)
    const people = await peopleOf(work, said)
    await setPeople(work, stored.no, people)
    await tellPeople(work, { id, name: said.name }, people)
    return { set: columnsOf(said), reason, body: keptOf(said) }
  },
)

export const startProjectAction = step('start', ofProject, () => ({ set: {}, reason: null, body: {} }))

export const closeProjectAction = step(
  'close',
  ofProject.extend(contract.closeProject.body.shape),
  (work, _stored, { result }) => ({
    set: { result, closed_on: work.today },
    reason: null,
    body: { result },
  }),
)

export const reopenProjectAction = step(
  'reopen',
  ofProject.extend(contract.reopenProject.body.shape),
  (_work, _stored, { reason }) => ({ set: { result: null, closed_on: null }, reason, body: {} }),
)

export const withdrawProjectAction = step(
  'withdraw',
  ofProject.extend(contract.withdrawProject.body.shape),
  (_work, _stored, { reason }) => ({ set: {}, reason, body: {} }),
)

/** A project has one temporary branch at a time. */
function requireNoBranch({ branch }: StoredProject): void {
  if (branch && branch.dissolvedOn === null) throw new Problem('supervision.key_project_has_branch')
}

function branchOf({ branch }: StoredProject) {
  if (!branch || branch.dissolvedOn !== null) throw new Problem('supervision.key_project_no_branch')
  return branch
}

export const foundBranchAction = step(
  'found_branch',
  ofProject.extend(contract.foundBranch.body.shape),
  async (work, stored, { name, parentId, on, endsOn, reason }) => {
    requireNoBranch(stored)
    const branch = await foundTemporaryBranch(work, { name, parentId, on, endsOn, reason })
    return { set: { branch_no: branch.no }, reason, body: { branch: name, on, endsOn } }
  },
)

export const linkBranchAction = step(
  'link_branch',
  ofProject.extend(contract.linkBranch.body.shape),
  async (work, stored, { branchId, reason }) => {
    requireNoBranch(stored)
    const branch = await standingTemporaryBranch(work, branchId)
    if (await heldByAnother(work.tx, branch.no, stored.no)) throw new Problem('supervision.branch_of_another_project')
    return { set: { branch_no: branch.no }, reason, body: { branch: branch.name } }
  },
)

export const extendBranchAction = step(
  'extend_branch',
  ofProject.extend(contract.extendBranch.body.shape),
  async (work, stored, { until, reason }) => {
    const { id, endsOn } = branchOf(stored)
    await extendTemporaryBranch(work, { id, endsOn, until })
    return { set: {}, reason, body: { endsOn: until } }
  },
)

export const dissolveBranchAction = step(
  'dissolve_branch',
  ofProject.extend(contract.dissolveBranch.body.shape),
  async (work, stored, { on, successorId, reason }) => {
    await dissolveTemporaryBranch(work, { id: branchOf(stored).id, on, reason, successorId })
    return { set: {}, reason, body: { dissolvedOn: on } }
  },
)
