import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
  readonly supervised: Planted
}

const step = (platform: TestPlatform, of: { kind: string; no: number; state: string; by: number }) =>
  row(platform, 'supervision.record_steps', {
    kind: of.kind,
    record_no: of.no,
    revision: 1,
    action: 'propose',
    state: of.state,
    body: { said: canary('record_steps.body') },
    reason: canary('record_steps.reason'),
    signed_as: canary('record_steps.signed_as'),
    acted_at: at,
    acted_by: of.by,
  })

async function aProblem(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const problem = await planted(platform, 'supervision.problems', {
    revision: 1,
    state: 'rectifying',
    organization_no: b.branch.no,
    title: canary('problems.title'),
    description: canary('problems.description'),
    source: 'masses',
    dimension: 'D3',
    raised_on: '2026-10-20',
    raised_by: by.accountNo,
    owner_no: by.person.no,
    due_on: '2026-11-01',
    remedies: canary('problems.remedies'),
    rectification: canary('problems.rectification'),
    verification: canary('problems.verification'),
  })
  await step(platform, { kind: 'problem', no: problem.no, state: 'rectifying', by: by.accountNo })
  return problem
}

async function aCard(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const card = await planted(platform, 'supervision.yellow_cards', {
    revision: 1,
    state: 'in_force',
    organization_no: b.branch.no,
    case_no: by.supervised.no,
    grounds: canary('yellow_cards.grounds'),
    proposed_on: '2026-10-01',
    proposed_by: by.accountNo,
    hear_by: '2026-10-08',
    statement: canary('yellow_cards.statement'),
    decision: canary('yellow_cards.decision'),
    decided_on: '2026-11-12',
    decided_by: by.accountNo,
  })
  const item = await planted(platform, 'supervision.yellow_card_items', {
    card_no: card.no,
    title: canary('yellow_card_items.title'),
    owner_no: by.person.no,
    due_on: '2026-12-01',
    state: 'done',
    result: canary('yellow_card_items.result'),
    done_by: by.accountNo,
    test: canary('yellow_card_items.test'),
  })
  await row(platform, 'supervision.yellow_card_reports', {
    card_no: card.no,
    month: '2026-10',
    report: canary('yellow_card_reports.report'),
    reported_at: at,
    reported_by: by.accountNo,
  })
  await step(platform, { kind: 'yellow_card', no: card.no, state: 'in_force', by: by.accountNo })
  return { card, item }
}

/** A problem, a letter, a talk, a yellow card and an appeal of the second unit, with a canary in every text. */
export async function foreignFollowUp(platform: TestPlatform, world: TwoUnits, by: By) {
  const { b } = world
  const problem = await aProblem(platform, world, by)
  const { card, item } = await aCard(platform, world, by)
  await row(platform, 'supervision.talks', {
    case_no: by.supervised.no,
    revision: 1,
    held_on: '2026-10-19',
    talked_to_no: by.person.no,
    said: canary('talks.said'),
    demands: canary('talks.demands'),
    talked_by: by.accountNo,
    remark: canary('talks.remark'),
  })
  const letter = { id: 'ltr_foreign0001' }
  await row(platform, 'supervision.letters', {
    id: letter.id,
    organization_no: b.unit.no,
    dimension: 'D5',
    body: canary('letters.body'),
    told_on: '2026-10-20',
  })
  const appeal = await planted(platform, 'supervision.appeals', {
    revision: 1,
    state: 'filed',
    organization_no: b.branch.no,
    measure: 'yellow_card',
    measure_id: card.id,
    measure_revision: 0,
    measure_title: canary('appeals.measure_title'),
    measure_by: by.accountNo,
    measure_on: '2026-11-12',
    reasons: canary('appeals.reasons'),
    filed_on: '2026-11-13',
    filed_by: by.accountNo,
    decide_by: '2026-12-11',
    decision: canary('appeals.decision'),
  })
  await step(platform, { kind: 'appeal', no: appeal.no, state: 'filed', by: by.accountNo })
  return { problem, yellowCard: card, yellowCardItem: item, appeal, letter }
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }
const dueOn = '2026-12-20'

/** Every act on problems, letters, talks, yellow cards and appeals. */
export function writesOnFollowUp(t: Target): WriteAsked[] {
  const owner = { ownerId: t.person, dueOn }
  const [problem, card, appeal] = [`/problems/${t.problem}`, `/yellow-cards/${t.card}`, `/appeals/${t.appeal}`]
  const supervised = `/cases/${t.case('supervised')}`
  const item = { itemId: t.cardItem }
  const talk = { talkedToId: t.person, heldOn: '2026-11-20', said: '谈了整改', demands: '本月办完', ...why }
  return [
    post(`${supervised}/urge`, why),
    post(`${supervised}/put-off`, { dueOn, ...why }),
    post(`${supervised}/talk`, talk),
    post(`${supervised}/confirm-talk`, {}),
    post(`${supervised}/propose-card`, why),
    post(`${supervised}/propose-accountability`, { to: '纪检组', ...why }),
    post('/problems', {
      organizationId: t.branch,
      title: '会议记录缺',
      description: '两个月没有',
      source: 'masses',
      dimension: 'D3',
    }),
    post(`${problem}/accept`, { ...owner, remedies: '补齐记录', ...why }),
    post(`${problem}/reject`, why),
    post(`${problem}/report`, { rectification: '已经补齐' }),
    post(`${problem}/verify`, { verification: '看过，属实' }),
    post(`${problem}/return`, why),
    post(`${problem}/confirm`, {}),
    post(`${problem}/dispute`, why),
    post(`${problem}/close`, why),
    post(`${problem}/reopen`, { dueOn, ...why }),
    post(`${problem}/urge`, why),
    post(`${problem}/put-off`, { dueOn, ...why }),
    post(`${problem}/open-case`, { ...owner, remedies: '补齐记录', ...why }),
    post(`${problem}/link`, { earlierId: t.problem }),
    post(`/problem-letters/${t.letter}/take`, { title: '服务窗口', description: '态度不好' }),
    post(`/problem-letters/${t.letter}/set-aside`, why),
    post('/yellow-cards', { organizationId: t.branch, grounds: '连续两季没有开会' }),
    post(`${card}/state`, { statement: '人手不足' }),
    post(`${card}/pass-hearing`, why),
    post(`${card}/decide`, { items: [{ title: '补选书记', ...owner }], ...why }),
    post(`${card}/decline`, why),
    post(`${card}/urge`, why),
    post(`${card}/add-item`, { title: '补选书记', ...owner, ...why }),
    post(`${card}/report`, { month: '2026-11', report: '正在补选' }),
    post(`${card}/finish-item`, { ...item, result: '已经补选' }),
    post(`${card}/pass-item`, { ...item, test: '看过批复' }),
    post(`${card}/return-item`, { ...item, ...why }),
    post('/appeals', { measure: 'yellow_card', measureId: t.card, reasons: '事实有出入' }),
    post(`${appeal}/take`, {}),
    post(`${appeal}/uphold`, { decision: '事实有出入' }),
    post(`${appeal}/reject`, { decision: '事实清楚' }),
    post(`${appeal}/withdraw`, {}),
  ]
}
