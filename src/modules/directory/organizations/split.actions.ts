import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { endMemberships, rosterOf, transferMemberships } from '../persons/memberships.store.ts'
import { personsByIds } from '../persons/persons.queries.ts'
import { postChanged } from '../posts/posts.events.ts'
import { endPosts } from '../posts/posts.store.ts'
import { organizationId, splitBody } from './organizations.contract.ts'
import { peopleChanged } from './organizations.events.ts'
import { oneOf, requireAfter, requireArranger, requireOpen, takeTree, withDerivedTree } from './tree-change.actions.ts'
import { changePlace, childrenOf, insertOrganization, lastBeginning, lastComing, type OrganizationState } from './tree.store.ts'

/** Whoever is named, and whoever belongs to a group that goes over. Everybody must belong to the old organization. */
async function leaving(
  work: Work,
  old: OrganizationState,
  given: { personIds: readonly string[]; children: readonly OrganizationState[] },
): Promise<number[]> {
  const roster = new Set((await rosterOf(work.tx, old.no)).map((one) => one.personNo))
  const named = await personsByIds(work.tx, given.personIds)
  const strangers = named.length !== new Set(given.personIds).size || named.some((one) => !roster.has(one.no))
  if (strangers)
    throw new Problem('directory.not_its_own', {
      errors: [{ field: 'personIds', message: '有人不在原组织之内，请刷新后重新选择。' }],
    })
  const nos = new Set(named.map((one) => one.no))
  for (const group of given.children.filter((child) => child.kind === 'group')) {
    for (const one of await rosterOf(work.tx, group.no)) if (roster.has(one.personNo)) nos.add(one.personNo)
  }
  return [...nos]
}

/** Splits a new organization of the same kind off, under the same parent, with the named persons and organizations below. */
export const splitOrganizationAction = action({
  name: 'directory.organization.split',
  input: splitBody.extend({ id: organizationId }),
  touches: async (work, input) => {
    const state = oneOf(await takeTree(work, [input.id]), input.id)
    return [state.no, ...(state.parentNo === null ? [] : [state.parentNo])]
  },
  run: async (work, input) => {
    const old = oneOf(await takeTree(work, [input.id]), input.id)
    if (old.parentNo === null) throw new Problem('directory.parent_cannot_hold')
    await requireArranger(work, old.kind, [old.no])
    requireOpen(old, { on: input.on, today: work.today, since: await lastBeginning(work.tx, old.no) })
    const all = await childrenOf(work.tx, old.no)
    const going = all.filter((child) => input.childIds.includes(child.id))
    if (going.length !== new Set(input.childIds).size) {
      throw new Problem('directory.not_its_own', {
        errors: [{ field: 'childIds', message: '有下级组织不在原组织之下，请刷新后重新选择。' }],
      })
    }
    const persons = await leaving(work, old, { personIds: input.personIds, children: going })
    const staying = all.filter((child) => !going.includes(child) && child.kind === 'group').map((child) => child.no)
    requireAfter(await lastComing(work.tx, { organizations: staying, persons }), input)
    const made = await insertOrganization(work.tx, { kind: old.kind, name: input.name, parentNo: old.parentNo, on: input.on })
    await withDerivedTree(work, { moved: [], touched: [made.no], on: input.on }, async () => undefined)
    await withDerivedTree(work, { moved: going.map((child) => child.no), touched: [old.no], on: input.on }, async () => {
      for (const child of going) await changePlace(work.tx, child.no, { parentNo: made.no, on: input.on })
    })
    await movePeople(work, { old, madeNo: made.no, persons, staying, on: input.on, reason: input.reason })
    return {
      reply: { id: made.id },
      objects: [
        { kind: 'organization', id: old.id },
        { kind: 'organization', id: made.id },
      ],
      fields: { name: input.name, on: input.on, reason: input.reason, persons: input.personIds, children: input.childIds },
    }
  },
})

interface Leaving {
  readonly old: OrganizationState
  readonly madeNo: number
  readonly persons: readonly number[]
  /** Groups that stay: whoever leaves the branch leaves them too. */
  readonly staying: readonly number[]
  readonly on: string
  readonly reason: string
}

async function movePeople(work: Work, { old, madeNo, persons, staying, on, reason }: Leaving): Promise<void> {
  if (persons.length > 0) {
    await transferMemberships(work.tx, {
      from: old.no,
      to: madeNo,
      on,
      persons,
      recordedBy: work.actor.accountNo,
      recordedAt: work.now,
      reason,
    })
    await endMemberships(work.tx, { organizations: staying, persons, on })
    const ended = await endPosts(work.tx, { organizations: [old.no, ...staying], persons, on })
    for (const post of ended) await work.emit(postChanged.of({ ...post }))
  }
  await work.emit(peopleChanged.of({ organizationNos: [old.no, madeNo], from: on }))
}
