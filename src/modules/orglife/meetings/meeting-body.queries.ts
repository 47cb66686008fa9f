import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { meetingKinds as kindNames } from './meetings.contract.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { type Expected, expectedAt, headsOf } from './expected.queries.ts'
import type { RecordMeetingInput } from './meetings.contract.ts'
import { carried, expects, unfitting } from './meetings.rules.ts'
import type { MeetingBody } from './meetings.store.ts'

export interface ChosenOrganization {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: OrganizationKind
  readonly establishedOn: CivilDate
  readonly dissolvedOn: CivilDate | null
}

/** The organizations by id, in the order asked; refuses ids that are not there. */
export async function chosenOrganizations(read: Read, ids: readonly string[]): Promise<ChosenOrganization[]> {
  const { rows } =
    await sql<ChosenOrganization>`${keptPlan}select o.no, o.id, o.name, o.kind, o.established_on::text as "establishedOn",
      o.dissolved_on::text as "dissolvedOn" from directory.organizations_now o where o.id = any (${[...ids]}::text[])`.execute(
      reading<'directory'>(read),
    )
  return [...new Set(ids)].map((id) => {
    const row = rows.find((each) => each.id === id)
    if (!row) throw new Problem('directory.organization_not_found')
    return row
  })
}

/** Refuses organizations that were not there on the day. */
export function refuseGone(organizations: readonly ChosenOrganization[], heldOn: CivilDate): void {
  const gone = organizations.find(
    (organization) =>
      organization.establishedOn > heldOn || (organization.dissolvedOn !== null && organization.dissolvedOn <= heldOn),
  )
  if (gone) {
    throw new Problem('orglife.organization_did_not_exist', {
      detail: `${gone.name}在${inChinese(heldOn)}还没有设立或已经撤销，请核对日期。`,
      errors: [{ field: 'heldOn', message: `${gone.name}那天还没有设立或已经撤销。` }],
    })
  }
}

function checkFit(organizations: readonly ChosenOrganization[], input: RecordMeetingInput): void {
  refuseGone(organizations, input.heldOn)
  const unfit = unfitting(
    input.kinds,
    organizations.map((organization) => organization.kind),
  )
  if (unfit.length > 0) {
    const names = unfit.map((kind) => kindNames[kind]).join('、')
    throw new Problem('orglife.kind_does_not_fit', {
      detail: `所选组织不召开${names}，请核对组织或类别。`,
      errors: [{ field: 'kinds', message: `${names}不由所选组织召开。` }],
    })
  }
  checkHours(input)
  if (input.kinds.includes('lecture') && !input.speakerId)
    throw new Problem('orglife.speaker_missing', { errors: [{ field: 'speakerId', message: '党课请选择主讲人。' }] })
}

/** An end without a beginning, or before it, is a slip of the pen. */
function checkHours({ startsAt, endsAt }: RecordMeetingInput): void {
  if (endsAt !== undefined && (startsAt === undefined || endsAt <= startsAt)) {
    const message = startsAt === undefined ? '填了结束时间，请把开始时间也填上。' : '结束时间要晚于开始时间。'
    throw new Problem('orglife.hours_reversed', { errors: [{ field: startsAt === undefined ? 'startsAt' : 'endsAt', message }] })
  }
}

export async function personNumbers(read: Read, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.persons')
    .select(['id', 'no'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.no]))
}

export function numberOf(known: ReadonlyMap<string, number>, id: string, field: string): number {
  const no = known.get(id)
  if (no === undefined)
    throw new Problem('directory.person_not_found', { errors: [{ field, message: '这个人不在册，或不在您的管理范围内。' }] })
  return no
}

function absences(input: RecordMeetingInput, people: readonly Expected[]): Map<number, string> {
  const byId = new Map(people.map((person) => [person.personId, person.personNo]))
  return new Map(
    input.absent.map((absence, index) => {
      const no = byId.get(absence.personId)
      if (no === undefined)
        throw new Problem('orglife.person_not_expected', {
          errors: [{ field: `absent.${index}.personId`, message: '这个人不在应到名单里。' }],
        })
      return [no, absence.reason] as const
    }),
  )
}

