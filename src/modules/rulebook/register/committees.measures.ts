import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../engine/engine.measures.ts'
import { onDay, subject, texts } from './register-day.measures.ts'

const kind = z.enum(['committee', 'discipline_committee']).default('committee').meta({ title: '委员会的种类' })

/** The committee in office on the day, as `c`. */
const inOffice = (
  of: string,
) => sql`lateral (select c.* from directory.committees c where c.organization_no = d.organization_no and c.kind = ${of}
  and c.elected_on <= ${onDay} and (c.ended_on is null or c.ended_on > ${onDay}) order by c.elected_on desc, c.no desc limit 1) c`

export const termsKept = measure({
  name: 'rulebook.terms_kept',
  version: 1,
  title: '任期没有超过的委员会与在任委员会的个数',
  unit: '届',
  state: true,
  params: z.strictObject({
    kind,
    within_extension: z.boolean().default(true).meta({ title: '经批准的延期算在任期内' }),
    extension_months: z.int().min(1).max(60).optional().meta({ title: '延期最多算几个月' }),
  }),
  facts: ({ kind: of, within_extension: extended, extension_months: most }) => sql`
    select ${subject}, 'committee' as record_kind, c.no as record_no, (x.last > ${onDay})::int as numerator, 1 as denominator, c.elected_on as recorded_on,
      case when x.last <= ${onDay} then '任期已于' || x.last::text || '届满，没有换届' end as reason
    from due d cross join ${inOffice(of)}
    cross join lateral (select case when ${extended} and c.extended_to is not null then
      least(c.extended_to, ${most === undefined ? sql`c.extended_to` : sql`(c.due_on + make_interval(months => ${most}::int))::date`}) else c.due_on end as last) x`,
})

export const committeeFormed = measure({
  name: 'rulebook.committee_formed',
  version: 2,
  title: '选有委员会并配齐分工的个数与应有的个数',
  unit: '个',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({
    kind,
    duties: z.array(z.string().trim().min(2).max(20)).default([]).meta({ title: '须有的分工', help: '如 纪检、组织' }),
  }),
  facts: ({ kind: of, duties }) => sql`
    select ${subject}, case when c.no is null then 'organization' else 'committee' end as record_kind, coalesce(c.no, d.organization_no) as record_no,
      (c.no is not null and x.missing is null)::int as numerator, 1 as denominator, coalesce(c.elected_on, d.starts) as recorded_on,
      case when c.no is null then '没有登记在任的委员会' when x.missing is not null then '没有分工：' || x.missing end as reason
    from due d left join ${inOffice(of)} on true
    cross join lateral (select string_agg(q.duty, '、' order by q.duty) as missing from unnest(${texts(duties)}) q (duty)
      where not exists (select 1 from directory.committee_members m where m.committee_no = c.no and m.valid @> ${onDay} and position(q.duty in m.duty) > 0)) x`,
})

/** Elections held within the time; together with the event 换届提醒. */
export const committeesElected = measure({
  name: 'rulebook.committees_elected',
  version: 1,
  title: '期内选举产生的委员会',
  unit: '届',
  params: z.strictObject({ kind }),
  facts: ({ kind: of }) => sql`
    select ${subject}, 'committee' as record_kind, c.no as record_no, 1 as numerator, 1 as denominator, c.elected_on as recorded_on, null as reason
    from due d join directory.committees c on c.organization_no = d.organization_no and c.kind = ${of} and c.elected_on between d.starts and ${onDay}`,
})

export const committeeSize = sql`(select count(distinct m.person_no) from directory.committee_members m where m.committee_no = c.no and m.valid @> ${onDay})`
export { inOffice }
