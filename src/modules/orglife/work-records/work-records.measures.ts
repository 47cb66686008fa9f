import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { codes, organizer, type Organizer, selection, type Selection } from './measure-parameters.contract.ts'

const texts = (list: readonly string[]) => sql`${[...list]}::text[]`

/** Organizations whose records an organization may count as its own, by the tree of the period's last day. */
export const standing: Readonly<Record<Organizer, RawBuilder<unknown>>> = {
  own: sql`(select d.organization_no) h`,
  unit: sql`(select distinct a.organization_no from directory.organization_ancestry a join directory.organizations k on k.no = a.organization_no
      where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) and k.kind in ('unit', 'leading_group', 'party_committee') offset 0) h`,
  below: sql`(select distinct a.organization_no from directory.organization_ancestry a
      where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) offset 0) h`,
}

/** Work records (alias `w`) that bear on a duty (alias `d`): of its organization, or those in which its person took part. */
export const bearing = (by: Organizer) => sql`due d join lateral (
    select ro.record_no from ${standing[by]} join orglife.work_record_organizations ro on ro.organization_no = h.organization_no
      and ro.held_on between d.starts and d.ends where d.subject_kind = 'o'
    union select rp.record_no from orglife.work_record_persons rp where d.subject_kind = 'p' and rp.person_no = d.subject_no
      and rp.held_on between d.starts and d.ends) b on true
  join orglife.work_records w on w.no = b.record_no and w.state = 'recorded'`

/** The record (alias `w`) carries one of the tags, and one of the categories where they are named. */
export const chosen = ({
  tags,
  categories,
}: Selection) => sql`exists (select 1 from orglife.work_record_tags t where t.record_no = w.no
    and t.tag = any (${texts(tags)})${categories ? sql` and t.category = any (${texts(categories)})` : sql``})`

const columns = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'work-record' as record_kind, w.no as record_no`

/** Grades that hold for the asked tags: the last one given of each. */
const graded = (tags: readonly string[]) => sql`(select g.tag, (array_agg(g.grade order by g.no desc))[1] as grade
    from orglife.work_record_grades g where g.record_no = w.no and g.tag = any (${texts(tags)}) group by g.tag)`

const reachedGrade = (tags: readonly string[], wanted: readonly string[]) =>
  sql`exists (select 1 from ${graded(tags)} q where q.grade = any (${texts(wanted)}))`

const gradeReason = (
  tags: readonly string[],
) => sql`coalesce((select '质量确认为“' || coalesce((select c ->> 'title' from rulebook.tags k,
      jsonb_array_elements(k.grades) c where k.code = q.tag and c ->> 'code' = q.grade), q.grade) || '”' from ${graded(tags)} q order by q.tag limit 1),
    '还没有上级确认质量')`

export const workRecords = measure({
  name: 'orglife.work_records',
  version: 1,
  title: '期内做过并已记录的工作纪实条数',
  params: z.strictObject({
    ...selection.shape,
    quality: codes.optional().meta({ title: '质量等次', help: '只计上级确认为这些等次的；不写则不看质量' }),
    organizer,
  }),
  facts: ({ quality, organizer: by, ...asked }) => {
    const good = quality ? reachedGrade(asked.tags, quality) : sql`true`
    return sql`select ${columns}, (${good})::int as numerator, 1 as denominator, w.recorded_on,
        ${quality ? sql`case when not ${good} then ${gradeReason(asked.tags)} end` : sql`null::text`} as reason
      from ${bearing(by)} and ${chosen(asked)}`
  },
})

export const workRecordHours = measure({
  name: 'orglife.work_record_hours',
  version: 1,
  title: '期内工作纪实的学时合计',
  params: z.strictObject({ ...selection.shape, organizer }),
  facts: ({ organizer: by, ...asked }) => sql`
    select ${columns}, coalesce(w.hours, 0) as numerator, coalesce(w.hours, 0) as denominator, w.recorded_on,
      case when w.hours is null then '没有填学时' end as reason
    from ${bearing(by)} and ${chosen(asked)}`,
})

export const workRecordRatio = measure({
  name: 'orglife.work_record_ratio',
  version: 1,
  title: '一类工作纪实占另一类的比重',
  judged: 'at_end',
  params: z.strictObject({
    of: selection.meta({ title: '分子：这些记录' }),
    among: selection.meta({ title: '分母：在这些记录中' }),
    by: z.enum(['hours', 'records']).default('hours').meta({ title: '按什么算', help: 'hours 按学时，records 按条数' }),
    organizer,
  }),
  facts: ({ of, among, by, organizer: whose }) => {
    const weight = by === 'hours' ? sql`coalesce(w.hours, 0)` : sql`1`
    const missing = by === 'hours' ? sql`when w.hours is null then '没有填学时'` : sql``
    return sql`select ${columns}, case when ${chosen(of)} then ${weight} else 0 end as numerator, ${weight} as denominator, w.recorded_on,
        case ${missing} when not ${chosen(of)} then '只在分母中：不属于所问的一类' end as reason
      from ${bearing(whose)} and ${chosen(among)}`
  },
})
