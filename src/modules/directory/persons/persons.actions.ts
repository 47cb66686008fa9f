import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { peopleChanged } from '../organizations/organizations.events.ts'
import { organizationById, type OrganizationRef, organizationsByNos } from '../organizations/organizations.queries.ts'
import { childrenOf } from '../organizations/tree.store.ts'
import { judgeIdNumber } from './id-number.rules.ts'
import { beginMembership, changeStanding, firstDayOf } from './memberships.store.ts'
import { correctPerson, createPerson, type PersonCategory, personId } from './persons.contract.ts'
import {
  changePerson,
  idNumberIndex,
  insertPerson,
  nameColumns,
  type PersonColumns,
  personState,
  type PersonState,
  requireFreeNumber,
  sealField,
} from './persons.store.ts'
import { mayKeepFile, standingOf } from './standing.rules.ts'

/** The organization that keeps the file, and the group when one is named. */
export async function requireHome(
  work: Work,
  home: OrganizationRef,
  given: { category: PersonCategory; groupId?: string | undefined },
): Promise<OrganizationRef | null> {
  if (!mayKeepFile(home.kind, given.category)) throw new Problem('directory.home_does_not_fit')
  if (!given.groupId) return null
  const group = (await childrenOf(work.tx, home.no)).find((child) => child.id === given.groupId && child.kind === 'group')
  if (!group)
    throw new Problem('directory.home_does_not_fit', { errors: [{ field: 'groupId', message: '这个党小组不在所选支部之下。' }] })
  return group
}

/** What an ID number says, sealed and indexed; free of everybody else's. */
async function numberColumns(
  work: Work,
  given: { idNumber: string; sex: 'male' | 'female' | null; birthOn: string | null },
  person: { id: string; no: number | null },
): Promise<Pick<PersonColumns, 'id_number_cipher' | 'id_number_index' | 'sex' | 'birth_on'>> {
  const judged = judgeIdNumber(given.idNumber, work.today)
  const wrong = (message: string) =>
    new Problem('directory.id_number_wrong', { detail: message, errors: [{ field: 'idNumber', message }] })
  if (!judged.ok) throw wrong(judged.message)
  if (given.sex && given.sex !== judged.sex) throw wrong('性别与公民身份号码第 17 位不一致，请核对。')
  if (given.birthOn && given.birthOn !== judged.birthDate) throw wrong('出生日期与公民身份号码不一致，请核对。')
  const { crypto } = work.platform
  const index = idNumberIndex(crypto, judged.idNumber)
  await requireFreeNumber(work.tx, index, person.no)
  return {
    id_number_cipher: sealField(crypto, 'idNumber', { personId: person.id, value: judged.idNumber }),
    id_number_index: index,
    sex: judged.sex,
    birth_on: judged.birthDate,
  }
}

const noNumber = { id_number_cipher: null, id_number_index: null }

/** The columns of a new file. */
async function enteredColumns(work: Work, id: string, input: (typeof createPerson)['body']['_output']): Promise<PersonColumns> {
  const said = { sex: input.sex ?? null, birth_on: input.birthOn ?? null }
  const number = input.idNumber
    ? await numberColumns(work, { idNumber: input.idNumber, sex: said.sex, birthOn: said.birth_on }, { id, no: null })
    : { ...said, ...noNumber }
  return {
    ...nameColumns(input.name),
    ...number,
    category: input.category,
    ethnicity: input.ethnicity ?? null,
    education: input.education ?? null,
    job: input.job ?? null,
    joined_on: input.joinedOn ?? null,
    full_since: input.fullSince ?? null,
    exempt_from_duties: input.exempt,
    phone_cipher: sealField(work.platform.crypto, 'phone', { personId: id, value: input.phone }),
  }
}

/** Enters a person into a branch's or unit's roster as of today. */
export const createPersonAction = action({
  name: 'directory.person.create',
  input: createPerson.body,
  touches: async (work, input) => [(await organizationById(work.tx, input.organizationId)).no],
  run: async (work, input) => {
    const home = await organizationById(work.tx, input.organizationId)
    const group = await requireHome(work, home, input)
    const id = newId('per')
    const columns = await enteredColumns(work, id, input)
    const recording = { recordedBy: work.actor.accountNo, recordedAt: work.now, reason: null }
    const no = await insertPerson(work.tx, { id, homeNo: home.no, columns }, recording)
    for (const place of [home, ...(group ? [group] : [])]) {
      await beginMembership(work.tx, {
        personNo: no,
        organizationNo: place.no,
        standing: standingOf(input.category),
        on: work.today,
      })
    }
    await work.emit(peopleChanged.of({ organizationNos: [home.no, ...(group ? [group.no] : [])], from: work.today }))
    return {
      reply: { id },
      objects: [
        { kind: 'person', id },
        { kind: 'organization', id: home.id },
      ],
      fields: { ...input },
    }
  },
})

type Correction = (typeof correctPerson)['body']['_output']

/** The columns that a correction names; what it does not name stays. */
async function correctedColumns(work: Work, person: PersonState, input: Correction): Promise<Partial<PersonColumns>> {
  const plain: { [Key in keyof PersonColumns]?: PersonColumns[Key] | undefined } = {
    ...(input.name !== undefined && nameColumns(input.name)),
    sex: input.sex,
    birth_on: input.birthOn,
    category: input.category,
    ethnicity: input.ethnicity,
    education: input.education,
    job: input.job,
    joined_on: input.joinedOn,
    full_since: input.fullSince,
    exempt_from_duties: input.exempt,
    phone_cipher:
      input.phone === undefined
        ? undefined
        : sealField(work.platform.crypto, 'phone', { personId: person.id, value: input.phone }),
  }
  const named = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as Partial<PersonColumns>
  if (!input.idNumber) return named
  const claims = { idNumber: input.idNumber, sex: input.sex ?? null, birthOn: input.birthOn ?? null }
  return { ...named, ...(await numberColumns(work, claims, person)) }
}

/** Corrects a file; the state before stays as a revision. A new category changes the standing from today on. */
export const correctPersonAction = action({
  name: 'directory.person.correct',
  input: correctPerson.body.extend({ id: personId }),
  touches: async (work, input) => [(await personState(work.tx, input.id)).homeNo],
  run: async (work, input) => {
    const person = await personState(work.tx, input.id)
    const [home] = await organizationsByNos(work.tx, [person.homeNo])
    if (input.category && home) await requireHome(work, home, { category: input.category })
    const columns = await correctedColumns(work, person, input)
    const recording = { recordedBy: work.actor.accountNo, recordedAt: work.now, reason: input.reason }
    const revision = await changePerson(work.tx, { no: person.no, revision: input.revision, columns }, recording)
    const affected = await changeStanding(work.tx, {
      personNo: person.no,
      standing: standingOf(input.category ?? person.category),
      on: work.today,
    })
    // An exemption has no dates of its own: it holds for the whole time of the person's memberships.
    const exemption = input.exempt !== undefined && input.exempt !== person.exempt
    if (exemption || affected.changed) {
      const from = exemption ? await firstDayOf(work.tx, person.no, work.today) : work.today
      await work.emit(peopleChanged.of({ organizationNos: affected.organizationNos, from }))
    }
    const { id, reason, revision: _before, ...fields } = input
    return { reply: { id, revision }, objects: [{ kind: 'person', id }], fields: { ...fields, reason } }
  },
})
