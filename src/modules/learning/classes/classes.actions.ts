import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { creditedHours } from '../hours/crediting.rules.ts'
import { classBodyOf, hostOf, peopleToRegister, refuseFull } from './class-body.queries.ts'
import { stopWaiting } from './enrolment.store.ts'
import { correctClass, createClassBody, ofClass, registerPeople, withdrawClass } from './classes.contract.ts'
import { type ClassAction, classActions, classLifecycle, classStates } from './classes.lifecycle.ts'
import {
  absencesOf,
  type ClassBody,
  findClass,
  insertClass,
  participantsOf,
  replaceClass,
  type StoredClass,
  writeAbsences,
  writeParticipants,
} from './classes.store.ts'

export async function classOf(work: Work, id: string): Promise<StoredClass> {
  const held = await findClass(work.tx, id)
  if (!held) throw new Problem('learning.class_not_found')
  return held
}

/** The state after the act; refuses an act that does not fit the state. */
export function after(held: StoredClass, verb: ClassAction): StoredClass['state'] {
  const next = classLifecycle[held.state][verb]
  if (next) return next
  throw new Problem('kernel.not_allowed_now', {
    detail: `这个培训班${classStates[held.state]}，不能${classActions[verb]}。${held.state === 'held' ? '请用“更正出勤”。' : '它已经办结。'}`,
  })
}

export const about = (id: string) => [{ kind: 'training_class', id }]

/** Brings the figures to what the class says now; a class that was not held yet bears on none. */
export async function classChanged(
  work: Work,
  touched: { organizations: readonly number[]; persons: readonly number[]; dates: readonly string[] },
): Promise<void> {
  await factsChanged(work, { ...touched, of: ['learning'], about: { kinds: [] } })
}

export const createClassAction = action({
  name: 'learning.class.create',
  input: createClassBody,
  touches: async (work, input) => [(await hostOf(work.tx, input.organizationId)).no],
  run: async (work, { personIds, ...input }) => {
    const { body, share } = await classBodyOf(work, input)
    const people = await peopleToRegister(work.tx, personIds, body.endsOn)
    refuseFull(body.seats, people.length)
    const { id } = await insertClass(work, body, people)
    const fields = { title: body.title, hours: body.hours, theoryHours: body.theoryHours, exceptionReason: body.exceptionReason }
    return { reply: { id, theoryShare: share.share, theoryMet: share.met }, objects: about(id), fields }
  },
})

/** Attendance as entered, counted anew over corrected sessions; absences from sessions that are gone fall away. */
async function recount(work: Work, held: StoredClass, body: ClassBody): Promise<number[]> {
  const people = await participantsOf(work.tx, held.no)
  const sessions = body.sessions.map((each, index) => ({ ...each, position: index + 1 }))
  const absences = (await absencesOf(work.tx, held.no)).filter(({ position }) => position <= sessions.length)
  const counted = people.map((person) => {
    if (held.state !== 'held') return person
    const missed = absences.filter(({ personNo }) => personNo === person.personNo).map(({ position }) => position)
    return { ...person, ...creditedHours(sessions, new Set(missed)) }
  })
  await writeParticipants(work.tx, { no: held.no, body }, counted)
  await writeAbsences(work.tx, held.no, absences)
  return people.map(({ personNo }) => personNo)
}

export const correctClassAction = action({
  name: 'learning.class.correct',
  input: correctClass.body.extend(ofClass.shape),
  touches: async (work, input) => [
    (await classOf(work, input.id)).organizationNo,
    (await hostOf(work.tx, input.organizationId)).no,
  ],
  run: async (work, { id, revision, reason, ...input }) => {
    const held = await classOf(work, id)
    const state = after(held, 'correct')
    if (held.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    const { body, share } = await classBodyOf(work, input)
    if (held.state === 'held' && body.endsOn > work.today)
      throw new Problem('learning.class_ahead', {
        errors: [{ field: 'sessions', message: '出勤已登记，课程日期不能在今天之后。' }],
      })
    const persons = await recount(work, held, body)
    refuseFull(body.seats, persons.length)
    if (!(await replaceClass(work, held, { state, reason, body, whole: { ...body, people: persons } })))
      throw new Problem('kernel.changed_meanwhile')
    if (held.state === 'held')
      await classChanged(work, {
        organizations: [held.organizationNo, body.organizationNo],
        persons,
        dates: [held.endsOn, body.endsOn],
      })
    return {
      reply: { id, revision: revision + 1, theoryShare: share.share, theoryMet: share.met },
      objects: about(id),
      fields: { reason, title: body.title, hours: body.hours, theoryHours: body.theoryHours },
    }
  },
})

export const registerPeopleAction = action({
  name: 'learning.class.register',
  input: registerPeople.body.extend(ofClass.shape),
  touches: async (work, { id }) => [(await classOf(work, id)).organizationNo],
  run: async (work, { id, personIds }) => {
    const held = await classOf(work, id)
    const state = after(held, 'register')
    const people = await peopleToRegister(work.tx, personIds, held.endsOn)
    refuseFull(held.seats, people.length)
    await writeParticipants(work.tx, { no: held.no, body: held }, people)
    await stopWaiting(work, held.no, people)
    const whole = { people: people.map(({ personNo }) => personNo) }
    if (!(await replaceClass(work, held, { state, reason: null, whole }))) throw new Problem('kernel.changed_meanwhile')
    return { reply: { id, participants: people.length }, objects: about(id), fields: { participants: people.length } }
  },
})

export const withdrawClassAction = action({
  name: 'learning.class.withdraw',
  input: ofClass.extend(withdrawClass.body.shape),
  touches: async (work, { id }) => [(await classOf(work, id)).organizationNo],
  run: async (work, { id, reason }) => {
    const held = await classOf(work, id)
    const state = after(held, 'withdraw')
    const persons = (await participantsOf(work.tx, held.no)).map(({ personNo }) => personNo)
    if (!(await replaceClass(work, held, { state, reason, whole: { people: persons } })))
      throw new Problem('kernel.changed_meanwhile')
    await classChanged(work, { organizations: [held.organizationNo], persons, dates: [held.endsOn] })
    return { reply: { id }, objects: about(id), fields: { reason } }
  },
})
