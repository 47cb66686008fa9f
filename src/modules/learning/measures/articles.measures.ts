import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { tags } from './measure-parameters.contract.ts'

/**
 * D2.3: one article of the year, finished. The day that counts is the one on which it was first handed in, so that nobody is late because
 * others were slow. Articles that were entered as work records before count as they did.
 */
export const articlesFinished = measure({
  name: 'learning.articles_finished',
  version: 1,
  title: '本人已定稿的调研文章篇数',
  unit: '篇',
  alsoOf: ['orglife.work_records'],
  params: z.strictObject({ tags }),
  facts: ({ tags: counted }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, b.record_kind, b.record_no, b.numerator, 1 as denominator, b.recorded_on, b.reason
    from due d join lateral (
      select 'article' as record_kind, a.no as record_no, case when a.state in ('accepted', 'published') then 1 else 0 end as numerator,
        a.first_submitted_on as recorded_on, case a.state when 'returned' then '退回修改，还没有定稿' when 'submitted' then '已提交，还没有送评审'
          when 'in_review' then '正在评审，还没有定稿' end as reason
      from learning.articles a where a.author_no = d.subject_no and a.first_submitted_on between d.starts and d.ends and a.state not in ('drafted', 'withdrawn')
      union all
      select 'work-record', w.no, 1, w.recorded_on, null from orglife.work_record_persons rp
      join orglife.work_records w on w.no = rp.record_no and w.state = 'recorded'
      where rp.person_no = d.subject_no and rp.held_on between d.starts and d.ends and exists (select 1 from orglife.work_record_tags t
        where t.record_no = w.no and t.tag = any (${[...counted]}::text[]))) b on d.subject_kind = 'p'`,
})
