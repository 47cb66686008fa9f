import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { peopleToRegister } from './class-body.queries.ts'
import { about, classOf } from './classes.actions.ts'
import { cancelEnrolment, enrolPeople, ofClass } from './classes.contract.ts'
import type { Registered, StoredClass } from './classes.store.ts'
import { cancel, enrol } from './enrolment.store.ts'

function refuseClosed(work: Work, held: StoredClass): void {
  if (held.state === 'planned' && held.registersUntil !== null && held.registersUntil >= work.today) return
  throw new Problem(
    'learning.registration_closed',
    held.registersUntil ? { detail: `报名到 ${held.registersUntil} 截止，请与办班组织联系。` } : {},
  )
}

async function ownPeople(work: Work, { id, personIds }: { id: string; personIds: readonly string[] }): Promise<Registered[]> {
  return peopleToRegister(work.tx, personIds, (await classOf(work, id)).endsOn)
}

/** Of whom one registers, one answers for: the organizations touched are the people's own. */
const touched = async (work: Work, input: { id: string; personIds: readonly string[] }) =>
  (await ownPeople(work, input)).map(({ organizationNo }) => organizationNo)

export const enrolPeopleAction = action({
  name: 'learning.class.enrol',
  input: enrolPeople.body.extend(ofClass.shape),
  touches: touched,
  run: async (work, input) => {
    const held = await classOf(work, input.id)
    refuseClosed(work, held)
    const done = (await enrol(work, held.id, await ownPeople(work, input))) ?? { registered: 0, waiting: 0 }
    return { reply: { id: held.id, ...done }, objects: about(held.id), fields: done }
  },
})

export const cancelEnrolmentAction = action({
  name: 'learning.class.cancel_enrolment',
  input: cancelEnrolment.body.extend(ofClass.shape),
  touches: touched,
  run: async (work, { reason, ...input }) => {
    const held = await classOf(work, input.id)
    refuseClosed(work, held)
    const people = await ownPeople(work, input)
    const { cancelled, movedUp } = (await cancel(work, held.id, { people, reason })) ?? { cancelled: 0, movedUp: [] }
    if (movedUp.length > 0)
      await notify(work.tx, {
        to: { personNos: movedUp },
        kind: 'learning.seat_given',
        title: `您已从候补转为参加：${held.title}`,
        body: '有名额空出，请按时参加；不能参加的，请告诉本支部。',
        link: `/training-classes/${held.id}`,
        at: work.now,
      })
    const done = { cancelled, movedUp: movedUp.length }
    return { reply: { id: held.id, ...done }, objects: about(held.id), fields: { ...done, reason } }
  },
})
