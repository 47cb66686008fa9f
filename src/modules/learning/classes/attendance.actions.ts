import type { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { servedBy } from '../../rulebook/index.ts'
import { creditingValue } from '../categories/categories.store.ts'
import { creditedHours, exceedsLeave } from '../hours/crediting.rules.ts'
import { peopleToRegister, refuseFull } from './class-body.queries.ts'
import { about, after, classChanged, classOf } from './classes.actions.ts'
import { attendClass, ofClass } from './classes.contract.ts'
import {
  type Absence,
  type Attended,
  participantsOf,
  type Registered,
  replaceClass,
  sessionsHeld,
  type StoredClass,
  writeAbsences,
  writeParticipants,
} from './classes.store.ts'

type Entered = z.output<typeof attendClass.body>

/** Who missed what, by session; nothing named means the whole class. */
function absencesIn(entered: Entered['absent'], people: readonly Registered[], positions: readonly number[]): Absence[] {
  const known = new Map(people.map((person) => [person.personId, person.personNo]))
  const found = new Map<string, Absence>()
  for (const [index, { personId, session, reason }] of entered.entries()) {
    const personNo = known.get(personId)
    if (personNo === undefined)
      throw new Problem('learning.person_not_registered', {
        errors: [{ field: `absent.${index}.personId`, message: '这个人不在名单里，请先加入名单。' }],
      })
    if (session !== undefined && !positions.includes(session))
      throw new Problem('learning.session_unknown', {
        errors: [{ field: `absent.${index}.session`, message: `这个班共 ${positions.length} 课。` }],
      })
    for (const position of session === undefined ? positions : [session])
      found.set(`${personNo} ${position}`, { personNo, position, reason })
  }
  return [...found.values()]
}

function refuseAhead(work: Work, held: StoredClass): void {
  if (held.endsOn <= work.today) return
  throw new Problem('learning.class_ahead', { detail: `最后一课在 ${held.endsOn}，办完当天或以后再登记出勤。` })
}

async function lateness(work: Work, held: StoredClass, lateReason: string | undefined) {
  const served = await servedBy(work.tx, { kind: 'training-class', no: held.no, heldOn: held.endsOn })
  const late = served.filter((each) => each.late)
  if (late.length > 0 && held.recordedOn === null && !lateReason) {
    const where = [...new Set(late.map((each) => `${each.title}（${periodInChinese(period(each.period))}）`))].join('、')
    throw new Problem('learning.late_reason_missing', {
      detail: `${where}已过记录期限，请填写补记理由。办班日期和记录日期会并列显示。`,
      errors: [{ field: 'lateReason', message: '已过记录期限，请写明为什么现在才记。' }],
    })
  }
  const done = served.filter((each) => each.satisfied)
  const once = new Map(done.map((each) => [`${each.requirement} ${each.period}`, each]))
  return [...once.values()].map(({ requirement, title, period: span, late: tardy }) => ({
    requirement,
    title,
    period: span,
    late: tardy,
  }))
}

function mustReason(held: StoredClass, entered: Entered): string | null {
  if (held.state !== 'held') return entered.lateReason ?? null
  if (entered.reason) return entered.reason
  throw new Problem('kernel.invalid_input', { errors: [{ field: 'reason', message: '出勤已登记过，请写明更正理由。' }] })
}

async function counted(work: Work, held: StoredClass, entered: Entered) {
  const before = await participantsOf(work.tx, held.no)
  const people = entered.personIds ? await peopleToRegister(work.tx, entered.personIds, held.endsOn) : before
  if (people.length === 0) throw new Problem('learning.nobody_registered')
  refuseFull(held.seats, people.length)
  const sessions = await sessionsHeld(work.tx, held.no)
  const absences = absencesIn(
    entered.absent,
    people,
    sessions.map(({ position }) => position),
  )
  const attended: Attended[] = people.map((person) => ({
    ...person,
    ...creditedHours(
      sessions,
      new Set(absences.filter(({ personNo }) => personNo === person.personNo).map(({ position }) => position)),
    ),
  }))
  const touched = [...new Set([...before, ...people].map(({ personNo }) => personNo))]
  return { attended, absences, touched }
}

/** PX7.3: told, never decided; what follows is for the organiser. */
async function hintsOf(work: Work, held: StoredClass, attended: readonly Attended[]): Promise<string[]> {
  if (!held.offDuty) return []
  const share = await creditingValue(work.tx, 'leave_share')
  const over = attended.filter((each) => exceedsLeave(each, share)).length
  return over === 0 ? [] : [`有 ${over} 人缺课超过脱产培训总学时的规定比例，请按规定核实处理。`]
}

/** Enters who came to a class; the figures and the lateness are left to whoever calls. */
export async function attend(work: Work, held: StoredClass, entered: Entered) {
  const state = after(held, 'attend')
  refuseAhead(work, held)
  if (held.revision !== entered.revision) throw new Problem('kernel.changed_meanwhile')
  const reason = mustReason(held, entered)
  const { attended, absences, touched } = await counted(work, held, entered)
  await writeParticipants(work.tx, { no: held.no, body: held }, attended)
  await writeAbsences(work.tx, held.no, absences)
  const next = {
    state,
    reason,
    whole: { attended, absences },
    recordedOn: held.recordedOn ?? work.today,
    ...(held.state !== 'held' && { lateReason: entered.lateReason ?? null }),
  }
  if (!(await replaceClass(work, held, next))) throw new Problem('kernel.changed_meanwhile')
  return { attended, absences, touched, reason }
}

/** Attendance by the organiser: everybody registered was there unless named. Entering it again is a correction with a reason. */
export const attendClassAction = action({
  name: 'learning.class.attend',
  input: attendClass.body.extend(ofClass.shape),
  touches: async (work, { id }) => [(await classOf(work, id)).organizationNo],
  run: async (work, { id, ...entered }) => {
    const held = await classOf(work, id)
    const { attended, absences, touched, reason } = await attend(work, held, entered)
    await classChanged(work, { organizations: [held.organizationNo], persons: touched, dates: [held.endsOn] })
    const credited = attended.reduce((sum, each) => sum + each.hours, 0)
    return {
      reply: {
        id,
        revision: held.revision + 1,
        credited,
        satisfied: await lateness(work, held, entered.lateReason),
        hints: await hintsOf(work, held, attended),
      },
      objects: about(id),
      fields: { participants: attended.length, absences: absences.length, credited, reason },
    }
  },
})
