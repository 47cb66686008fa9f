import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import type { z } from 'zod'
import type { caseState } from '../../modules/supervision/cases/cases.contract.ts'
import type { Draw } from './draw.ts'
import type { MadePerson } from './register.ts'

type CaseState = z.infer<typeof caseState>
/** The state in which a case shall stand today. */
export type CaseLife = CaseState

/** Who acts on a case of an organization, by account, and who owns it. */
export interface Hands {
  readonly owner: MadePerson | null
  readonly reporter: number
  readonly officer: number
  readonly verifier: number
}

/** One step of a case after its proposal. */
export interface CourseStep {
  readonly action: string
  readonly state: CaseState
  readonly on: CivilDate
  readonly by: number
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** What became of a case, with every step on the way. */
export interface Course {
  readonly no: number
  readonly state: CaseState
  readonly steps: readonly CourseStep[]
  readonly ownerNo: number | null
  readonly dueOn: CivilDate | null
  /** Day on which it was opened for supervision: its number is of that year. */
  readonly supervisedOn: CivilDate | null
}

interface Begun {
  readonly no: number
  readonly proposedOn: CivilDate
  readonly today: CivilDate
  readonly life: CaseLife
  /** Waits above now, so that the clock below stands still. */
  readonly pauses: boolean
  readonly draw: Draw
  readonly hands: Hands
}

const remedies = [
  '本月内补开，并把支部年度计划排到月。',
  '明确专人提醒和记录，支委会每月检查一次。',
  '与业务会议错开安排，提前一周通知。',
] as const
const reports = [
  '已经补开并记录，下月起固定在每月第二周开展。',
  '已经召开，并在支委会上检查了原因。',
  '已按措施办理，支部指定了记录人。',
] as const
const verifications = ['查看了补开的会议记录，属实，同意销号。', '抽查了到会情况和议程，措施已落实，同意销号。'] as const
const dismissals = [
  '当月全体参加抢险值守，不予立项。',
  '支部正在改隶，由新的上级统一安排。',
  '已经在年度计划中一并解决，不再单独立项。',
] as const

/** Brings a proposed case to where it shall stand today; a case without an owner stays with the reminder. */
export function livedCase(begun: Begun): Course {
  const { no, hands, life, today } = begun
  const reach = hands.owner === null && life !== 'dismissed' && life !== 'proposed' ? 'reminded' : life
  const open = { no, state: reach, ownerNo: null, dueOn: null, supervisedOn: null }
  if (reach === 'proposed') return { ...open, steps: [] }
  const first = dayAfter(begun, begun.proposedOn, 4)
  if (reach === 'dismissed') {
    const step = {
      action: 'dismiss',
      state: reach,
      on: first,
      by: hands.officer,
      reason: begun.draw.one(dismissals),
      body: {},
    } as const
    return { ...open, steps: [step] }
  }
  const reminderDue = reach === 'reminded' ? addDays(today, begun.draw.between(3, 9)) : addDays(first, 7)
  const reminder = {
    action: 'remind',
    state: 'reminded',
    on: first,
    by: hands.officer,
    reason: null,
    body: { dueOn: reminderDue },
  } as const
  if (reach === 'reminded') return { ...open, dueOn: reminderDue, steps: [reminder] }
  return supervisedCase(begun, reminder)
}

const dayAfter = ({ draw, today }: Begun, day: CivilDate, most: number): CivilDate => {
  const on = addDays(day, draw.between(1, most))
  return on < today ? on : today
}

function supervisedCase(begun: Begun, reminder: CourseStep): Course {
  const { no, draw, hands, life, today } = begun
  const supervisedOn = dayAfter(begun, reminder.on, 9)
  const late = draw.chance(0.3)
  const dueOn = life === 'supervised' && !late ? addDays(today, draw.between(4, 20)) : addDays(supervisedOn, 15)
  const ownerNo = hands.owner?.no ?? null
  const supervised: CourseStep = {
    action: 'supervise',
    state: 'supervised',
    on: supervisedOn,
    by: hands.officer,
    reason: '提醒后仍未办理，转督办。',
    body: {
      ownerNo,
      dueOn,
      remedies: draw.one(remedies),
    },
  }
  const steps = [reminder, supervised]
  if (begun.pauses) {
    const on = dayAfter(begun, supervisedOn, 3)
    steps.push({
      action: 'pause',
      state: 'supervised',
      on,
      by: hands.reporter,
      reason: null,
      body: { waitingFor: '等工委批复支部委员的增补。' },
    })
  }
  if (life === 'reported' || life === 'closed') {
    const on = dayAfter(begun, supervisedOn, 12)
    steps.push({ action: 'report', state: 'reported', on, by: hands.reporter, reason: null, body: { report: draw.one(reports) } })
  }
  if (life === 'closed') {
    const on = dayAfter(begun, steps.at(-1)?.on ?? today, 6)
    const by = hands.verifier
    steps.push({
      action: 'verify',
      state: 'closed',
      on,
      by,
      reason: null,
      body: { verification: draw.one(verifications), onSite: draw.chance(0.3) },
    })
  }
  return { no, state: life, steps, ownerNo, dueOn, supervisedOn }
}
