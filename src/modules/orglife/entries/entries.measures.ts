import { type RawBuilder, sql } from 'kysely'
import { measure } from '../../rulebook/index.ts'
import { covered, relieved, sets } from '../work-records/coverage.measures.ts'
import { bearing, chosen, standing } from '../work-records/work-records.measures.ts'
import type { Organizer } from '../work-records/measure-parameters.contract.ts'
import {
  entriesMadeParams,
  entryCoverageParams,
  type EntrySelection,
  pairsCoveredParams,
} from './entry-measure-parameters.contract.ts'

const alsoOf = ['orglife.work_records']
const texts = (list: readonly string[]) => sql`${[...list]}::text[]`

/** The entry (alias `e`) stands and is of the kinds and labels asked for. */
const meant = ({ entries, labels }: Pick<EntrySelection, 'entries' | 'labels'>) => sql`e.state = 'recorded'
  and e.kind = any (${texts(entries)})${labels ? sql` and e.labels && ${texts(labels)}` : sql``}`

const inRole = (roles: readonly string[] | undefined) => (roles ? sql`and x.role = any (${texts(roles)})` : sql``)

/** Entries (alias `e`) that bear on a duty (alias `d`): of its organization, or those in which its person took part. */
const bearingEntries = (by: Organizer, roles: readonly string[] | undefined) => sql`due d join lateral (
    select o.entry_no from ${standing[by]} join orglife.entry_organizations o on o.organization_no = h.organization_no
      and o.held_on between d.starts and d.ends where d.subject_kind = 'o'
    union select x.entry_no from orglife.entry_persons x where d.subject_kind = 'p' and x.person_no = d.subject_no
      and x.held_on between d.starts and d.ends ${inRole(roles)}) b on true
  join orglife.entries e on e.no = b.entry_no`

const subject = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no`

export const entriesMade = measure({
  name: 'orglife.entries_made',
  version: 1,
  title: '期内做过并已记录的次数（政治仪式、微宣讲等）',
  alsoOf,
  params: entriesMadeParams,
  facts: ({ organizer, roles, tags, ...asked }) => {
    const made = sql`select ${subject}, e.kind as record_kind, e.no as record_no, 1 as numerator, 1 as denominator, e.recorded_on,
        null::text as reason from ${bearingEntries(organizer, roles)} and ${meant(asked)}`
    if (!tags) return made
    return sql`${made} union all select ${subject}, 'work-record' as record_kind, w.no as record_no, 1 as numerator, 1 as denominator,
        w.recorded_on, null::text as reason from ${bearing(organizer)} and ${chosen({ tags })}`
  },
})

/** Entries that reached the person (alias `s`) of the set: kind, record_no, held_on, recorded_on. */
function reaching(asked: EntrySelection, roles: readonly string[] | undefined): RawBuilder<unknown> {
  const entries = sql`select e.kind as record_kind, e.no as record_no, e.held_on, e.recorded_on from orglife.entry_persons x
      join orglife.entries e on e.no = x.entry_no and ${meant(asked)}
      where x.person_no = s.no and x.held_on between d.starts and d.ends ${inRole(roles)}`
  if (!asked.tags) return entries
  return sql`${entries} union all select 'work-record', w.no, w.held_on, w.recorded_on from orglife.work_record_persons y
      join orglife.work_records w on w.no = y.record_no and w.state = 'recorded' and ${chosen({ tags: asked.tags })}
      where y.person_no = s.no and y.held_on between d.starts and d.ends`
}

export const entryCoverage = measure({
  name: 'orglife.entry_coverage',
  version: 2,
  title: '参加过的人占应覆盖的比重（谈心谈话、政治仪式等）',
  judged: 'short_at_end',
  alsoOf,
  params: entryCoverageParams,
  facts: ({ set, roles, ...asked }, _years, code) =>
    covered({ whom: sets[set], relievedNo: relieved(code, 'p'), kind: 'person', heads: '人', reaching: reaching(asked, roles) }),
})

const committeeOf = sets.committee

/** Two people talked when one of them spoke with the other; whoever else was there makes no pair of his own. */
const together = (one: RawBuilder<unknown>, other: RawBuilder<unknown>) => sql`
  (x.person_no = ${one} and y.person_no = ${other} or x.person_no = ${other} and y.person_no = ${one})`

/** Pairs of people with the pair's name, each once. */
const pairs = {
  committee: sql`select a.no as one, b.no as other, a.no * 1000000000 + b.no as no, a.name || '和' || b.name as name, false as freed
    from (${committeeOf}) a join (${committeeOf}) b on b.no > a.no`,
  committee_and_members: sql`select m.no as one, null::bigint as other, m.no, m.name, m.freed
    from (${sets.members}) m where not exists (select 1 from (${committeeOf}) c where c.no = m.no)`,
} as const

const metAs = {
  committee: together(sql`s.one`, sql`s.other`),
  committee_and_members: sql`(x.person_no = s.one and y.person_no in (select c.no from (${committeeOf}) c)
    or y.person_no = s.one and x.person_no in (select c.no from (${committeeOf}) c))`,
} as const

export const pairsCovered = measure({
  name: 'orglife.pairs_covered',
  version: 2,
  title: '谈过话的对数占应谈的对数的比重',
  judged: 'short_at_end',
  params: pairsCoveredParams,
  facts: ({ entries, between }, _years, code) =>
    covered({
      whom: pairs[between],
      // A pair is relieved by either of the two.
      relievedNo: sql`coalesce(${relieved(code, 'p', sql`s.one`)}, ${relieved(code, 'p', sql`s.other`)})`,
      kind: 'person',
      heads: between === 'committee' ? '对' : '人',
      reaching: sql`select e.kind as record_kind, e.no as record_no, e.held_on, e.recorded_on from orglife.entry_persons x
        join orglife.entry_persons y on y.entry_no = x.entry_no and x.role = 'talker' and y.role = 'talked_with'
        join orglife.entries e on e.no = x.entry_no and ${meant({ entries })}
        where x.held_on between d.starts and d.ends and ${metAs[between]}`,
    }),
})
