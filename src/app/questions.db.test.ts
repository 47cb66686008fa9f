import { beforeAll, describe, expect, it } from 'vitest'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { newId } from '../kernel/identity/ids.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { askEverything } from '../modules/orglife/index.ts'
import { loadRulebooks } from '../modules/rulebook/index.ts'
import { type Draw, drawFrom } from './demonstration/draw.ts'
import { seedDemonstration } from './demonstration/seed-demonstration.ts'
import { registerModules } from './modules.ts'

const today = '2026-11-23'
registerModules()
const platform = await testPlatform(today)
const draw = drawFrom('seeded fakes')

async function ask<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return (await platform.owner.pool.query<Row>(query, values)).rows
}
const count = async (query: string) => Number((await ask<{ count: number }>(`select count(*) as count ${query}`))[0]?.count)
const look = () => writeAsSystem(platform.database, (tx) => askEverything(tx, { today, at: new Date(`${today}T04:00:00Z`) }))

let records = 0
let honest = 0

beforeAll(async () => {
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await seedDemonstration(platform, { scale: 'small', today, passwordHash: 'scrypt$made-up' })
  records = await count(`from orglife.meetings where state = 'recorded'`)
  honest = await count('from orglife.questions')
}, 120_000)

interface Held {
  readonly no: number
  readonly id: string
  readonly organization_no: number
  readonly held_on: string
  readonly minutes: string | null
}

/** Recorded branch meetings in an order of chance, each handed out once. */
async function pool(where: string): Promise<(count: number) => Held[]> {
  const rows = await ask<Held>(`select m.no, m.id, m.organization_no, m.held_on, m.minutes from orglife.meetings m
    join directory.organizations o on o.no = m.organization_no and o.kind = 'branch' and o.dissolved_on is null
    where m.state = 'recorded' and m.recorded_on < date '${today}' - 20 and m.held_on > date '${today}' - 300
      and not exists (select 1 from orglife.leave_requests l where l.meeting_no = m.no) and ${where}
      and not exists (select 1 from orglife.meetings d where d.organization_no = m.organization_no and d.held_on = m.held_on and d.no <> m.no)
    order by md5(m.id)`)
  return (wanted) => rows.splice(0, wanted)
}

/** A meeting beside another: the same people, another hour and place; entered some days after it was held. */
async function aMeeting(
  like: Held,
  is: { starts?: string; ends?: string; place?: string; heldOn?: string; recordedAt?: string },
): Promise<string> {
  const [row] = await ask<{ no: number; id: string }>(
    `insert into orglife.meetings (id, revision, state, organization_no, kinds, title, held_on, place, starts_at, ends_at, recorded_on, recorded_at, recorded_by)
      select $1, 1, 'recorded', organization_no, '{theme_day}', '另一次会议', coalesce($2::date, held_on), $3, $4::time, $5::time,
        coalesce($6::timestamptz, recorded_at + interval '1 hour')::date, coalesce($6::timestamptz, recorded_at + interval '1 hour'), 0
      from orglife.meetings where no = $7 returning no, id`,
    [newId('mtg'), is.heldOn ?? null, is.place ?? null, is.starts ?? null, is.ends ?? null, is.recordedAt ?? null, like.no],
  )
  if (!is.recordedAt)
    await ask(
      `insert into orglife.attendances (meeting_no, person_no, organization_no, presence)
        select $1, person_no, organization_no, 'present' from orglife.attendances where meeting_no = $2 and presence = 'present' order by person_no limit 4`,
      [row?.no, like.no],
    )
  return row?.id ?? ''
}

async function plantTwoRooms(fakes: number): Promise<string[]> {
  const take = await pool(`m.starts_at between '14:00' and '14:30' and m.place is not null`)
  const planted: string[] = []
  for (const held of take(fakes))
    planted.push(`two_rooms/${await aMeeting(held, { starts: '15:00', ends: '16:00', place: '河西村村部' })}/${held.id}`)
  // Honest: one after the other; without hours; in the same room.
  for (const held of take(fakes)) await aMeeting(held, { starts: '15:30', ends: '16:00', place: '河西村村部' })
  for (const held of take(fakes)) await aMeeting(held, { place: '河西村村部' })
  return planted
}

