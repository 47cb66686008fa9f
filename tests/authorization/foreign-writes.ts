import { smuggledInEntries, writesOnEntries } from './foreign-entries.ts'
import { writesOnReports } from './foreign-reports.ts'
import { writesOnPapers } from './foreign-official-papers.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import { writesOnFollowUp } from './foreign-follow-up.ts'
import { writesOnInspections } from './foreign-inspections.ts'
import { writesOnClues } from './foreign-clues.ts'
import { writesOnRules } from './foreign-rules.ts'
import { smuggledStudies, writesOnStudies } from './foreign-studies.ts'
import { smuggledTraining, writesOnTraining } from './foreign-training.ts'
import { taskWithForeignOwner, writesOnTasks } from './foreign-tasks.ts'
import { smuggledPractices, writesOnPractices } from './foreign-practices.ts'
import type { TwoUnits } from './two-units.ts'

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const put = (path: string, body: unknown): WriteAsked => ({ method: 'PUT', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }
const asking = (t: Target) => ({
  issuerId: t.unit,
  title: '结对小区情况',
  purpose: '安排结对帮扶',
  kind: 'form',
  fields: [{ title: '结对户数', kind: 'number' }],
  recipientKinds: ['branch'],
  cadence: 'once',
  firstDue: '2027-01-20',
  lastDay: '2027-02-20',
  minutesEstimated: 10,
})
const on = '2026-11-20'

function onOrganizations(t: Target, world: TwoUnits): WriteAsked[] {
  const own = world.a.branch.id
  return [
    post('/organizations', { kind: 'branch', name: '新设支部', parentId: t.unit, on, ...why }),
    post(`/organizations/${t.branch}/rename`, { name: '改过的名称', on, ...why }),
    post(`/organizations/${t.branch}/move`, { parentId: world.a.committee.id, on, ...why }),
    post(`/organizations/${own}/move`, { parentId: t.unit, on, ...why }),
    post(`/organizations/${t.branch}/merge`, { intoId: own, on, ...why }),
    post(`/organizations/${own}/merge`, { intoId: t.branch, on, ...why }),
    post(`/organizations/${t.branch}/split`, { name: '分出的支部', personIds: [t.person], on, ...why }),
    post(`/organizations/${t.second}/dissolve`, { on, ...why }),
    post(`/organizations/${own}/dissolve`, { successorId: t.branch, on, ...why }),
    post(`/organizations/${t.unit}/responsibilities`, { personId: world.own.person.id, duty: 'direct', on }),
    post(`/organizations/${t.branch}/committees`, {
      electedOn: on,
      termYears: 3,
      members: [{ personId: world.own.person.id, duty: '书记' }],
    }),
    post('/posts', { personId: world.own.person.id, organizationId: t.branch, post: 'branch_deputy', on }),
    post(`/posts/${t.post}/end`, { on, ...why }),
  ]
}

function onPersons(t: Target, world: TwoUnits): WriteAsked[] {
  return [
    post('/persons', { name: '新来的人', category: 'full_member', organizationId: t.branch }),
    post(`/persons/${t.person}/reveal`, { field: 'address', reason: '核对介绍信' }),
    post(`/persons/${t.person}/correct`, { job: '改过的岗位', revision: 1, ...why }),
    post(`/persons/${t.person}/move`, { toId: world.a.branch.id, on, ...why }),
    post(`/roster-imports/${t.checked}/apply`, {}),
    post(`/roster-imports/${t.imported}/undo`, {}),
    post('/grants', { personId: t.person, role: 'inspector', organizationId: t.unit, from: '2026-12-01', ...why }),
    post('/obligations/declare-not-done', {
      requirement: 'T-hard',
      subject: t.branch,
      period: '2026-10',
      reason: '当月没有开展',
    }),
    post('/exemptions', {
      requirement: 'T-hard',
      subject: t.branch,
      from: '2026-11-01',
      to: '2026-11-30',
      reason: '经上级研究决定',
    }),
    post('/exemptions', { subject: t.person, from: '2026-11-01', to: '2026-11-30', reason: '经上级研究决定' }),
    post('/exemptions', { subject: t.person, ground: 'illness', from: '2026-11-01', to: '2026-11-30', reason: '支部研究决定' }),
    post(`/exemptions/${t.exemption}/revoke`, why),
    post('/snapshots', { organization: t.unit, period: '2026-08' }),
    post(`/snapshots/${t.snapshot}/supersede`, why),
    post(`/snapshots/${t.snapshot}/replay`, {}),
  ]
}

function onReliefs(t: Target): WriteAsked[] {
  const duty = { requirement: 'T-hard', subject: t.branch, period: '2026-11' }
  return [
    post('/extensions', { ...duty, until: '2026-12-20', ...why }),
    post('/clock-stops', { ...duty, waitingFor: '等上级批复' }),
    post('/data-requests', asking(t)),
    put(`/data-requests/${t.dataRequest}`, { ...asking(t), revision: 1 }),
    post(`/data-requests/${t.dataRequest}/publish`, {}),
    post(`/data-requests/${t.dataRequest}/discard`, {}),
    post(`/data-requests/${t.dataRequest}/end`, why),
    post(`/data-requests/${t.dataRequest}/answers`, { organizationId: t.branch, dueOn: '2026-11-20', values: { f1: '某值' } }),
    post(`/reliefs/${t.relief}/grant`, why),
    post(`/reliefs/${t.relief}/refuse`, why),
    post(`/reliefs/${t.relief}/withdraw`, {}),
    post(`/reliefs/${t.relief}/end`, { answer: '上级已经批复' }),
  ]
}

function onMeetings(t: Target, world: TwoUnits): WriteAsked[] {
  const basics = {
    kinds: ['members_meeting'],
    title: '一次会',
    heldOn: '2026-11-20',
    agenda: [{ title: '学习', category: 'political_theory' }],
  }
  const [own, theirs] = [
    { ...basics, organizationIds: [world.a.branch.id] },
    { ...basics, organizationIds: [t.branch] },
  ]
  return [
    post('/meetings', theirs),
    post('/meetings', { ...own, organizationIds: [world.a.branch.id, t.branch] }),
    post('/meetings', { ...own, plannedId: t.planned }),
    post('/meetings/plan', { ...theirs, heldOn: '2026-12-20' }),
    post('/meetings/preview', { organizationIds: [t.branch], kinds: ['members_meeting'], heldOn: '2026-11-20' }),
    post(`/meetings/${t.planned}/leave`, { reason: '出差' }),
    post(`/meetings/${t.planned}/leave/withdraw`, undefined),
    post(`/meetings/${t.planned}/cancel`, why),
    post(`/meetings/${t.recorded}/correct`, { ...own, revision: 1, ...why }),
    post(`/meetings/${t.recorded}/withdraw`, why),
    post(`/meetings/${t.recorded}/resolutions/report`, { content: '定一件事', settled: true, note: '办完了' }),
    post(`/fact-corrections/${t.factCorrection}/answer`, { outcome: 'kept', answer: '核对过了' }),
    post('/me/facts/corrections', { kind: 'meeting', id: t.recorded, text: '我到会了' }),
    post('/theme-days', { organizationId: t.branch, day: 5 }),
    post(`/questions/${t.question}/answer`, { kind: 'explained', text: '两次会议前后相接' }),
    post('/announced-checks', { organizationId: t.branch, title: '一次检查', announcedOn: on, visitOn: on }),
    post(`/announced-checks/${t.check}/cancel`, why),
  ]
}

const aWorkRecord = { tags: [{ tag: 'visit' }], title: '走访', content: '走访了三户', heldOn: '2026-11-20' }

function onWork(t: Target, world: TwoUnits): WriteAsked[] {
  const own = { ...aWorkRecord, organizationIds: [world.a.branch.id] }
  const seen = { met: false, seen: '看过了', seenOn: '2026-11-20', manner: 'by_documents' }
  return [
    post('/work-records', { ...aWorkRecord, organizationIds: [t.branch] }),
    post('/work-records', { ...own, organizationIds: [world.a.branch.id, t.branch] }),
    post(`/work-records/${t.work}/correct`, { ...own, revision: 1, ...why }),
    post(`/work-records/${t.work}/withdraw`, why),
    post(`/work-records/${t.work}/confirm`, { tag: 'visit', grade: 'good', ...why }),
    post('/determinations', { requirement: 'T-hard', organizationId: t.branch, period: '2026-11', ...seen }),
    post(`/determinations/${t.determination}/correct`, { ...seen, revision: 1, ...why }),
    post(`/determinations/${t.determination}/withdraw`, why),
    post(`/determinations/${t.determination}/object`, { objection: '情况不属实' }),
    post(`/determinations/${t.determination}/decide`, { outcome: 'upheld', decision: '维持原认定' }),
  ]
}

function onCases(t: Target, world: TwoUnits): WriteAsked[] {
  const due = { dueOn: '2026-12-20' }
  const plan = { ...due, ownerId: world.own.person.id, remedies: '逐项整改到位' }
  return [
    post('/cases', { organizationId: t.branch, title: '新的督办事项', ...plan, ...why }),
    post('/cases/dismissals', { ids: [t.case('proposed')], ...why }),
    post('/cases/dismissals', { ids: [world.own.proposal.id, t.case('proposed')], ...why }),
    post(`/cases/${t.case('proposed')}/remind`, due),
    post(`/cases/${t.case('proposed')}/dismiss`, why),
    post(`/cases/${t.case('reminded')}/supervise`, { ...plan, ...why }),
    post(`/cases/${t.case('supervised')}/report`, { report: '已经办理完毕' }),
    post(`/cases/${t.case('supervised')}/pause`, { waitingFor: '等上级批复' }),
    post(`/cases/${t.case('waiting')}/resume`, {}),
    post(`/cases/${t.case('reported')}/verify`, { verification: '现场看过，属实' }),
    post(`/cases/${t.case('reported')}/return`, why),
    post(`/cases/${t.case('closed')}/reopen`, { ...due, ...why }),
  ]
}

/** Every act on an object of the second unit, with a body that would do if it were one's own; mixed with own objects too. */
export function foreignWrites(t: Target, world: TwoUnits): WriteAsked[] {
  return [
    ...onOrganizations(t, world),
    ...onPersons(t, world),
    ...onReliefs(t),
    ...writesOnRules(t.ruleDraft),
    ...onMeetings(t, world),
    ...onWork(t, world),
    ...writesOnReports(t.reports, { theirs: t.branch, superior: world.a.committee.id, person: world.own.person.id }),
    ...writesOnEntries(t.entries, { theirs: t.branch, own: world.a.branch.id, ownPerson: world.own.person.id }),
    ...writesOnTraining(t, world),
    ...writesOnStudies(t),
    ...onCases(t, world),
    ...writesOnTasks(t),
    ...writesOnPapers(t, t.case('supervised')).map(({ path, body }) => post(path, body)),
    ...writesOnFollowUp(t),
    ...writesOnPractices(t),
    ...writesOnInspections(t),
    ...writesOnClues(t),
    { method: 'POST', path: `/api/v1/notices/${t.notice}/put-away`, body: undefined },
    { method: 'POST', path: `/api/v1/desk/views/${t.view}/drop`, body: undefined },
  ]
}

/** Acts on one's own branch that drag a foreign person or file in: refused as if these did not exist. */
export function smuggled(t: Target, world: TwoUnits): WriteAsked[] {
  const own = {
    organizationIds: [world.a.branch.id],
    kinds: ['members_meeting'],
    title: '夹带',
    heldOn: '2026-11-20',
    agenda: [{ title: '学习', category: 'political_theory' }],
  }
  return [
    taskWithForeignOwner(world.a.branch.id, t.person),
    // It changes nothing, so it leaves no word in the ledger; of a foreign paper it says no more than of none.
    post(`/papers/${t.issuedPaper}/compare`, {}),
    post('/key-projects', {
      organizationId: world.a.unit.id,
      kind: 'post',
      name: '采购岗位',
      about: '负责采购',
      startsOn: on,
      supervisorIds: [t.person],
    }),
    post('/clues', { organizationId: world.a.branch.id, title: '一条线索', matter: '具体情况', namedIds: [t.person] }),
    post('/meetings', { ...own, absent: [{ personId: t.person, reason: '出差' }] }),
    post('/meetings', { ...own, sittingIn: [t.person] }),
    post('/meetings', { ...own, chairId: t.person }),
    post('/meetings', { ...own, speakerId: t.person }),
    post('/meetings', { ...own, resolutions: [{ content: '定一件事', ownerId: t.person }] }),
    post('/meetings', { ...own, fileIds: [t.file] }),
    post('/work-records', { ...aWorkRecord, organizationIds: own.organizationIds, personIds: [t.person] }),
    post('/work-records', { ...aWorkRecord, organizationIds: own.organizationIds, fileIds: [t.file] }),
    post('/work-records', { ...aWorkRecord, organizationIds: own.organizationIds, links: [{ kind: 'meeting', id: t.recorded }] }),
    ...smuggledInEntries({ own: world.a.branch.id, ownPerson: world.own.person.id, person: t.person, file: t.file }),
    ...smuggledTraining(t, world),
    ...smuggledStudies(t),
    ...smuggledPractices(world.a.branch.id, t),
    post('/cases', {
      organizationId: world.a.branch.id,
      title: '新的督办事项',
      ownerId: t.person,
      dueOn: '2026-12-20',
      remedies: '逐项整改到位',
      ...why,
    }),
    post(`/organizations/${world.a.branch.id}/split`, { name: '分出的支部', personIds: [t.person], on, ...why }),
    post(`/organizations/${world.a.unit.id}/responsibilities`, { personId: t.person, duty: 'direct', on }),
    post(`/organizations/${world.a.branch.id}/committees`, {
      electedOn: on,
      termYears: 3,
      members: [{ personId: t.person, duty: '书记' }],
    }),
    post('/posts', { personId: t.person, organizationId: world.a.branch.id, post: 'branch_deputy', on }),
    post(`/persons/${world.own.person.id}/move`, { toId: world.a.second.id, groupId: t.group, on, ...why }),
    post('/grants', { personId: t.person, role: 'inspector', organizationId: world.a.unit.id, from: '2026-12-01', ...why }),
  ]
}
