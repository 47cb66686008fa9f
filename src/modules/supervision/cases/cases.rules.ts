import { addDays, type CivilDate, daysBetween } from '../../../kernel/time/civil-date.ts'
import { type CaseAction, caseActions, caseLifecycle, type CaseState, caseStates } from './cases.lifecycle.ts'

/** What the clock of a case needs. */
export interface CaseClock {
  readonly state: CaseState
  readonly dueOn: CivilDate | null
  /** First day of the wait above that is on now. */
  readonly waitingSince: CivilDate | null
  /** Days of earlier waits under the present due date. */
  readonly waitedDays: number
}

/** Days that the case has waited above under its present due date, the running wait included. */
export function daysWaited(clock: CaseClock, today: CivilDate): number {
  return clock.waitedDays + (clock.waitingSince === null ? 0 : Math.max(0, daysBetween(clock.waitingSince, today)))
}

/** Days past due while the matter lies with whoever is to act; waiting above stops the clock. 0 when in time or out of their hands. */
export function overdueDays(clock: CaseClock, today: CivilDate): number {
  if (clock.dueOn === null || !(clock.state === 'reminded' || clock.state === 'supervised')) return 0
  return Math.max(0, daysBetween(addDays(clock.dueOn, daysWaited(clock, today)), today))
}

/** While a case waits above, nobody below is pressed and no day is set. */
const onlyRunning: readonly CaseAction[] = ['pause', 'urge', 'put_off']

/** Actions that the state and the clock allow, whoever asks. */
export function possibleNow(now: { state: CaseState; waiting: boolean }): CaseAction[] {
  const listed = Object.keys(caseLifecycle[now.state]) as CaseAction[]
  return listed.filter((verb) => (verb === 'resume' ? now.waiting : !now.waiting || !onlyRunning.includes(verb)))
}

/** The sentence of a refused action: where the case stands and what can be done instead. */
export function refusal(now: { state: CaseState; waiting: boolean }, verb: CaseAction): string {
  const possible = possibleNow(now).map((one) => caseActions[one])
  const stands = `事项现在是“${caseStates[now.state]}”${now.waiting ? '、正在等上级' : ''}`
  return `${stands}，不能“${caseActions[verb]}”。${possible.length > 0 ? `现在可以：${possible.join('、')}。` : ''}`
}

/** Who reads, in relation to one case. */
export interface CaseReader {
  readonly accountNo: number
  readonly personNo: number | null
  /** Actions whose roles the reader holds over the case's organization. */
  readonly permitted: ReadonlySet<CaseAction>
  /** True for whoever answers for the organization concerned. */
  readonly answers: boolean
}

/** Who has had a hand in a case. */
export interface CaseHands {
  readonly ownerNo: number | null
  readonly reportedBy: number | null
}

/** True when the reader is the owner or reported: whoever did the work does not certify it. */
export function isPartyTo(hands: CaseHands, reader: { accountNo: number; personNo: number | null }): boolean {
  return (
    (hands.ownerNo !== null && hands.ownerNo === reader.personNo) ||
    (hands.reportedBy !== null && hands.reportedBy === reader.accountNo)
  )
}

/** True when the reader may take the action at all; the state is another question. */
export function mayTake(verb: CaseAction, hands: CaseHands, reader: CaseReader): boolean {
  const owner = hands.ownerNo !== null && hands.ownerNo === reader.personNo
  if (verb === 'report' || verb === 'pause') return owner || reader.answers
  if (verb === 'resume') return owner || reader.answers || reader.permitted.has('supervise')
  if (verb === 'verify') return reader.permitted.has('verify') && !isPartyTo(hands, reader)
  return reader.permitted.has(verb)
}

/** What the page offers the reader, and why an action that the state allows is not theirs. */
export function offered(
  now: { state: CaseState; waiting: boolean },
  hands: CaseHands,
  reader: CaseReader,
): { abilities: CaseAction[]; notices: string[] } {
  const possible = possibleNow(now)
  const abilities = possible.filter((verb) => mayTake(verb, hands, reader))
  const notices: string[] = []
  if (possible.includes('verify') && !abilities.includes('verify') && reader.permitted.has('verify')) {
    notices.push('您是责任人或报告人，核验须由其他人办理。')
  }
  if (now.waiting) notices.push('正在等上级，等待的天数不计入超期。')
  return { abilities, notices }
}

/** `督〔2026〕1号`, the way official papers are numbered. */
export function caseNumber(year: number, sequence: number): string {
  return `督〔${year}〕${sequence}号`
}
