import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { findClass, participantsOf, type Registered, replaceClass, type StoredClass } from './classes.store.ts'

/**
 * A branch writes into a class of somebody above it, where its own write scope does not reach: seats are counted and given as the engine,
 * one branch after the other. Which people are a branch's own has been decided before.
 */
async function locked<Result>(
  work: Work,
  classId: string,
  change: (held: StoredClass) => Promise<Result>,
): Promise<Result | null> {
  return asEngine(work.tx, async () => {
    await sql`select no from learning.classes where id = ${classId} for update`.execute(reading<'learning'>(work.tx))
    const held = await findClass(work.tx, classId)
    return held ? change(held) : null
  })
}

async function waitingFor(read: Read, classNo: number): Promise<Registered[]> {
  const { rows } =
    await sql<Registered>`select w.person_no as "personNo", p.id as "personId", w.organization_no as "organizationNo"
    from learning.waiting w join directory.persons p on p.no = w.person_no where w.class_no = ${classNo} order by w.no`.execute(
      reading<'learning' | 'directory'>(read),
    )
  return rows
}

async function seat(work: Work, held: StoredClass, people: readonly Registered[]): Promise<void> {
  if (people.length === 0) return
  await writing<'learning'>(work.tx)
    .insertInto('learning.participants')
    .values(
      people.map(({ personNo, organizationNo }) => ({
        class_no: held.no,
        person_no: personNo,
        organization_no: organizationNo,
        host_no: held.organizationNo,
        held_on: held.endsOn,
      })),
    )
    .execute()
}

async function letWait(work: Work, held: StoredClass, people: readonly Registered[]): Promise<void> {
  if (people.length === 0) return
  await writing<'learning'>(work.tx)
    .insertInto('learning.waiting')
    .values(
      people.map(({ personNo, organizationNo }) => ({
        class_no: held.no,
        person_no: personNo,
        organization_no: organizationNo,
        host_no: held.organizationNo,
        held_on: held.endsOn,
        entered_at: work.now,
        entered_by: work.actor.accountNo,
      })),
    )
    .execute()
}

const nosOf = (people: readonly Registered[]) => people.map(({ personNo }) => personNo)

async function keepList(work: Work, held: StoredClass, reason: string): Promise<void> {
  const people = nosOf(await participantsOf(work.tx, held.no))
  const waiting = nosOf(await waitingFor(work.tx, held.no))
  await replaceClass(work, held, { state: held.state, reason, whole: { people, waiting } })
}

/** Gives seats while there are any, in the order named; the rest wait. Answers who has a seat now and who waits. */
export async function enrol(work: Work, classId: string, people: readonly Registered[]) {
  return locked(work, classId, async (held) => {
    const [seated, queue] = [await participantsOf(work.tx, held.no), await waitingFor(work.tx, held.no)]
    const known = new Set([...nosOf(seated), ...nosOf(queue)])
    const fresh = people.filter(({ personNo }) => !known.has(personNo))
    const free = held.seats === null ? fresh.length : Math.max(0, held.seats - seated.length - queue.length)
    await seat(work, held, fresh.slice(0, free))
    await letWait(work, held, fresh.slice(free))
    if (fresh.length > 0) await keepList(work, held, `下级报名 ${fresh.length} 人`)
    return { registered: Math.min(free, fresh.length), waiting: Math.max(0, fresh.length - free) }
  })
}

/** Takes people off the list or out of the queue; whoever waited longest moves up. Answers who moved up. */
export async function cancel(work: Work, classId: string, asked: { people: readonly Registered[]; reason: string }) {
  return locked(work, classId, async (held) => {
    const nos = nosOf(asked.people)
    const db = writing<'learning'>(work.tx)
    const off = await db
      .deleteFrom('learning.participants')
      .where('class_no', '=', held.no)
      .where('person_no', 'in', nos)
      .executeTakeFirst()
    const out = await db
      .deleteFrom('learning.waiting')
      .where('class_no', '=', held.no)
      .where('person_no', 'in', nos)
      .executeTakeFirst()
    const cancelled = Number(off.numDeletedRows + out.numDeletedRows)
    const left = (await participantsOf(work.tx, held.no)).length
    const queue = await waitingFor(work.tx, held.no)
    const movedUp = queue.slice(0, held.seats === null ? queue.length : Math.max(0, held.seats - left))
    if (movedUp.length > 0)
      await db.deleteFrom('learning.waiting').where('class_no', '=', held.no).where('person_no', 'in', nosOf(movedUp)).execute()
    await seat(work, held, movedUp)
    if (cancelled > 0) await keepList(work, held, asked.reason)
    return { cancelled, movedUp: nosOf(movedUp) }
  })
}

/** Whoever the organizer has put on the list waits no more. */
export async function stopWaiting(work: Work, classNo: number, people: readonly Registered[]): Promise<void> {
  if (people.length === 0) return
  await asEngine(work.tx, async () => {
    await writing<'learning'>(work.tx)
      .deleteFrom('learning.waiting')
      .where('class_no', '=', classNo)
      .where('person_no', 'in', nosOf(people))
      .execute()
  })
}
