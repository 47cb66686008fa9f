import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type AskedDuty, obligedOf } from './obliged.queries.ts'
import { keepRelief, reliefChanged, standingFor, stepRelief } from './relief.store.ts'

/**
 * For modules whose own act decides that a day is put off (an approved 延期换届): moves the last day of one obligation, inside that act.
 * `until` is the new last day. The caller has checked who may decide. Throws `rulebook.not_due_of_subject`.
 */
export async function grantExtension(
  work: Work,
  given: AskedDuty & { until: CivilDate; reason: string },
): Promise<{ id: string }> {
  return keep(work, given, { kind: 'extension', until: given.until, stoppedFrom: null, reason: given.reason })
}

/**
 * For modules whose request to those above blocks a duty: its days do not count from today on. `waitsOn` is the id of the pending
 * request, by which `resumeClock` finds the clock again. What is late already stays late; the stop then only shows what is waited for.
 * Throws `rulebook.relief_open` where the clock stands already, `rulebook.not_due_of_subject` where nothing is owed.
 */
export async function stopClock(work: Work, given: AskedDuty & { waitingFor: string; waitsOn: string }): Promise<{ id: string }> {
  const { waitingFor, waitsOn } = given
  return keep(work, given, { kind: 'clock_stop', until: null, stoppedFrom: work.today, reason: waitingFor, waitsOn })
}

/** The pending request was answered: every clock that stands for it goes again from today. Answers how many. */
export async function resumeClock(work: Work, given: { waitsOn: string; answer: string }): Promise<number> {
  const found = await asEngine(work.tx, () => standingFor(work.tx, given.waitsOn))
  for (const one of found) {
    await asEngine(work.tx, () => stepRelief(work, one, { to: 'ended', answer: given.answer }))
    await reliefChanged(work, one)
  }
  return found.length
}

type Kept = Pick<Parameters<typeof keepRelief>[1], 'kind' | 'until' | 'stoppedFrom' | 'reason' | 'waitsOn'>

async function keep(work: Work, asked: AskedDuty, kept: Kept): Promise<{ id: string }> {
  const { of, duty } = await obligedOf(work.tx, asked, work.today)
  const begunLate = kept.kind === 'clock_stop' && work.today > duty.lateAfter
  const id = newId('rlf')
  const made = { ...of, ...kept, begunLate, id, state: 'granted' as const, decisionReason: kept.reason }
  if (!(await asEngine(work.tx, () => keepRelief(work, made)))) throw new Problem('rulebook.relief_open')
  await reliefChanged(work, of)
  return { id }
}
