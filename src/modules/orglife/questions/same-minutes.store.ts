import { sql } from 'kysely'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { askedOrganization, nameOf } from './asked-organization.queries.ts'
import { type Finding, sameMinutesSentence } from './findings.rules.ts'
import { alikeFrom, likeness, longEnough, passagesOf, runsOf, sharedPassages } from './minutes-text.rules.ts'
import { ownPassages, sentPassages } from './minutes-sketch.store.ts'

/** So many earlier texts are looked at closely for one record, those with most in common first. */
const mostCandidates = 40
/** Of those that share a single band, chance brings most; so many are looked at all the same. */
const mostByOneBand = 10
/** A band that more texts share says nothing; the earliest stand for them. */
const mostInBand = 200
/** Looked up for one record, before it is asked which are earlier. */
const mostAround = 3 * mostCandidates
const mostNamed = 3
const mostPassages = 8
const longestPassage = 200

const list = (numbers: readonly number[]) => `{${numbers.join(',')}}`

interface Text {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly heldOn: CivilDate
  readonly place: string | null
  readonly organizationNo: number | null
  readonly name: string
  readonly minutes: string
  readonly agenda: string[]
  readonly together: number[]
}

/** Compares minutes that have waited long enough with earlier ones; answers the findings and how many were compared. */
export async function compareMinutes(tx: Tx, today: CivilDate, most = 500): Promise<{ findings: Finding[]; compared: number }> {
  const db = reading<'orglife'>(tx)
  const { rows: waiting } = await sql<{ no: number }>`select s.meeting_no as no from orglife.minutes_sketches s
    where s.compared_on is null and s.compare_from <= ${today}::date order by s.meeting_no limit ${most}`.execute(db)
  if (waiting.length === 0) return { findings: [], compared: 0 }
  const nos = list(waiting.map(({ no }) => no))
  const pairs = await pairsToCompare(tx, nos)
  await sql`update orglife.minutes_sketches set compared_on = ${today}::date where meeting_no = any (${nos}::bigint[])`.execute(
    db,
  )
  return { findings: await judge(tx, pairs), compared: waiting.length }
}

/**
 * Which earlier minutes may be alike. Text by text and band by band, always by index (`offset 0`), so that a turn costs the same among a
 * thousand records or a million, whatever the planner takes the bands for; the records are looked up last, for a few of each text.
 */
async function pairsToCompare(tx: Tx, nos: string): Promise<{ later: number; earlier: number }[]> {
  const { rows } = await sql<{ later: number; earlier: number }>`select w.no as later, c.no as earlier
    from (select m.no, m.recorded_at from orglife.meetings m where m.no = any (${nos}::bigint[]) and m.state = 'recorded' offset 0) w
    cross join lateral (
      select o.no, s.bands, row_number() over (order by s.bands desc, o.no) as place
      from (select e.meeting_no, count(*) as bands
        from (select b.band, b.hash from orglife.minutes_bands b where b.meeting_no = w.no offset 0) b
        cross join lateral (select e.meeting_no from orglife.minutes_bands e where e.band = b.band and e.hash = b.hash
          order by e.meeting_no limit ${mostInBand}) e
        where e.meeting_no <> w.no group by 1 order by 2 desc, 1 limit ${mostAround}) s
      cross join lateral (select o.no from orglife.meetings o where o.no = s.meeting_no and o.state = 'recorded'
        and (o.recorded_at, o.no) < (w.recorded_at, w.no) offset 0) o) c
    where c.place <= ${mostCandidates} and (c.bands > 1 or c.place <= ${mostByOneBand})`.execute(reading<'orglife'>(tx))
  return rows
}

async function judge(tx: Tx, pairs: readonly { later: number; earlier: number }[]): Promise<Finding[]> {
  if (pairs.length === 0) return []
  const texts = await readTexts(tx, [...new Set(pairs.flatMap(({ later, earlier }) => [later, earlier]))])
  const hashes = [...texts.values()].flatMap((text) => passagesOf(text.minutes, text.agenda).map(({ hash }) => hash))
  const sent = await sentPassages(tx, [...new Set(hashes)])
  const compared = new Map(
    [...texts.values()].map((text) => {
      const passages = ownPassages(passagesOf(text.minutes, text.agenda), sent)
      return [text.no, { text, passages, runs: runsOf(passages) }] as const
    }),
  )
  type Compared = NonNullable<ReturnType<typeof compared.get>>
  const findings: Finding[] = []
  for (const [later, candidates] of Map.groupBy(pairs, (pair) => pair.later)) {
    const own = compared.get(later)
    if (!own || own.text.organizationNo === null || !longEnough(own.runs)) continue
    const alike = candidates
      .map(({ earlier }) => compared.get(earlier))
      .filter((other): other is Compared => other !== undefined && longEnough(other.runs) && !oneEvent(own.text, other.text))
      .map((other) => ({ other, likeness: likeness(own.runs, other.runs) }))
      .filter((each) => each.likeness >= alikeFrom[sameKeeper(own.text, each.other.text) ? 'own' : 'across'])
      .sort((a, b) => b.likeness - a.likeness)
    const first = alike[0]?.other
    if (!first) continue
    findings.push({
      detector: 'same_minutes',
      key: `same_minutes/${own.text.id}`,
      organizationNo: own.text.organizationNo,
      meetingNos: [later, ...alike.slice(0, mostNamed).map(({ other }) => other.text.no)],
      personNos: [],
      passages: sharedPassages(own.passages, first.runs)
        .slice(0, mostPassages)
        .map((passage) => passage.slice(0, longestPassage)),
      sentence: sameMinutesSentence({
        heldOn: own.text.heldOn,
        title: own.text.title,
        own: sameKeeper(own.text, first.text),
        other: first.text.name,
        otherHeldOn: first.text.heldOn,
      }),
    })
  }
  return findings
}

const sameKeeper = (one: Text, other: Text) => one.organizationNo === other.organizationNo

/** One event that two wrote down: the same day and the same keeper, the same place, or an organization in both. */
function oneEvent(one: Text, other: Text): boolean {
  if (one.heldOn !== other.heldOn) return false
  return (
    sameKeeper(one, other) ||
    (one.place !== null && one.place === other.place) ||
    one.together.some((no) => other.together.includes(no))
  )
}

async function readTexts(tx: Tx, meetings: readonly number[]): Promise<Map<number, Text>> {
  const { rows } = await sql<Text>`select m.no, m.id, m.title, m.held_on as "heldOn", nullif(btrim(m.place), '') as place,
      ${askedOrganization(sql`m.organization_no`)} as "organizationNo", ${nameOf(sql`m.organization_no`)} as name, m.minutes,
      array(select i.title from orglife.agenda_items i where i.meeting_no = m.no) as agenda,
      array(select o.organization_no from orglife.meeting_organizations o where o.meeting_no = m.no) as together
    from orglife.meetings m where m.minutes is not null and m.no = any (${list(meetings)}::bigint[])`.execute(
    reading<'orglife' | 'directory'>(tx),
  )
  return new Map(rows.map((row) => [row.no, { ...row, together: row.together.map(Number) }]))
}
