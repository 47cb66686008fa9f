import type { Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { ownerOf } from '../cases/case-owner.queries.ts'
import { checkDue } from '../cases/case-steps.actions.ts'
import { matterDue } from './ceilings.queries.ts'
import { giveTasks, ofItself, organizationsOf, withTaskId } from './giving.actions.ts'
import { belowOrSame, recordTitle } from './linkable.queries.ts'
import { taskStep } from './task-steps.actions.ts'
import * as contract from './tasks.contract.ts'
import { daysWaited, overdueDays, tooLate } from './tasks.rules.ts'
import { countEvidence, findTask, insertEvidence, partsOf, removeEvidence, type StoredTask } from './tasks.store.ts'

/** A new due date starts the clock afresh: earlier waits do not lengthen it. */
const freshClock = (dueOn: CivilDate) => ({
  due_on: dueOn,
  waited_days: 0,
  waiting_since: null,
  waiting_for: null,
  asked_due_on: null,
})

/** The wait that is on ends today; its days are kept. */
const endWait = (work: Work, task: StoredTask) => ({
  waited_days: daysWaited(task, work.today),
  waiting_since: null,
  waiting_for: null,
  asked_due_on: null,
})

/** What a task may not promise beyond: the task above it, or the matter that it is made of. */
async function ceilingOf(work: Work, task: StoredTask): Promise<{ what: string; dueOn: CivilDate } | null> {
  if (task.parentNo !== null) {
    const parent = await findTask(work.tx, { no: task.parentNo })
    return parent && { what: '上级任务', dueOn: parent.dueOn }
  }
  return task.matterNo === null ? null : matterDue(work.tx, task.matterNo)
}

/** Throws where a new day lies beyond what stands above, or before what the parts promise. */
async function checkDay(work: Work, task: StoredTask, is: { dueOn: CivilDate; field: string }): Promise<void> {
  const refuse = (message: string) =>
    new Problem('supervision.later_than_promised', { detail: message, errors: [{ field: is.field, message }] })
  if (is.dueOn < work.today)
    throw new Problem('supervision.due_in_past', { errors: [{ field: is.field, message: '请填今天或以后的日期。' }] })
  const late = tooLate(is.dueOn, await ceilingOf(work, task))
  if (late !== null) throw refuse(late)
  const later = (await partsOf(work.tx, task.no)).find((part) => part.state !== 'closed' && part.dueOn > is.dueOn)
  if (later) throw refuse(`下级任务“${later.title}”的时限是${inChinese(later.dueOn)}，先把它提前，再提前这一项。`)
}

export const delegateAction = taskStep(
  'delegate',
  withTaskId.extend(contract.delegateTask.body.shape),
  async (work, task, { tasks }) => {
    const below = await organizationsOf(work, tasks)
    if (!(await belowOrSame(work.tx, below, task.organizationNo))) throw new Problem('supervision.organization_not_below')
    const ids = await giveTasks(work, tasks, {
      ...ofItself,
      givenByNo: task.organizationNo,
      title: task.title,
      ceiling: { what: '上级任务', dueOn: task.dueOn },
      decisionNo: task.decisionNo,
      matterNo: task.matterNo,
      parent: task,
    })
    return { set: {}, reason: null, body: { parts: ids } }
  },
)

export const linkAction = taskStep(
  'link',
  withTaskId.extend(contract.linkRecord.body.shape),
  async (work, task, { kind, reference, said }) => {
    const title = await recordTitle(work.tx, { kind, reference, said })
    const linked = await insertEvidence(work, {
      taskNo: task.no,
      kind,
      reference: kind === 'paper' ? null : (reference ?? null),
      title,
      said: said ?? null,
    })
    if (!linked)
      throw new Problem('supervision.record_not_found', {
        detail: '这条记录已经关联过了，不用再关联一次。',
        errors: [{ field: 'reference', message: '这条记录已经关联过了。' }],
      })
    return { set: {}, reason: null, body: { kind: contract.linkKinds[kind], record: title } }
  },
)

export const unlinkAction = taskStep(
  'unlink',
  withTaskId.extend(contract.unlinkRecord.body.shape),
  async (work, task, { evidenceId, reason }) => {
    const title = await removeEvidence(work, { taskNo: task.no, id: evidenceId })
    if (title === null)
      throw new Problem('supervision.record_not_found', { errors: [{ field: 'evidenceId', message: '没有这条关联。' }] })
    return { set: {}, reason, body: { record: title } }
  },
)

/** Reports rest on records: own links, or parts that have all been closed. */
async function checkReport(work: Work, task: StoredTask): Promise<void> {
  const parts = await partsOf(work.tx, task.no)
  const open = parts.filter((part) => part.state !== 'closed')
  if (open.length > 0)
    throw new Problem('supervision.task_has_open_parts', {
      detail: `还有 ${open.length} 项下级任务没有办结：${open
        .slice(0, 3)
        .map((part) => part.title)
        .join('、')}${open.length > 3 ? '等' : ''}。先等它们办结，或撤销不再需要的。`,
    })
  if (parts.length === 0 && (await countEvidence(work.tx, task.no)) === 0) throw new Problem('supervision.report_without_record')
}

export const reportAction = taskStep(
  'report',
  withTaskId.extend(contract.reportTask.body.shape),
  async (work, task, { report }) => {
    await checkReport(work, task)
    return {
      set: { ...endWait(work, task), report, reported_on: work.today, reported_by: work.actor.accountNo },
      reason: null,
      body: { report },
    }
  },
)

export const verifyAction = taskStep(
  'verify',
  withTaskId.extend(contract.verifyTask.body.shape),
  (work, _task, { verification, onSite }) => ({
    set: { verification, verified_by: work.actor.accountNo, ended_on: work.today },
    reason: null,
    body: { verification, onSite },
  }),
)

export const returnAction = taskStep('return', withTaskId.extend(contract.returnTask.body.shape), (_work, _task, { reason }) => ({
  set: {},
  reason,
  body: {},
}))

export const askExtensionAction = taskStep(
  'ask_extension',
  withTaskId.extend(contract.askExtension.body.shape),
  (work, task, { until, reason }) => {
    const late = overdueDays(task, work.today)
    if (late > 0)
      throw new Problem('supervision.extension_too_late', {
        detail: `已经超期 ${late} 天，延期要在时限之前申请。请写明进展尽快报告，或请交办的一方调整时限。`,
      })
    if (until <= task.dueOn)
      throw new Problem('kernel.invalid_input', {
        errors: [{ field: 'until', message: `请填${inChinese(task.dueOn)}以后的日期。` }],
      })
    return {
      set: { asked_due_on: until, waiting_since: work.today, waiting_for: '决定延期申请' },
      reason,
      body: { askedDueOn: until },
    }
  },
)

export const grantExtensionAction = taskStep(
  'grant_extension',
  withTaskId.extend(contract.grantExtension.body.shape),
  async (work, task, { reason }) => {
    const dueOn = task.askedDueOn ?? task.dueOn
    await checkDay(work, task, { dueOn, field: 'until' })
    return { set: freshClock(dueOn), reason, body: { changes: { dueOn: [task.dueOn, dueOn] } } }
  },
)

export const refuseExtensionAction = taskStep(
  'refuse_extension',
  withTaskId.extend(contract.refuseExtension.body.shape),
  (work, task, { reason }) => ({ set: endWait(work, task), reason, body: { waitedDays: daysWaited(task, work.today) } }),
)

export const pauseAction = taskStep('pause', withTaskId.extend(contract.pauseTask.body.shape), (work, _task, { waitingFor }) => ({
  set: { waiting_since: work.today, waiting_for: waitingFor },
  reason: null,
  body: { waitingFor },
}))

export const resumeAction = taskStep('resume', withTaskId.extend(contract.resumeTask.body.shape), (work, task) => ({
  set: endWait(work, task),
  reason: null,
  body: { waitedDays: daysWaited(task, work.today) },
}))

export const changeAction = taskStep('change', withTaskId.extend(contract.changeTask.body.shape), async (work, task, asked) => {
  if (asked.revision !== task.revision) throw new Problem('kernel.changed_meanwhile')
  const changes: Record<string, [unknown, unknown]> = {}
  const set: Record<string, unknown> = {}
  if (asked.ownerId !== undefined) {
    const ownerNo = await ownerOf(work.tx, asked.ownerId, { organizationNo: task.organizationNo, today: work.today })
    if (ownerNo !== task.ownerNo) [changes['ownerNo'], set['owner_no']] = [[task.ownerNo, ownerNo], ownerNo]
  }
  if (asked.criterion !== undefined && asked.criterion !== task.criterion)
    [changes['criterion'], set['criterion']] = [[task.criterion, asked.criterion], asked.criterion]
  if (asked.dueOn !== undefined && asked.dueOn !== task.dueOn) {
    await checkDay(work, task, { dueOn: asked.dueOn, field: 'dueOn' })
    changes['dueOn'] = [task.dueOn, asked.dueOn]
    Object.assign(set, freshClock(asked.dueOn))
  }
  if (Object.keys(changes).length === 0)
    throw new Problem('kernel.invalid_input', {
      errors: [{ field: 'dueOn', message: '没有改动。责任人、时限、标准至少改一项。' }],
    })
  return { set, reason: asked.reason, body: { changes } }
})

export const cancelAction = taskStep(
  'cancel',
  withTaskId.extend(contract.cancelTask.body.shape),
  async (work, task, { reason }) => {
    const open = (await partsOf(work.tx, task.no)).filter((part) => part.state !== 'closed')
    if (open.length > 0)
      throw new Problem('supervision.task_has_open_parts', { detail: `还有 ${open.length} 项下级任务在办，先撤销它们。` })
    return { set: { ...endWait(work, task), ended_on: work.today }, reason, body: {} }
  },
)

export const reopenAction = taskStep(
  'reopen',
  withTaskId.extend(contract.reopenTask.body.shape),
  async (work, task, { reason, dueOn }) => {
    checkDue(work, dueOn)
    await checkDay(work, task, { dueOn, field: 'dueOn' })
    const before = { report: null, reported_on: null, reported_by: null, verification: null, verified_by: null, ended_on: null }
    return {
      set: { ...freshClock(dueOn), ...before },
      reason,
      body: dueOn === task.dueOn ? {} : { changes: { dueOn: [task.dueOn, dueOn] } },
    }
  },
)