export async function fileNumbers(read: Read, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await reading<'kernel'>(read)
    .selectFrom('kernel.files')
    .select(['no', 'id'])
    .where('id', 'in', [...ids])
    .execute()
  if (rows.length !== new Set(ids).size)
    throw new Problem('orglife.file_not_found', { errors: [{ field: 'fileIds', message: '有附件没有上传成功。' }] })
  return rows.map((row) => row.no)
}

function countVotes(input: RecordMeetingInput, heads: MeetingBody['organizations']): MeetingBody['votes'] {
  const eligible = heads.reduce((sum, each) => sum + each.eligible, 0)
  const present = heads.reduce((sum, each) => sum + each.eligiblePresent, 0)
  return input.votes.map((vote, index) => {
    if (vote.yes + vote.no + vote.abstained > present) {
      throw new Problem('orglife.votes_exceed_present', {
        detail: `到会有表决权的党员 ${present} 人，票数之和为 ${vote.yes + vote.no + vote.abstained}，请核对票数。`,
        errors: [{ field: `votes.${index}.yes`, message: `票数之和超过到会有表决权的 ${present} 人。` }],
      })
    }
    return { ...vote, eligible, present, passed: carried(vote, { eligible, present }) }
  })
}

/** Makes the whole body of a meeting from what was entered: everybody expected is present unless named absent. */
export async function bodyOf(
  read: Read,
  input: RecordMeetingInput,
  organizations: readonly ChosenOrganization[],
): Promise<MeetingBody> {
  checkFit(organizations, input)
  const everybody = await expectedAt(
    read,
    organizations.map((organization) => organization.no),
    input.heldOn,
  )
  const people = expects(input.kinds) === 'committee' ? everybody.filter((person) => person.onCommittee) : everybody
  if (people.length === 0)
    throw new Problem('orglife.nobody_expected', { errors: [{ field: 'organizationIds', message: '这一天没有应到人员。' }] })
  const absent = absences(input, people)
  const named = [input.chairId, input.speakerId, ...input.sittingIn, ...input.resolutions.map((each) => each.ownerId)].filter(
    (id) => id !== undefined,
  )
  const known = await personNumbers(read, named)
  const heads = organizations.map((organization) => headsOf(organization.no, people, new Set(absent.keys())))
  const expectedNumbers = new Set(people.map((person) => person.personNo))
  const host = organizations[0]?.no ?? 0
  const sitting = input.sittingIn
    .map((id, index) => numberOf(known, id, `sittingIn.${index}`))
    .filter((no) => !expectedNumbers.has(no))
  return {
    organizations: heads,
    kinds: input.kinds,
    title: input.title,
    heldOn: input.heldOn,
    place: input.place ?? null,
    startsAt: input.startsAt ?? null,
    endsAt: input.endsAt ?? null,
    minutes: input.minutes || null,
    chairNo: input.chairId ? numberOf(known, input.chairId, 'chairId') : null,
    speakerNo: input.speakerId ? numberOf(known, input.speakerId, 'speakerId') : null,
    agenda: input.agenda,
    attendance: [
      ...people
        .filter((person) => !person.exempt || !absent.has(person.personNo))
        .map((person) => {
          const reason = absent.get(person.personNo) ?? null
          return {
            personNo: person.personNo,
            organizationNo: person.organizationNo,
            presence: reason === null ? ('present' as const) : ('absent' as const),
            reason,
          }
        }),
      ...sitting.map((personNo) => ({ personNo, organizationNo: host, presence: 'sitting_in' as const, reason: null })),
    ],
    votes: countVotes(input, heads),
    resolutions: input.resolutions.map((each, index) => ({
      content: each.content,
      ownerNo: each.ownerId ? numberOf(known, each.ownerId, `resolutions.${index}.ownerId`) : null,
      dueOn: each.dueOn ?? null,
    })),
    fileNos: await fileNumbers(read, input.fileIds),
  }
}
