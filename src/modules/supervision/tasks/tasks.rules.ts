import { addDays, type CivilDate, daysBetween, inChinese } from '../../../kernel/time/civil-date.ts'
import { type TaskAction, taskActions, taskLifecycle, type TaskState, taskStates } from './tasks.lifecycle.ts'

/** What the clock of a task needs. */
export interface TaskClock {
  readonly state: TaskState
  readonly dueOn: CivilDate
  readonly waitingSince: CivilDate | null
  readonly waitedDays: number
}

/** Days waited for those above under the present due date, the running wait included; so is the time that an asked extension lies above. */
export function daysWaited(clock: TaskClock, today: CivilDate): number {
  return clock.waitedDays + (clock.waitingSince === null ? 0 : Math.max(0, daysBetween(clock.waitingSince, today)))
}

const inTheirHands: readonly TaskState[] = ['assigned', 'extension_asked', 'waiting']

/** Days past due while the task lies with whoever is to act. 0 when in time or out of their hands. */
export function overdueDays(clock: TaskClock, today: CivilDate): number {
  if (!inTheirHands.includes(clock.state)) return 0
  return Math.max(0, daysBetween(addDays(clock.dueOn, daysWaited(clock, today)), today))
}

export function possibleNow(state: TaskState): TaskAction[] {
  return Object.keys(taskLifecycle[state]) as TaskAction[]
}

/** The sentence of a refused action: where the task stands and what can be done instead. */
export function refusal(state: TaskState, verb: TaskAction): string {
  const possible = possibleNow(state).map((one) => taskActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : '已经不能再办，需要时另行交办。'
  return `任务现在是“${taskStates[state]}”，不能“${taskActions[verb]}”。${instead}`
}

export interface TaskReader {
  readonly accountNo: number
  readonly personNo: number | null
  /** Actions whose roles the reader holds over the organization that gave the task, or for delegating over the one that has it. */
  readonly permitted: ReadonlySet<TaskAction>
  /** Keeps the organization that has the task. */
  readonly answers: boolean
}
export interface TaskHands {
  readonly ownerNo: number
  readonly reportedBy: number | null
}

/** True when the reader is the owner or reported: whoever did the work does not certify it. */
export function isPartyTo(hands: TaskHands, reader: { accountNo: number; personNo: number | null }): boolean {
  return hands.ownerNo === reader.personNo || (hands.reportedBy !== null && hands.reportedBy === reader.accountNo)
}

/** What the owner and the keepers of the organization do; the rest belongs to whoever gave the task. */
const theirs: readonly TaskAction[] = ['report', 'link', 'unlink', 'ask_extension', 'pause']
export const isTheirs = (verb: TaskAction): boolean => theirs.includes(verb) || verb === 'resume'

/** True when the reader may take the action at all; the state is another question. */
export function mayTake(verb: TaskAction, hands: TaskHands, reader: TaskReader): boolean {
  const answers = hands.ownerNo === reader.personNo || reader.answers
  if (theirs.includes(verb)) return answers
  if (verb === 'resume') return answers || reader.permitted.has('change')
  if (verb === 'verify') return reader.permitted.has('verify') && !isPartyTo(hands, reader)
  return reader.permitted.has(verb)
}

/** What the page offers the reader, and why an action that the state allows is not theirs. */
export function offered(state: TaskState, hands: TaskHands, reader: TaskReader): { abilities: TaskAction[]; notices: string[] } {
  const possible = possibleNow(state)
  const abilities = possible.filter((verb) => mayTake(verb, hands, reader))
  const notices: string[] = []
  if (possible.includes('verify') && !abilities.includes('verify') && reader.permitted.has('verify'))
    notices.push('您是责任人或报告人，核验须由其他人办理。')
  if (state === 'waiting') notices.push('正在等上级，等待的天数不计入超期。')
  if (state === 'extension_asked') notices.push('已经申请延期，等交办的一方决定；决定之前的天数不计入超期。')
  return { abilities, notices }
}

/** Why a task may not promise this day; null when it may. Above stands another task, or the matter of a decision. */
export function tooLate(dueOn: CivilDate, above: { what: string; dueOn: CivilDate } | null): string | null {
  if (above === null || dueOn <= above.dueOn) return null
  return `${above.what}的时限是${inChinese(above.dueOn)}，这里不能更晚。确需更晚，先申请把${above.what}延期。`
}
