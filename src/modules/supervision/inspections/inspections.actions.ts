import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { announceCheck, cancelAnnouncedCheck } from '../../orglife/index.ts'
import { organizationById } from '../../directory/index.ts'
import { projectNo } from '../key-projects/key-projects.store.ts'
import { latelyDays, suggestedLines, visitedLately } from './checklist.queries.ts'
import { editLines } from './checklist.store.ts'
import { ofOne } from './inspection-fields.contract.ts'
import { inspectionOf, stepOf, tellOf, visitedBy } from './inspection-steps.actions.ts'
import * as contract from './inspections.contract.ts'
import { insertInspection, type StoredInspection } from './inspections.store.ts'
import { inspectorsOf, sentFrom } from './inspectors.queries.ts'
import { insertSheet, sheetIsHere } from './sheets.store.ts'

/** In the order in which they were asked for. */
const organizationsAsked = (work: Work, ids: readonly string[]) =>
  Promise.all([...new Set(ids)].map((id) => organizationById(work.tx, id)))

/** Visited lately means exempt; going again needs the reason in so many words. */
async function checkLately(work: Work, organizations: readonly { no: number; name: string }[]): Promise<void> {
  const errors: { field: string; message: string }[] = []
  for (const [index, organization] of organizations.entries()) {
    const day = await visitedLately(work.tx, organization.no, work.today)
    if (day !== null)
      errors.push({
        field: `organizationIds.${index}`,
        message: `${organization.name}在${inChinese(day)}检查过，${await latelyDays(work.tx)} 天内免检。确需再去，请写明理由。`,
      })
  }
  if (errors.length > 0) throw new Problem('supervision.visited_lately', { errors })
}

/** The key project that the visits are about, as far as the actor may see it. */
async function projectAskedFor(work: Work, id: string | undefined): Promise<number | null> {
  if (id === undefined) return null
  const no = await projectNo(work.tx, id)
  if (no === null)
    throw new Problem('supervision.visit_project_unknown', { errors: [{ field: 'keyProjectId', message: '请重新选重点项目。' }] })
  return no
}

export const planInspectionsAction = action({
  name: 'supervision.inspection.plan',
  input: contract.planInspections.body,
  touches: async (work, { organizationIds }) => (await organizationsAsked(work, organizationIds)).map(({ no }) => no),
  run: async (work, { organizationIds, inspectorIds, title, manner, visitOn, despite, keyProjectId }) => {
    if (visitOn < work.today)
      throw new Problem('supervision.visit_in_past', { errors: [{ field: 'visitOn', message: '请填今天或以后的日期。' }] })
    const organizations = await organizationsAsked(work, organizationIds)
    const inspectorNos = await inspectorsOf(
      work,
      inspectorIds,
      organizations.map(({ no }) => no),
    )
    if (despite === undefined) await checkLately(work, organizations)
    const keyProjectNo = await projectAskedFor(work, keyProjectId)
    const ids: string[] = []
    for (const [index, { no: organizationNo }] of organizations.entries()) {
      const ledByNo = await sentFrom(work, organizationNo, `organizationIds.${index}`)
      const lines = await suggestedLines(work.tx, { organizationNo, today: work.today })
      const planned = {
        title,
        manner,
        organizationNo,
        ledByNo,
        visitOn,
        despite: despite ?? null,
        inspectorNos,
        keyProjectNo,
        lines,
      }
      const id = await insertInspection(work, planned)
      ids.push(id)
      await tellOf(work, await inspectionOf(work, id), {
        kind: 'planned',
        title: `检查任务：${title}`,
        body: `${inChinese(visitOn)}。出发前请打开检查，存到手机上。`,
        to: { personNos: inspectorNos },
      })
    }
    return { reply: { ids }, objects: ids.map((id) => ({ kind: 'inspection', id })), fields: { title, manner, visitOn, despite } }
  },
})

export const announceInspectionAction = stepOf(
  'announce',
  ofOne.extend(contract.announceInspection.body.shape),
  async (work, stored) => {
    const { title, visitOn, organizationNo } = stored
    const check = await announceCheck(work, { organizationNo, title, announcedOn: work.today, visitOn })
    await tellOf(work, stored, {
      kind: 'announced',
      title: `检查通知：${title}`,
      body: `${inChinese(visitOn)}来检查。清单可以先看；不用另外准备材料。`,
      to: visitedBy(stored),
    })
    return { set: { announced_at: work.now, announced_check: check }, reason: null, body: { check } }
  },
)

