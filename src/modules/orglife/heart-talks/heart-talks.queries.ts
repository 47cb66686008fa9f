import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { type HeartTalkCoverage, heartTalks } from './heart-talks.contract.ts'

/** First day on which two people talked, by their numbers. */
interface Met {
  readonly one: number
  readonly other: number
  readonly on: string
}

interface Somebody {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly committee: boolean
}

async function peopleOf(read: Read, organizationNo: number, day: string): Promise<Somebody[]> {
  const { rows } = await sql<Somebody>`select p.no, p.id, p.name, exists (select 1 from directory.committees c
        join directory.committee_members k on k.committee_no = c.no and k.person_no = p.no and k.valid @> ${day}::date
        where c.organization_no = ${organizationNo} and c.kind = 'committee' and c.elected_on <= ${day}::date
          and (c.ended_on is null or c.ended_on > ${day}::date)) as committee
    from directory.memberships m join directory.persons p on p.no = m.person_no
    where m.organization_no = ${organizationNo} and m.valid @> ${day}::date and m.standing in ('full', 'probationary') and not p.exempt_from_duties
    order by p.pinyin, p.no`.execute(reading<'directory'>(read))
  return rows
}

async function talksOf(read: Read, nos: readonly number[], year: number): Promise<Met[]> {
  if (nos.length === 0) return []
  const list = sql`${`{${nos.join(',')}}`}::bigint[]`
  const { rows } = await sql<Met>`select x.person_no as one, y.person_no as other, min(e.held_on)::text as "on"
    from orglife.entry_persons x join orglife.entry_persons y on y.entry_no = x.entry_no and x.role = 'talker' and y.role = 'talked_with'
    join orglife.entries e on e.no = x.entry_no and e.kind = ${heartTalks.code} and e.state = 'recorded'
    where x.person_no = any (${list}) and y.person_no = any (${list}) and extract(year from e.held_on) = ${year}
    group by 1, 2`.execute(reading<'orglife'>(read))
  return rows
}

/** Who of a branch talked with whom in a year, and who is still missing; for those who keep its records. */
export async function heartTalkCoverageOf(
  read: Read,
  actor: Actor,
  asked: { organization: string; year: number; today: string },
): Promise<HeartTalkCoverage> {
  const [organization] = await chosenOrganizations(read, [asked.organization])
  const may =
    organization && (await allowsAll(read, actor, { permission: 'orglife.heart_talk.record', organizations: [organization.no] }))
  if (!organization || !may) throw new Problem('directory.organization_not_found')
  const last = `${asked.year}-12-31`
  const people = await peopleOf(read, organization.no, last < asked.today ? last : asked.today)
  const met = await talksOf(
    read,
    people.map(({ no }) => no),
    asked.year,
  )
  const shown = ({ id, name }: Somebody) => ({ id, name })
  const first = (test: (other: number) => boolean, no: number) =>
    met.flatMap(({ one, other, on }) => (one === no && test(other) ? [on] : other === no && test(one) ? [on] : [])).sort()[0] ??
    null
  const committee = people.filter((person) => person.committee)
  const inCommittee = new Set(committee.map(({ no }) => no))
  return {
    organization: { id: organization.id, name: organization.name },
    year: asked.year,
    committee: committee.flatMap((one, index) =>
      committee
        .slice(index + 1)
        .map((other) => ({ one: shown(one), other: shown(other), on: first((no) => no === other.no, one.no) })),
    ),
    members: people
      .filter((person) => !person.committee)
      .map((person) => ({
        person: shown(person),
        withCommittee: first((no) => inCommittee.has(no), person.no),
        withMember: first((no) => !inCommittee.has(no), person.no),
      })),
  }
}
