import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { factsChanged, servedBy, type TouchedFacts, standingAbove, tagsDefined } from '../../rulebook/index.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { checkLateness, satisfiedOf } from '../meetings/served-duties.rules.ts'
import { workRecordBodyOf } from './work-record-body.queries.ts'
import { confirmWork, correctWorkBody, ofWorkRecord, recordWorkBody, withdrawWork } from './work-records.contract.ts'
import { workRecorded } from './work-records.events.ts'
import { type WorkRecordAction, workRecordActions, workRecordLifecycle, workRecordStates } from './work-records.lifecycle.ts'
import {
  findWorkRecord,
  handsOf,
  insertGrade,
  insertWorkRecord,
  replaceWorkRecord,
  type StoredWorkRecord,
  tagsOf,
  type WorkRecordBody,
  withdrawStored,
} from './work-records.store.ts'

const numbersOf = async (work: Work, ids: readonly string[]) =>
  (await chosenOrganizations(work.tx, ids)).map((organization) => organization.no)

async function recordOf(work: Work, id: string): Promise<StoredWorkRecord> {
  const record = await findWorkRecord(work.tx, id)
  if (!record) throw new Problem('orglife.work_record_not_found')
  return record
}

function allowed(record: StoredWorkRecord, verb: WorkRecordAction): void {
  if (workRecordLifecycle[record.state][verb]) return
  throw new Problem('kernel.not_allowed_now', {
    detail: `这条工作纪实${workRecordStates[record.state]}，不能${workRecordActions[verb]}。它已经办结。`,
  })
}

type Counted = Pick<WorkRecordBody, 'organizationNos' | 'personNos' | 'heldOn' | 'tags'>
const storedCounted = async (work: Work, record: StoredWorkRecord): Promise<Counted> => ({
  ...record,
  tags: await tagsOf(work.tx, record.no),
})

/** What a record bears on, the old body and the new alike. */
export function touchedBy(...bodies: readonly Counted[]): TouchedFacts {
  const tags = bodies.flatMap((body) => body.tags.map(({ tag }) => tag))
  return {
    organizations: bodies.flatMap((body) => body.organizationNos),
    persons: bodies.flatMap((body) => body.personNos),
    dates: bodies.map((body) => body.heldOn),
    of: ['records', 'record_hours', 'record_ratio', 'record_coverage'].map((name) => `orglife.work_${name}`),
    // Of a ratio it is the records among which it is taken that count at all.
    about: { tags, 'among.tags': tags },
  }
}

const servedOf = (work: Work, record: { no: number; heldOn: string }) =>
  servedBy(work.tx, { kind: 'work-record', no: record.no, heldOn: record.heldOn })

const about = (id: string) => [{ kind: 'work_record', id }]
const ledgerFields = (body: WorkRecordBody) => ({ title: body.title, heldOn: body.heldOn, tags: body.tags.map(({ tag }) => tag) })

export const recordWorkAction = action({
  name: 'orglife.work_record.record',
  input: recordWorkBody,
  touches: (work, input) => numbersOf(work, input.organizationIds),
  run: async (work, { lateReason, ...input }) => {
    const body = await workRecordBodyOf(work, input)
    const { no, id } = await insertWorkRecord(work, body, lateReason ?? null)
    await factsChanged(work, touchedBy(body))
    const served = await servedOf(work, { no, heldOn: body.heldOn })
    checkLateness(served, lateReason, '做的日期')
    await work.emit(workRecorded.of({ recordNo: no, heldOn: body.heldOn }))
    return { reply: { id, satisfied: satisfiedOf(served) }, objects: about(id), fields: { ...ledgerFields(body), lateReason } }
  },
})

export const correctWorkAction = action({
  name: 'orglife.work_record.correct',
  input: correctWorkBody.extend(ofWorkRecord.shape),
  touches: async (work, input) => [
    ...(await recordOf(work, input.id)).organizationNos,
    ...(await numbersOf(work, input.organizationIds)),
  ],
  run: async (work, { id, revision, reason, ...input }) => {
    const record = await recordOf(work, id)
    allowed(record, 'correct')
    if (record.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    const body = await workRecordBodyOf(work, input)
    const before = await storedCounted(work, record)
    if (!(await replaceWorkRecord(work, record, { body, reason }))) throw new Problem('kernel.changed_meanwhile')
    await factsChanged(work, touchedBy(before, body))
    const served = await servedOf(work, { no: record.no, heldOn: body.heldOn })
    return {
      reply: { id, revision: revision + 1, satisfied: satisfiedOf(served) },
      objects: about(id),
      fields: { reason, ...ledgerFields(body) },
    }
  },
})

export const withdrawWorkAction = action({
  name: 'orglife.work_record.withdraw',
  input: ofWorkRecord.extend(withdrawWork.body.shape),
  touches: async (work, { id }) => (await recordOf(work, id)).organizationNos,
  run: async (work, { id, reason }) => {
    const record = await recordOf(work, id)
    allowed(record, 'withdraw')
    if (!(await withdrawStored(work, record, reason))) throw new Problem('kernel.changed_meanwhile')
    await factsChanged(work, touchedBy(await storedCounted(work, record)))
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})

/** The title of a grade that a tag of this record allows. */
async function gradeTitle(work: Work, given: { tag: string; grade: string }): Promise<string> {
  const tag = (await tagsDefined(work.tx)).find(({ code }) => code === given.tag)
  const grade = tag?.grades.find(({ code }) => code === given.grade)
  if (tag && grade) return `${tag.title}：${grade.title}`
  const possible = tag?.grades.map(({ title }) => title).join('、')
  throw new Problem('orglife.grade_unknown', {
    errors: [{ field: 'grade', message: possible ? `可以选：${possible}。` : '这个标签不确认质量。' }],
  })
}

/** Quality is confirmed by somebody above who had no hand in the record. */
export const confirmWorkAction = action({
  name: 'orglife.work_record.confirm',
  input: ofWorkRecord.extend(confirmWork.body.shape),
  touches: async (work, { id }) => {
    const above = await standingAbove(work.tx, (await recordOf(work, id)).organizationNos)
    if (above.length === 0) throw new Problem('orglife.grade_needs_superior')
    return above
  },
  run: async (work, { id, ...given }) => {
    const record = await recordOf(work, id)
    allowed(record, 'confirm')
    if ((await handsOf(work.tx, record.no)).includes(work.actor.accountNo)) throw new Problem('orglife.grade_by_recorder')
    const title = await gradeTitle(work, given)
    await insertGrade(work, record, given)
    await factsChanged(work, touchedBy(await storedCounted(work, record)))
    await notify(work.tx, {
      to: { accountNos: [record.recordedBy] },
      kind: 'orglife.work_confirmed',
      title: `质量已确认：${record.title}`,
      body: `${title}。理由：${given.reason}`,
      link: `/work-records/${id}`,
      at: work.now,
    })
    return { reply: { id }, objects: about(id), fields: { ...given } }
  },
})
