import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { categoriesDefined } from '../categories/categories.store.ts'
import type { ClassInput } from './classes.contract.ts'
import { shareInWords, theoryShare, type TheoryShare } from './theory-share.rules.ts'
import type { ClassBody, HeldSession, Registered } from './classes.store.ts'

interface Host {
  readonly no: number
  readonly name: string
  readonly establishedOn: CivilDate
  readonly dissolvedOn: CivilDate | null
}

/** The organization that holds the class; refuses an id that is not there. */
export async function hostOf(read: Read, id: string): Promise<Host> {
  const row = await reading<'directory'>(read)
    .selectFrom('directory.organizations_now')
    .select(['no', 'name', 'established_on as establishedOn', 'dissolved_on as dissolvedOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.no || !row.name || !row.establishedOn) throw new Problem('directory.organization_not_found')
  return { no: row.no, name: row.name, establishedOn: row.establishedOn, dissolvedOn: row.dissolvedOn }
}

function refuseGone(host: Host, day: CivilDate): void {
  if (host.establishedOn <= day && (host.dissolvedOn === null || host.dissolvedOn > day)) return
  throw new Problem('learning.organization_did_not_exist', {
    detail: `${host.name}在${inChinese(day)}还没有设立或已经撤销，请核对日期。`,
    errors: [{ field: 'organizationId', message: `${host.name}那天还没有设立或已经撤销。` }],
  })
}

async function sessionsOf(read: Read, input: ClassInput): Promise<HeldSession[]> {
  const known = new Map((await categoriesDefined(read)).map((each) => [each.code, each]))
  const errors = input.sessions.flatMap(({ category }, index) =>
    known.has(category)
      ? []
      : [
          {
            field: `sessions.${index}.category`,
            message: `没有这个类别，可以选：${[...known.values()].map(({ title }) => title).join('、')}。`,
          },
        ],
  )
  if (errors.length > 0) throw new Problem('learning.category_unknown', { errors })
  return input.sessions.map((session) => ({
    title: session.title,
    heldOn: session.heldOn,
    hours: session.hours,
    category: session.category,
    theory: known.get(session.category)?.politicalTheory ?? false,
    teacher: session.teacher || null,
    place: session.place || null,
  }))
}

function refuseBelow(share: TheoryShare, reason: string | undefined): void {
  if (share.met || reason) return
  throw new Problem('learning.theory_share_below_70', {
    detail: `${shareInWords(share)}请增加政治理论课程；确需这样安排的，写明理由后可以创建，但计为未达到。`,
    figures: {
      share: Math.floor(share.share * 10_000) / 10_000,
      hours: share.hours,
      theoryHours: share.theoryHours,
      hoursMissing: share.missing,
      hoursMissingOnTop: share.missingOnTop,
    },
    errors: [
      { field: 'sessions', message: shareInWords(share) },
      { field: 'exceptionReason', message: '确需这样安排的，请写明理由。' },
    ],
  })
}

/** The line of the yearly plan that the class carries out: of the same organization, and there. */
async function planLineOf(read: Read, hostNo: number, { planId, planItem }: ClassInput): Promise<ClassBody['plan']> {
  if (planId === undefined && planItem === undefined) return null
  const { rows } = await sql<{
    no: number
  }>`select p.no from learning.plans p where p.id = ${planId ?? ''} and p.organization_no = ${hostNo}
    and p.state = 'recorded' and exists (select 1 from jsonb_array_elements(p.items) i where i ->> 'key' = ${planItem ?? ''})`.execute(
    reading<'learning'>(read),
  )
  if (rows[0] && planItem !== undefined) return { no: rows[0].no, item: planItem }
  throw new Problem('learning.plan_item_unknown', {
    errors: [{ field: 'planItem', message: '计划里没有这个班次，请从计划里打开。' }],
  })
}

/** Makes the body of a class from what was entered, or refuses it with the fields at fault. */
export async function classBodyOf(
  work: { readonly tx: Read; readonly today: CivilDate },
  input: ClassInput,
): Promise<{ body: ClassBody; share: TheoryShare }> {
  const host = await hostOf(work.tx, input.organizationId)
  const sessions = await sessionsOf(work.tx, input)
  const days = sessions.map(({ heldOn }) => heldOn).sort()
  const [startsOn, endsOn] = [days[0] ?? work.today, days.at(-1) ?? work.today]
  refuseGone(host, endsOn)
  const share = theoryShare(sessions)
  refuseBelow(share, input.exceptionReason)
  const body = {
    organizationNo: host.no,
    title: input.title,
    targetGroup: input.targetGroup,
    offDuty: input.offDuty,
    seats: input.seats ?? null,
    startsOn,
    endsOn,
    hours: share.hours,
    theoryHours: share.theoryHours,
    exceptionReason: share.met ? null : (input.exceptionReason ?? null),
    registersUntil: input.registersUntil ?? null,
    plan: await planLineOf(work.tx, host.no, input),
    sessions,
  }
  return { body, share }
}

/** People by their ids with the home to which they belong on a day; refuses those whom the writer cannot see. */
export async function peopleToRegister(read: Read, ids: readonly string[], day: CivilDate): Promise<Registered[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Registered>`select p.no as "personNo", p.id as "personId",
      coalesce((select m.organization_no from directory.memberships m join directory.organizations o on o.no = m.organization_no
        where m.person_no = p.no and m.valid @> ${day}::date order by o.kind = 'group', m.organization_no limit 1), p.home_no) as "organizationNo"
    from directory.persons p where p.id = any (${[...ids]}::text[])`.execute(reading<'directory'>(read))
  const known = new Map(rows.map((row) => [row.personId, row]))
  return [...new Set(ids)].map((id) => {
    const found = known.get(id)
    if (found) return found
    const field = `personIds.${ids.indexOf(id)}`
    throw new Problem('directory.person_not_found', { errors: [{ field, message: '这个人不在册，或不在您的管理范围内。' }] })
  })
}

export function refuseFull(seats: number | null, people: number): void {
  if (seats === null || people <= seats) return
  const message = `名额 ${seats} 个，报名 ${people} 人，请减少 ${people - seats} 人或增加名额。`
  throw new Problem('learning.seats_exceeded', { detail: message, errors: [{ field: 'personIds', message }] })
}
