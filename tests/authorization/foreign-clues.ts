import { newId } from '../../src/kernel/identity/ids.ts'
import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
}

/** A clue with a canary in every text, sealed as the product seals it, naming some persons. */
async function aClue(platform: TestPlatform, is: { place: Planted; named: readonly number[]; by: number }): Promise<Planted> {
  const id = newId('clu')
  const sealed = (column: string, text: string, of: string) =>
    platform.crypto.seal(text, { column: `supervision.${column}_cipher`, row: of })
  const text = (name: string) => sealed(`clues.${name}`, canary(`clues.${name}`), id)
  const made = await row(platform, 'supervision.clues', {
    id,
    revision: 1,
    state: 'received',
    organization_no: is.place.no,
    handled_by_no: is.place.no,
    source: 'report',
    title_cipher: text('title'),
    matter_cipher: text('matter'),
    informant_cipher: text('informant'),
    received_on: '2026-10-20',
    received_by: is.by,
    assess_by: '2026-11-10',
  })
  const no = Number(made['no'])
  for (const person_no of is.named) await row(platform, 'supervision.clue_persons', { clue_no: no, person_no, named_at: at })
  await row(platform, 'supervision.clue_steps', {
    clue_no: no,
    revision: 1,
    action: 'receive',
    state: 'received',
    words_cipher: sealed('clue_steps.words', JSON.stringify({ reason: canary('clue_steps.words'), body: {} }), `${id}/1`),
    signed_as: canary('clue_steps.signed_as'),
    acted_at: at,
    acted_by: is.by,
  })
  return { no, id }
}

/**
 * A clue of the second unit, and one of the first unit itself in which everybody of its discipline line is named: to them, and to
 * everybody else of that unit, it is as foreign as the other.
 */
export async function foreignClues(platform: TestPlatform, { a, b }: TwoUnits, by: By) {
  const { rows } = await platform.owner.pool.query<{ person_no: number }>(
    `select a.person_no from directory.grants g join directory.accounts a on a.no = g.account_no where g.role = 'discipline_secretary' and a.person_no is not null`,
  )
  const named = rows.map((one) => one.person_no)
  return {
    clue: await aClue(platform, { place: b.branch, named: [by.person.no], by: by.accountNo }),
    namedClue: await aClue(platform, { place: a.branch, named, by: by.accountNo }),
  }
}

/** A key project of the second unit with its people and a step. */
export async function foreignProject(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const project = await planted(platform, 'supervision.key_projects', {
    revision: 1,
    state: 'running',
    kind: 'project',
    name: canary('key_projects.name'),
    about: canary('key_projects.about'),
    risks: canary('key_projects.risks'),
    organization_no: b.unit.no,
    starts_on: '2026-10-01',
    ends_on: '2026-12-01',
    branch_no: b.second.no,
    entered_on: '2026-10-01',
    entered_by: by.accountNo,
  })
  await row(platform, 'supervision.key_project_people', { project_no: project.no, person_no: by.person.no, part: 'supervisor' })
  await row(platform, 'supervision.record_steps', {
    kind: 'key_project',
    record_no: project.no,
    revision: 1,
    action: 'enter',
    state: 'running',
    body: { about: canary('key_project_steps.body') },
    reason: canary('key_project_steps.reason'),
    signed_as: canary('key_project_steps.signed_as'),
    acted_at: at,
    acted_by: by.accountNo,
  })
  return project
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }

/** Every act on a clue. */
function onClue(id: string, person: string): WriteAsked[] {
  const clue = `/clues/${id}`
  return [
    post(`${clue}/assess`, { opinion: '可以核实' }),
    post(`${clue}/verify`, { plan: '调阅记录', dueOn: '2026-12-20' }),
    post(`${clue}/extend`, { dueOn: '2026-12-20', ...why }),
    post(`${clue}/transfer`, { to: '上级机关', ...why }),
    post(`${clue}/file`, why),
    post(`${clue}/conclude`, { outcome: '查无实据' }),
    post(`${clue}/reopen`, why),
    post(`${clue}/name`, { namedIds: [person], ...why }),
  ]
}

/** Every act on key projects and clues that are not one's own. */
export function writesOnClues(t: Target): WriteAsked[] {
  const project = `/key-projects/${t.keyProject}`
  const said = {
    kind: 'project',
    name: '一个项目',
    about: '改造一楼大厅',
    startsOn: '2026-11-01',
    endsOn: '2027-11-01',
    supervisorIds: [t.person],
  }
  return [
    post('/key-projects', { organizationId: t.unit, ...said }),
    post(`${project}/amend`, { revision: 1, ...said, ...why }),
    post(`${project}/start`, {}),
    post(`${project}/close`, { result: '已经完工' }),
    post(`${project}/reopen`, why),
    post(`${project}/withdraw`, why),
    post(`${project}/found-branch`, {
      name: '临时党支部',
      parentId: t.unit,
      on: '2026-11-20',
      endsOn: '2027-11-01',
      ...why,
    }),
    post(`${project}/link-branch`, { branchId: t.branch, ...why }),
    post(`${project}/extend-branch`, { until: '2028-01-01', ...why }),
    post(`${project}/dissolve-branch`, { on: '2026-11-20', ...why }),
    post('/clues', { organizationId: t.branch, title: '一条线索', matter: '具体情况' }),
    ...onClue(t.clue, t.person),
    ...onClue(t.namedClue, t.person),
    post(`/findings/${t.finding}/problem`, { title: '一个问题', description: '具体情况', dimension: 'D5' }),
    post(`/findings/${t.finding}/clue`, { title: '一条线索', matter: '具体情况' }),
  ]
}
