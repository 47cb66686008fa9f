import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { organizationById, organizationsByNos } from '../organizations/organizations.queries.ts'
import { oneOf, requireAfter, requireArranger, requireNotAhead, requireOpen } from '../organizations/tree-change.actions.ts'
import { statesOf } from '../organizations/tree.store.ts'
import { personState } from '../persons/persons.store.ts'
import { isSingle, postFits } from './post-fit.rules.ts'
import { appoint, assignDuty, leavePost } from './posts.contract.ts'
import { postChanged } from './posts.events.ts'
import { assignResponsibility, endPost, insertPost, postById, postTaken } from './posts.store.ts'

/** Somebody takes a post from a day on; the role that goes with it is proposed from the event. */
export const appointAction = action({
  name: 'directory.post.appoint',
  input: appoint.body,
  touches: async (work, input) => [(await organizationById(work.tx, input.organizationId)).no],
  run: async (work, input) => {
    const { post, on, fullTime } = input
    const states = new Map((await statesOf(work.tx, [input.organizationId])).map((state) => [state.id, state]))
    const organization = oneOf(states, input.organizationId)
    const person = await personState(work.tx, input.personId)
    await requireArranger(work, organization.kind, [organization.no])
    requireOpen(organization, { on, today: work.today })
    if (!postFits(post, organization.kind)) throw new Problem('directory.post_does_not_fit')
    const holder = isSingle(post) ? null : person.no
    if (await postTaken(work.tx, { organizationNo: organization.no, post, on, personNo: holder }))
      throw new Problem('directory.post_taken')
    const { id, ...made } = await insertPost(work.tx, {
      personNo: person.no,
      organizationNo: organization.no,
      post,
      fullTime,
      on,
    })
    await work.emit(postChanged.of({ ...made }))
    await work.emit(peopleChanged.of({ organizationNos: [organization.no], from: on }))
    return {
      reply: { id },
      objects: [
        { kind: 'post', id },
        { kind: 'person', id: person.id },
        { kind: 'organization', id: organization.id },
      ],
      fields: { post, on, fullTime },
    }
  },
})

/** Somebody leaves a post on a day. */
export const endPostAction = action({
  name: 'directory.post.end',
  input: leavePost.body.extend({ id: z.string() }),
  touches: async (work, input) => {
    const post = await postById(work.tx, input.id)
    if (!post) throw new Problem('directory.post_not_found')
    return [post.organizationNo]
  },
  run: async (work, input) => {
    const post = await postById(work.tx, input.id)
    if (!post) throw new Problem('directory.post_not_found')
    const [organization] = await organizationsByNos(work.tx, [post.organizationNo])
    if (organization) await requireArranger(work, organization.kind, [organization.no])
    requireNotAhead(work.today, input)
    requireAfter(post.from, input)
    const ended = await endPost(work.tx, post.postNo, input.on)
    if (!ended) throw new Problem('directory.post_ended')
    await work.emit(postChanged.of({ ...ended }))
    await work.emit(peopleChanged.of({ organizationNos: [post.organizationNo], from: input.on }))
    return { reply: { id: input.id }, objects: [{ kind: 'post', id: input.id }], fields: { on: input.on, reason: input.reason } }
  },
})

/** Registers who bears which responsibility (R1); first and direct have one bearer at a time. */
export const assignDutyAction = action({
  name: 'directory.responsibility.assign',
  input: assignDuty.body.extend({ id: organizationId }),
  touches: async (work, input) => [(await organizationById(work.tx, input.id)).no],
  run: async (work, input) => {
    const { duty, on } = input
    const organization = oneOf(new Map((await statesOf(work.tx, [input.id])).map((state) => [state.id, state])), input.id)
    const person = await personState(work.tx, input.personId)
    await requireArranger(work, organization.kind, [organization.no])
    requireOpen(organization, { on, today: work.today })
    const single = duty === 'first' || duty === 'direct'
    const assigned = await assignResponsibility(work.tx, {
      organizationNo: organization.no,
      personNo: person.no,
      duty,
      single,
      on,
    })
    requireAfter(assigned.after, { on })
    await work.emit(peopleChanged.of({ organizationNos: [organization.no], from: on }))
    return {
      reply: { id: organization.id },
      objects: [
        { kind: 'organization', id: organization.id },
        { kind: 'person', id: person.id },
      ],
      fields: { duty, on },
    }
  },
})