export const editChecklistAction = stepOf(
  'edit',
  ofOne.extend(contract.editChecklist.body.shape),
  async (work, stored, { revision, lines }) => {
    if (revision !== stored.revision) throw new Problem('supervision.checklist_changed')
    const changed = await editLines(work, stored.no, lines)
    return { set: {}, reason: null, body: changed }
  },
)

export const startInspectionAction = stepOf(
  'start',
  ofOne.extend(contract.startInspection.body.shape),
  async (work, stored, { startedAt }) => {
    const at = momentOf(work, startedAt)
    await tellOf(work, stored, {
      kind: 'started',
      title: `检查开始：${stored.title}`,
      body: '检查人已到现场。',
      to: visitedBy(stored),
    })
    return { set: { started_at: at, started_by: work.actor.accountNo }, reason: null, body: { startedAt: at.toISOString() } }
  },
)

/** A device's clock may be wrong; what lies ahead of ours is taken as now. */
const momentOf = (work: Work, given: string | undefined) =>
  given === undefined ? work.now : new Date(Math.min(new Date(given).getTime(), work.now.getTime()))

function checkSides({ signatures, refusal }: { signatures: readonly { side: string }[]; refusal?: string | undefined }): void {
  const wrong = (code: string, message: string) => new Problem(code, { errors: [{ field: 'signatures', message }] })
  if (!signatures.some(({ side }) => side === 'inspector')) throw wrong('supervision.inspector_must_sign', '请检查人签字。')
  const visited = signatures.some(({ side }) => side === 'visited')
  if (visited === (refusal !== undefined)) throw wrong('supervision.visited_sign_or_refuse', '请被检查方签字，或写明拒签理由。')
}

export const signInspectionAction = stepOf(
  'sign',
  ofOne.extend(contract.signInspection.body.shape),
  async (work, stored, asked) => {
    checkSides(asked)
    if (await sheetIsHere(work, stored.no, asked.clientId)) return null
    await insertSheet(work, stored.no, asked)
    await tellOf(work, stored, {
      kind: 'signed',
      title: `检查结果：${stored.title}`,
      body: '结果已记下，可以查看；有不同看法的，可以作一次说明。',
      to: visitedBy(stored),
    })
    const names = asked.signatures.map(({ name }) => name)
    return { set: { ...(!stored.signed && { signed_at: work.now }) }, reason: asked.refusal ?? null, body: { names } }
  },
)

export const remarkInspectionAction = stepOf(
  'remark',
  ofOne.extend(contract.remarkInspection.body.shape),
  async (work, stored, { remark }) => {
    await tellOf(work, stored, {
      kind: 'remarked',
      title: `被检查方作了说明：${stored.title}`,
      body: remark.slice(0, 100),
      to: { accountNos: [stored.plannedBy] },
    })
    const set = { remark, remarked_at: work.now, remarked_by: work.actor.accountNo }
    return { set, reason: null, body: { remark } }
  },
)

export const closeInspectionAction = stepOf(
  'close',
  ofOne.extend(contract.closeInspection.body.shape),
  (work, _stored, { conclusion }) => ({ set: { conclusion, closed_at: work.now }, reason: conclusion, body: {} }),
)

async function takeAnnouncementBack(work: Work, stored: StoredInspection, reason: string): Promise<void> {
  if (stored.announcedCheck === null) return
  await cancelAnnouncedCheck(work, stored.announcedCheck, reason)
  await tellOf(work, stored, { kind: 'cancelled', title: `检查取消：${stored.title}`, body: reason, to: visitedBy(stored) })
}

export const cancelInspectionAction = stepOf(
  'cancel',
  ofOne.extend(contract.cancelInspection.body.shape),
  async (work, stored, { reason }) => {
    await takeAnnouncementBack(work, stored, reason)
    return { set: { cancel_reason: reason }, reason, body: {} }
  },
)

export const resumeInspectionAction = stepOf(
  'resume',
  ofOne.extend(contract.resumeInspection.body.shape),
  (work, stored, { reason }) => ({
    // What is resumed after a cancellation goes on as started: somebody stands there.
    set:
      stored.state === 'cancelled'
        ? { cancel_reason: null, ...(!stored.started && { started_at: work.now, started_by: work.actor.accountNo }) }
        : { closed_at: null },
    reason,
    body: {},
  }),
)
