import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addMonths, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { organizationById } from '../organizations/organizations.queries.ts'
import { oneOf, requireArranger, requireOpen } from '../organizations/tree-change.actions.ts'
import { childrenOf, type OrganizationState, statesOf } from '../organizations/tree.store.ts'
import { membersOn } from '../persons/members.queries.ts'
import { personsByIds } from '../persons/persons.queries.ts'
import { electsCommittee } from '../posts/post-fit.rules.ts'
import { electCommittee } from '../posts/posts.contract.ts'
import { committeeInOffice, insertCommittee } from './committees.store.ts'
import { sizeHints } from './size.rules.ts'

type Member = { readonly personId: string; readonly duty: string }

async function elected(work: Work, members: readonly Member[]): Promise<{ personNo: number; duty: string }[]> {
  const found = new Map(
    (
      await personsByIds(
        work.tx,
        members.map((one) => one.personId),
      )
    ).map((person) => [person.id, person.no]),
  )
  const missing = members.findIndex((one) => !found.has(one.personId))
  if (missing >= 0)
    throw new Problem('directory.person_not_found', {
      errors: [{ field: `members.${missing}.personId`, message: '没有找到这个人。' }],
    })
  return members.map(({ personId, duty }) => ({ personNo: found.get(personId) ?? 0, duty }))
}

/** What the rules on size and term have to say about the new committee. */
async function hintsFor(
  work: Work,
  organization: OrganizationState,
  term: { on: CivilDate; years: number; size: number },
): Promise<string[]> {
  const members = await membersOn(work.tx, organization.no, work.today)
  return sizeHints({
    kind: organization.kind,
    fullMembers: members.filter((one) => one.standing === 'full').length,
    members: members.length,
    kindsBelow: (await childrenOf(work.tx, organization.no)).map((child) => child.kind),
    committee: {
      size: term.size,
      electedOn: term.on,
      termYears: term.years,
      dueOn: addMonths(term.on, term.years * 12),
      extendedTo: null,
    },
    today: work.today,
  }).map((hint) => hint.text)
}

/** Registers an elected committee with its division of work; the term before ends that day. */
export const electCommitteeAction = action({
  name: 'directory.committee.elect',
  input: electCommittee.body.extend({ id: organizationId }),
  touches: async (work, input) => [(await organizationById(work.tx, input.id)).no],
  run: async (work, input) => {
    const { electedOn: on, termYears: years } = input
    const organization = oneOf(new Map((await statesOf(work.tx, [input.id])).map((state) => [state.id, state])), input.id)
    await requireArranger(work, organization.kind, [organization.no])
    if (!electsCommittee(organization.kind)) throw new Problem('directory.no_committee_here')
    const before = await committeeInOffice(work.tx, organization.no, work.today)
    requireOpen(organization, { on, today: work.today, since: before?.electedOn ?? null, field: 'electedOn' })
    const members = await elected(work, input.members)
    const made = await insertCommittee(work.tx, {
      organizationNo: organization.no,
      kind: organization.kind === 'discipline_committee' ? 'discipline_committee' : 'committee',
      on,
      termYears: years,
      dueOn: addMonths(on, years * 12),
      members,
    })
    await work.emit(peopleChanged.of({ organizationNos: [organization.no], from: on }))
    const size = new Set(members.map((one) => one.personNo)).size
    return {
      reply: { id: made.id, hints: await hintsFor(work, organization, { on, years, size }) },
      objects: [
        { kind: 'committee', id: made.id },
        { kind: 'organization', id: organization.id },
      ],
      fields: { electedOn: on, termYears: years, members: input.members },
    }
  },
})
