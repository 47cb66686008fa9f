import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import type { Birthdays } from './birthdays.contract.ts'
import { nextBirthday } from './birthdays.rules.ts'

/** Whose day comes within a month, of a branch that asked to be shown; for those who keep its records. */
export async function birthdaysOf(
  read: Read,
  actor: Actor,
  asked: { organization: string; today: CivilDate },
): Promise<Birthdays> {
  const [organization] = await chosenOrganizations(read, [asked.organization])
  const may =
    organization && (await allowsAll(read, actor, { permission: 'orglife.birthdays.switch', organizations: [organization.no] }))
  if (!organization || !may) throw new Problem('directory.organization_not_found')
  const { rows } = await sql<{ id: string; name: string; joinedOn: CivilDate }>`select p.id, p.name, p.joined_on as "joinedOn"
    from orglife.birthday_branches b join directory.memberships m on m.organization_no = b.organization_no
      and m.valid @> ${asked.today}::date and m.standing in ('full', 'probationary')
    join directory.persons p on p.no = m.person_no and p.joined_on is not null
    where b.organization_no = ${organization.no} and not exists (select 1 from orglife.birthdays_declined d where d.person_no = p.no)`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  const people = rows
    .flatMap(({ joinedOn, ...person }) => {
      const next = nextBirthday(joinedOn, asked.today)
      return next ? [{ ...person, ...next }] : []
    })
    .toSorted((a, b) => a.day.localeCompare(b.day) || a.id.localeCompare(b.id))
  const { id, name } = organization
  return { organization: { id, name }, on: await isOn(read, organization.no), people }
}

export async function isOn(read: Read, organizationNo: number): Promise<boolean> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.birthday_branches')
    .select('since')
    .where('organization_no', '=', organizationNo)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the reader's own day may be shown to her branch. */
export async function ownBirthdayOf(read: Read, actor: Actor): Promise<{ shown: boolean }> {
  if (actor.personNo === null) return { shown: false }
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.birthdays_declined')
    .select('person_no')
    .where('person_no', '=', actor.personNo)
    .executeTakeFirst()
  return { shown: row === undefined }
}