async function plantLeave(fakes: number): Promise<string[]> {
  const take = await pool('true')
  const asks = (held: Held, presence: string) =>
    ask(
      `insert into orglife.leave_requests (meeting_no, person_no, reason, asked_at)
        select meeting_no, person_no, '出差', now() from orglife.attendances where meeting_no = $1 and presence = $2 order by person_no limit 1`,
      [held.no, presence],
    )
  const faked = take(fakes)
  for (const held of faked) await asks(held, 'present')
  // Honest: leave asked for, and absent.
  for (const held of take(fakes)) await asks(held, 'absent')
  return faked.map(({ id }) => `on_leave/${id}`)
}

async function plantStrangers(fakes: number): Promise<string[]> {
  const take = await pool('true')
  const comes = (held: Held, presence: string) =>
    ask(
      `insert into orglife.attendances (meeting_no, person_no, organization_no, presence)
        select $1, s.person_no, $2, $3 from directory.memberships s where s.organization_no <> $2 and s.standing = 'full'
          and not exists (select 1 from directory.memberships o where o.person_no = s.person_no and o.organization_no = $2)
          and not exists (select 1 from orglife.attendances a where a.meeting_no = $1 and a.person_no = s.person_no)
        order by md5(s.person_no || $1::text) limit 1`,
      [held.no, held.organization_no, presence],
    )
  const faked = take(fakes)
  for (const held of faked) await comes(held, 'present')
  // Honest: sitting in.
  for (const held of take(fakes)) await comes(held, 'sitting_in')
  return faked.map(({ id }) => `not_a_member/${id}`)
}

/** A copier's work: other names, other figures, a sentence less, two sentences changed places, a word here and there. */
function disguised(minutes: string, by: Draw): string {
  const sentences = minutes.split('。').filter((each) => each !== '')
  const dropped = sentences.length > 5 ? sentences.toSpliced(by.between(0, sentences.length - 1), 1) : sentences
  const turned = [...dropped.slice(1), ...dropped.slice(0, 1)]
  return `${turned.map((each) => each.replace(/[老小]./u, `${by.one(['老', '小'])}${by.one(['顾', '严', '尤', '龚'])}`).replace('建议', '提议')).join('。')}。`
}

async function plantCopies(fakes: number): Promise<string[]> {
  const take = await pool('length(m.minutes) > 140 and m.held_on > m.recorded_on - 30')
  const write = (no: number, minutes: string) =>
    ask('update orglife.meetings set minutes = $2, revision = revision + 1 where no = $1', [no, minutes])
  const later = async (source: Held, copies: number) =>
    ask<Held>(
      `select m.no, m.id, m.organization_no, m.held_on, m.minutes from orglife.meetings m join directory.organizations o on o.no = m.organization_no and o.kind = 'branch'
        join orglife.meetings s on s.no = $1 where m.state = 'recorded' and m.minutes is null and m.organization_no <> s.organization_no
          and m.held_on <> s.held_on and m.recorded_at > s.recorded_at and m.recorded_on < date '${today}' - 10
          and o.dissolved_on is null
        order by md5(m.id) limit $2`,
      [source.no, copies],
    )
  const planted: string[] = []
  // Every fifth text went to three others, the rest to one.
  for (let source = 0; planted.length < fakes; source += 1) {
    const [from] = take(1)
    if (!from?.minutes) break
    for (const copy of await later(from, source % 5 === 0 ? 3 : 1)) {
      await write(copy.no, disguised(from.minutes, draw))
      planted.push(`same_minutes/${copy.id}`)
    }
  }
  // Honest: three sentences taken over from somebody, the rest one's own.
  for (const held of take(fakes)) {
    const [other] = take(1)
    if (held.minutes && other?.minutes)
      await write(held.no, `${held.minutes}${other.minutes.split('。').slice(0, 2).join('。')}。`)
  }
  return planted
}

