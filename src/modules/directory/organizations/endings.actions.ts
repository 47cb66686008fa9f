import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { endCommittees } from '../committees/committees.store.ts'
import { endMemberships, rosterOf, transferMemberships } from '../persons/memberships.store.ts'
import { postChanged } from '../posts/posts.events.ts'
import { endPosts, endResponsibilities } from '../posts/posts.store.ts'
import { dissolveBody, mergeBody, organizationId } from './organizations.contract.ts'
import { organizationEnded, peopleChanged, treeChanged } from './organizations.events.ts'
import { mayFollow } from './placement.rules.ts'
import {
  oneOf,
  requireArranger,
  requireNoCycle,
  requireOpen,
  requireRoom,
  takeTree,
  withDerivedTree,
} from './tree-change.actions.ts'
import { changePlace, childrenOf, endPlace, lastBeginning, markDissolved, type OrganizationState } from './tree.store.ts'

interface Ending {
  readonly gone: OrganizationState
  readonly successor: OrganizationState | null
  readonly on: CivilDate
  readonly reason: string
}

async function requireSuccessor(work: Work, { gone, successor, on }: Ending & { successor: OrganizationState }): Promise<void> {
  if (successor.no === gone.no || !mayFollow(gone.kind, successor.kind)) throw new Problem('directory.successor_does_not_fit')
  requireOpen(successor, { on, today: work.today })
  await requireNoCycle(work, { organizationNo: gone.no, above: successor.no, on })
}

/** What an ending leaves behind needs somebody who takes it over. */
async function requireNothingLeft(work: Work, gone: OrganizationState, children: readonly OrganizationState[]): Promise<void> {
  const atHome = (await rosterOf(work.tx, gone.no)).some((one) => one.atHome)
  if (children.length > 0 || atHome) throw new Problem('directory.has_active_children')
}

/**
 * Ends an organization on a day. Its facts stay with it; members and organizations below go to the successor; posts,
 * responsibilities and committees end. People go first: once the place has ended nobody may write there any more.
 */
async function endOrganization(work: Work, ending: Ending): Promise<void> {
  const { gone, successor, on } = ending
  const children = await childrenOf(work.tx, gone.no)
  if (successor) for (const child of children) requireRoom(child.kind, successor)
  else await requireNothingLeft(work, gone, children)
  await endPeople(work, ending)
  await markDissolved(work.tx, gone.no, { on, successorNo: successor?.no ?? null })
  // Duties of periods it does not live to see go while it still has a place, so that they leave the sums above it too.
  await work.emit(treeChanged.of({ organizationNos: [gone.no], on }))
  await withDerivedTree(
    work,
    { moved: children.map((child) => child.no), touched: [gone.no, ...(successor ? [successor.no] : [])], on },
    async () => {
      if (successor) for (const child of children) await changePlace(work.tx, child.no, { parentNo: successor.no, on })
      await endPlace(work.tx, gone.no, on)
    },
  )
  await work.emit(peopleChanged.of({ organizationNos: [gone.no, ...(successor ? [successor.no] : [])], from: on }))
  await work.emit(organizationEnded.of({ organizationNo: gone.no, successorNo: successor?.no ?? null, on }))
}

async function endPeople(work: Work, { gone, successor, on, reason }: Ending): Promise<void> {
  const recorded = { recordedBy: work.actor.accountNo, recordedAt: work.now, reason }
  if (successor) await transferMemberships(work.tx, { from: gone.no, to: successor.no, on, persons: null, ...recorded })
  else await endMemberships(work.tx, { organizations: [gone.no], persons: null, on })
  await endResponsibilities(work.tx, gone.no, on)
  await endCommittees(work.tx, gone.no, on)
  for (const post of await endPosts(work.tx, { organizations: [gone.no], persons: null, on }))
    await work.emit(postChanged.of({ ...post }))
}

const parentAnd = (state: OrganizationState) => [state.no, ...(state.parentNo === null ? [] : [state.parentNo])]

/** Merges an organization into another of its sort on a day. */
export const mergeOrganizationAction = action({
  name: 'directory.organization.merge',
  input: mergeBody.extend({ id: organizationId }),
  touches: async (work, input) => {
    const states = await takeTree(work, [input.id, input.intoId])
    return [...parentAnd(oneOf(states, input.id)), oneOf(states, input.intoId).no]
  },
  run: async (work, input) => {
    const states = await takeTree(work, [input.id, input.intoId])
    const [gone, successor] = [oneOf(states, input.id), oneOf(states, input.intoId)]
    await requireArranger(work, gone.kind, [gone.no, successor.no])
    requireOpen(gone, { on: input.on, today: work.today, since: await lastBeginning(work.tx, gone.no) })
    await requireSuccessor(work, { gone, successor, on: input.on, reason: input.reason })
    await endOrganization(work, { gone, successor, on: input.on, reason: input.reason })
    return {
      reply: { id: successor.id },
      objects: [
        { kind: 'organization', id: gone.id },
        { kind: 'organization', id: successor.id },
      ],
      fields: { intoId: input.intoId, on: input.on, reason: input.reason },
    }
  },
})

/** Dissolves an organization on a day; with members or organizations below it needs a successor. */
export const dissolveOrganizationAction = action({
  name: 'directory.organization.dissolve',
  input: dissolveBody.extend({ id: organizationId }),
  touches: async (work, input) => {
    const states = await takeTree(work, [input.id, ...(input.successorId ? [input.successorId] : [])])
    return [...parentAnd(oneOf(states, input.id)), ...(input.successorId ? [oneOf(states, input.successorId).no] : [])]
  },
  run: async (work, input) => {
    const states = await takeTree(work, [input.id, ...(input.successorId ? [input.successorId] : [])])
    const gone = oneOf(states, input.id)
    const successor = input.successorId ? oneOf(states, input.successorId) : null
    await requireArranger(work, gone.kind, [gone.no, ...(successor ? [successor.no] : [])])
    requireOpen(gone, { on: input.on, today: work.today, since: await lastBeginning(work.tx, gone.no) })
    if (successor) await requireSuccessor(work, { gone, successor, on: input.on, reason: input.reason })
    await endOrganization(work, { gone, successor, on: input.on, reason: input.reason })
    return {
      reply: { id: gone.id },
      objects: [{ kind: 'organization', id: gone.id }, ...(successor ? [{ kind: 'organization', id: successor.id }] : [])],
      fields: { successorId: input.successorId, on: input.on, reason: input.reason },
    }
  },
})
