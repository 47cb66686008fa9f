import { createHash } from 'node:crypto'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { readAs, readAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { addMonths, daysBetween, inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { actorNumbered } from '../../directory/index.ts'
import type { CalendarDuty } from './calendar.contract.ts'
import { type CalendarOf, calendarOf, ownCalendar } from './calendar.queries.ts'
import { type CalendarEvent, calendarText } from './ical.rules.ts'
import { personSubject } from '../obligations/subjects.queries.ts'
import { accountBehind } from './subscription.store.ts'

const mostOrganizations = 6
const open: readonly string[] = ['not_due', 'not_reported', 'unmet']

/** The organizations that an account keeps, by its grants; who is only a member keeps none. */
async function keptBy(read: Read, actor: Actor): Promise<CalendarOf[]> {
  const kept = actor.grants.filter((grant) => grant.role !== 'member').map((grant) => grant.organizationNo)
  if (kept.length === 0) return []
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.organizations_now')
    .select(['no', 'id', 'name', 'kind'])
    .where('no', 'in', kept)
    .where('dissolved_on', 'is', null)
    .orderBy('no')
    .limit(mostOrganizations)
    .execute()
  return rows.flatMap(({ no, id, name, kind }) => (no && id && name && kind ? [{ no, id, name, kind }] : []))
}

/** The matter stays the same from day to day, whenever it is due; the id says nothing about it. */
function uidOf(duty: CalendarDuty): string {
  const named = [duty.requirement, duty.subject.id, duty.organization.id, duty.period].join(' ')
  return `${createHash('sha256').update(named).digest('hex').slice(0, 32)}@biaoshuai`
}

function eventOf(duty: CalendarDuty): CalendarEvent {
  const when = period(duty.period)
  return {
    uid: uidOf(duty),
    day: duty.due,
    title: `${duty.title}（${periodInChinese(when)}）`,
    note: `${duty.organization.name}，${inChinese(duty.due)}到期。`,
    alarmDays: duty.strength === 'hard' ? daysBetween(duty.noticeOn, duty.due) : null,
  }
}

/** The calendar behind a secret address: what its account's organizations and its person still owe, twelve months ahead. Null for an unknown one. */
export async function feedBehind(platform: Platform, file: string): Promise<string | null> {
  const token = /^([A-Za-z0-9_-]{43})\.ics$/.exec(file)?.[1]
  if (token === undefined) return null
  const accountNo = await readAsSystem(platform.database, (read) => accountBehind(read, token))
  const actor = accountNo === null ? null : await actorNumbered(platform, accountNo)
  if (actor === null || actor.administrator !== null) return null
  const today = platform.clock.today()
  const span = { from: addMonths(today, -1), to: addMonths(today, 12), asOf: today }
  return readAs(platform.database, actor, async (read) => {
    const duties: CalendarDuty[] = []
    for (const organization of await keptBy(read, actor)) duties.push(...(await calendarOf(read, organization, span)))
    const own = actor.personNo === null ? null : await personSubject(read, actor.personNo)
    // What an own post brings stands in the calendar of an organization that is kept, too; the uid is the same.
    const known = new Set(duties.map(uidOf))
    if (own) duties.push(...(await ownCalendar(read, own, span)).filter((duty) => !known.has(uidOf(duty))))
    const mine = (duty: CalendarDuty) => duty.subject.id === own?.id
    // What is a hint to an organization is left out; to a member it is a date of her own, without a reminder.
    const events = duties.filter((duty) => open.includes(duty.status) && (duty.strength === 'hard' || mine(duty))).map(eventOf)
    return calendarText({ name: '应办日历', stamp: platform.clock.now(), events })
  })
}