async function plantBursts(fakes: number): Promise<string[]> {
  const units = await ask<{ no: number }>(`select no from directory.organizations where kind = 'working_committee'`)
  const check = newId('chk')
  await ask(
    `insert into orglife.announced_checks (id, organization_no, title, announced_on, visit_on, noted_at, noted_by)
      values ($1, $2, '年终检查', date '${today}' - 10, date '${today}' + 3, now(), 0)`,
    [check, units[0]?.no],
  )
  const branches = await ask<
    Held & { branch: string }
  >(`select distinct on (o.no) m.no, m.id, m.organization_no, m.held_on, o.id as branch from directory.organizations o
    join orglife.meetings m on m.organization_no = o.no and m.state = 'recorded' where o.kind = 'branch' and o.dissolved_on is null order by o.no, m.no`)
  const enter = async (branch: Held, entries: number, hoursBetween: number) => {
    for (let at = 0; at < entries; at += 1) {
      const recordedAt = new Date(Date.parse(`${today}T01:00:00Z`) - 4 * 86_400_000 + at * hoursBetween * 3_600_000).toISOString()
      await aMeeting(branch, { heldOn: `2026-0${1 + (at % 8)}-1${at % 9}`, recordedAt })
    }
  }
  const faked = branches.slice(0, fakes)
  for (const [at, branch] of faked.entries()) await enter(branch, 4 + (at % 4), 3)
  // Honest: three late entries, or four over as many days.
  for (const branch of branches.slice(fakes, fakes + 15)) await enter(branch, 3, 2)
  for (const branch of branches.slice(fakes + 15, fakes + 25)) await enter(branch, 4, 30)
  return faked.map(({ branch }) => `burst/${check}/${branch}`)
}

describe('疑问在没有造假的城市', () => {
  it('come to fewer than one in a hundred meeting records', () => {
    expect(records).toBeGreaterThan(1500)
    expect(honest).toBeGreaterThan(0)
    expect(honest / records).toBeLessThan(0.01)
  })

  it('are compared on minutes that vary and on wording that was sent to all alike', async () => {
    expect(await count(`from orglife.meetings where minutes is not null`)).toBeGreaterThan(records / 3)
    expect(
      await count(`from (select hash from orglife.minutes_passages group by hash having count(distinct organization_no) > 20) t`),
    ).toBeGreaterThan(1)
  })
})

describe('掺进已知的假记录', () => {
  it('finds nine of ten of each kind, and nine of ten that it asks about are fakes', async () => {
    const fakes = 40
    const planted = [
      ...(await plantTwoRooms(fakes)),
      ...(await plantLeave(fakes)),
      ...(await plantStrangers(fakes)),
      ...(await plantCopies(fakes)),
      ...(await plantBursts(20)),
    ]
    const before = new Set((await ask<{ key: string }>('select key from orglife.questions')).map(({ key }) => key))
    await look()
    const found = (await ask<{ key: string }>('select key from orglife.questions')).map(({ key }) => key)
    const asked = found.filter((key) => !before.has(key))
    const kinds = ['two_rooms', 'on_leave', 'not_a_member', 'same_minutes', 'burst']
    const figures = kinds.map((kind) => {
      const [fake, question] = [planted, asked].map((keys) => new Set(keys.filter((key) => key.startsWith(`${kind}/`))))
      const hits = [...(fake ?? [])].filter((key) => question?.has(key)).length
      return { kind, planted: fake?.size ?? 0, asked: question?.size ?? 0, hits }
    })
    for (const { kind, planted: fake, asked: questions, hits } of figures) {
      expect(fake, kind).toBeGreaterThanOrEqual(20)
      expect(hits / fake, `recall of ${kind}`).toBeGreaterThanOrEqual(0.9)
      expect(hits / questions, `precision of ${kind}`).toBeGreaterThanOrEqual(0.9)
    }
  }, 60_000)

  it('asks nothing new when it looks again', async () => {
    const before = await count('from orglife.questions')
    await look()
    expect(await count('from orglife.questions')).toBe(before)
  }, 60_000)
})
