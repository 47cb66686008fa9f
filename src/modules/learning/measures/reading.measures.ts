import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { bookCategories } from '../reading/reading.contract.ts'
import { tags } from './measure-parameters.contract.ts'

const codes = Object.keys(bookCategories)
const titles = sql`${JSON.stringify(bookCategories)}::jsonb`
/** Days after the end that no grace lasts: what was not recommended was not recommended in time either. */
const neverInTime = 500

/**
 * D2.1: books recommended in all five categories, by the organization itself or by one above it, or entered as a work record of its own.
 * What anybody read is not asked.
 */
export const bookCategoriesRecommended = measure({
  name: 'learning.book_categories_recommended',
  version: 1,
  title: '荐书覆盖的类别占五类的比重',
  unit: '类',
  judged: 'short_at_end',
  alsoOf: ['orglife.work_records'],
  params: z.strictObject({ tags }),
  facts: ({ tags: counted }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, coalesce(f.record_kind, 'organization') as record_kind,
      coalesce(f.record_no, d.organization_no) as record_no, case when f.record_no is null then 0 else count(*) end as numerator, count(*) as denominator,
      coalesce(f.recorded_on, d.ends + ${neverInTime}::int) as recorded_on,
      case when f.record_no is null then '还没有荐书：' || string_agg(${titles} ->> g.code, '、' order by g.position) end as reason
    from due d cross join unnest(${codes}::text[]) with ordinality as g (code, position)
    left join lateral (
      select * from (
        select 'reading-list' as record_kind, l.no as record_no, l.recorded_on from directory.organization_ancestry a
        join learning.reading_lists l on l.organization_no = a.ancestor_no and l.state = 'recommended' and l.issued_on between d.starts and d.ends
        join learning.reading_books b on b.list_no = l.no and b.category = g.code
        where a.organization_no = d.organization_no and a.valid @> l.issued_on
        union all
        select 'work-record', w.no, w.recorded_on from orglife.work_record_organizations ro
        join orglife.work_records w on w.no = ro.record_no and w.state = 'recorded'
        join orglife.work_record_tags t on t.record_no = w.no and t.tag = any (${[...counted]}::text[]) and t.category = g.code
        where ro.organization_no = d.organization_no and ro.held_on between d.starts and d.ends) one
      order by recorded_on, record_kind, record_no limit 1) f on true
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.ends, f.record_kind, f.record_no, f.recorded_on`,
})
