import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import { oneOf, requireAfter, requireOpen } from '../organizations/tree-change.actions.ts'
import { childrenOf, lastComing, statesOf } from '../organizations/tree.store.ts'
import { postChanged } from '../posts/posts.events.ts'
import { endPosts } from '../posts/posts.store.ts'
import { beginMembership, endMemberships, placesOf, transferMemberships } from './memberships.store.ts'
import { movePerson, personId } from './persons.contract.ts'
import { requireHome } from './persons.actions.ts'
import { personState, type PersonState } from './persons.store.ts'
import { standingOf } from './standing.rules.ts'

/** The branch that is left, with its groups to which the person belongs; the day must lie after the last coming and the last post there. */
async function placesLeft(work: Work, person: PersonState, on: CivilDate): Promise<number[]> {
  const groups = new Set((await childrenOf(work.tx, person.homeNo)).map((child) => child.no))
  const places = (await placesOf(work.tx, person.no)).filter(
    (place) => place.organizationNo === person.homeNo || groups.has(place.organizationNo),
  )
  const left = places.map((place) => place.organizationNo)
  requireAfter(await lastComing(work.tx, { organizations: [person.homeNo, ...left], persons: [person.no] }), { on })
  return left
}

/** Moves a person to another branch from a day on; posts in the old branch and its groups end that day. */
export const movePersonAction = action({
  name: 'directory.person.move',
  input: movePerson.body.extend({ id: personId }),
  touches: async (work, input) => [
    (await personState(work.tx, input.id)).homeNo,
    (await organizationById(work.tx, input.toId)).no,
  ],
  run: async (work, input) => {
    const { on, reason } = input
    const person = await personState(work.tx, input.id)
    const to = oneOf(new Map((await statesOf(work.tx, [input.toId])).map((state) => [state.id, state])), input.toId)
    requireOpen(to, { on, today: work.today })
    if (to.no === person.homeNo)
      throw new Problem('directory.home_does_not_fit', { detail: '已经在这个支部，请另选转入的支部。' })
    const group = await requireHome(work, to, { category: person.category, groupId: input.groupId })
    const left = await placesLeft(work, person, on)
    const ended = await endPosts(work.tx, { organizations: [person.homeNo, ...left], persons: [person.no], on })
    await endMemberships(work.tx, { organizations: left.filter((no) => no !== person.homeNo), persons: [person.no], on })
    const recording = { recordedBy: work.actor.accountNo, recordedAt: work.now, reason }
    await transferMemberships(work.tx, { from: person.homeNo, to: to.no, on, persons: [person.no], ...recording })
    if (group)
      await beginMembership(work.tx, { personNo: person.no, organizationNo: group.no, standing: standingOf(person.category), on })
    for (const post of ended) await work.emit(postChanged.of({ ...post }))
    await work.emit(peopleChanged.of({ organizationNos: [...left, to.no, ...(group ? [group.no] : [])], from: on }))
    return {
      reply: { id: input.id },
      objects: [
        { kind: 'person', id: input.id },
        { kind: 'organization', id: input.toId },
      ],
      fields: { toId: input.toId, groupId: input.groupId, on, reason },
    }
  },
})
