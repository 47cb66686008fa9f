import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { organizer, tags } from './measure-parameters.contract.ts'

const standing = {
  own: sql`(select d.organization_no) h`,
  below: sql`(select distinct a.organization_no from directory.organization_ancestry a
      where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) offset 0) h`,
} as const

/** D4.1: classes held, reading recommended, people sent out, self-study confirmed, and work records under the tags named: each once. */
export const learningActivities = measure({
  name: 'learning.activities',
  version: 1,
  title: '办班、荐书、外派培训和自学的次数',
  alsoOf: ['orglife.work_records'],
  params: z.strictObject({ tags, organizer }),
  facts: ({ tags: counted, organizer: by }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, b.record_kind, b.record_no, 1 as numerator, 1 as denominator, b.recorded_on,
      null::text as reason
    from due d join lateral (
      select 'training-class' as record_kind, c.no as record_no, c.recorded_on from ${standing[by]}
      join learning.classes c on c.organization_no = h.organization_no and c.state = 'held' and c.ends_on between d.starts and d.ends
      union all
      select 'study-record', s.no, s.recorded_on from ${standing[by]}
      join learning.study_records s on s.organization_no = h.organization_no and s.state = 'confirmed' and s.held_on between d.starts and d.ends
      union all
      select 'reading-list', l.no, l.recorded_on from ${standing[by]}
      join learning.reading_lists l on l.organization_no = h.organization_no and l.state = 'recommended' and l.issued_on between d.starts and d.ends
      union all
      select distinct 'work-record', w.no, w.recorded_on from ${standing[by]}
      join orglife.work_record_organizations ro on ro.organization_no = h.organization_no and ro.held_on between d.starts and d.ends
      join orglife.work_records w on w.no = ro.record_no and w.state = 'recorded' and exists (select 1 from orglife.work_record_tags t
        where t.record_no = w.no and t.tag = any (${[...counted]}::text[]))) b on d.subject_kind = 'o'`,
})
