import { sql } from 'kysely'
import { z } from 'zod'
import { declareInputs, measure } from '../../rulebook/index.ts'
import { codes } from '../work-records/measure-parameters.contract.ts'
import { bearing, chosen } from '../work-records/work-records.measures.ts'

const subject = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no`

/** Checks that an organization concluded, and the work records that were kept of such checks before. */
export const politicalChecks = measure({
  name: 'orglife.political_checks',
  version: 1,
  title: '期内作出结论并反馈的专项考察次数',
  alsoOf: ['orglife.work_records'],
  params: z.strictObject({
    tags: codes.optional().meta({ title: '同样计入的工作纪实标签', help: '带这些标签的工作纪实也算；不写则不算' }),
  }),
  facts: ({ tags }) => {
    const checks = sql`select ${subject}, 'political-check' as record_kind, c.no as record_no, 1 as numerator, 1 as denominator,
        c.concluded_on as recorded_on, null::text as reason
      from due d join orglife.political_checks c on c.by_no = d.organization_no and c.state in ('concluded', 'answered')
        and c.concluded_on between d.starts and d.ends where d.subject_kind = 'o'`
    if (!tags) return checks
    return sql`${checks} union all select ${subject}, 'work-record' as record_kind, w.no as record_no, 1 as numerator, 1 as denominator,
        w.recorded_on, null::text as reason from ${bearing('own')} and ${chosen({ tags })}`
  },
})

/** What the measure reads: who checked and when; no questions, no findings, no words. */
export function declareCheckInputs(): void {
  declareInputs({
    table: 'orglife.political_checks',
    columns: ['no', 'id', 'state', 'by_no', 'organization_no', 'started_on', 'concluded_on'],
    key: ['no'],
    rows: ({ organizations, since }) => sql`t.by_no in (${organizations}) and t.concluded_on >= ${since}::date`,
  })
}
