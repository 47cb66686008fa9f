import { sql } from 'kysely'
import { z } from 'zod'
import { declareMeasures, declareRecordKind, measure } from '../engine/engine.measures.ts'

/**
 * What an authorised person saw and stated. That somebody came late to look is not the organization's lateness: a determination
 * counts as recorded in time. Ask for it with ratio_at_least 1: where nobody has looked yet it does not apply, and nobody is short.
 */
const determinations = measure({
  name: 'rulebook.determinations',
  version: 1,
  title: '有权的人实地或查资料后作出的认定',
  params: z.strictObject({
    code: z
      .string()
      .regex(/^[A-Z]{1,4}\d{1,3}(?:\.\d{1,2})?$/, { error: '请写要求代号，例如 D3.7。' })
      .meta({ title: '认定什么', help: '写本条要求的代号；各版本共用' }),
  }),
  facts: ({ code }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'determination' as record_kind, f.no as record_no,
      f.met::int as numerator, 1 as denominator, least(f.stated_on, d.ends) as recorded_on,
      case when not f.met then '认定为没有做到：' || left(f.seen, 80) end as reason
    from due d join rulebook.determinations f on f.organization_no = d.organization_no and f.period_no = d.period_no and f.matter = ${code}
      and f.state <> 'withdrawn'
    where d.subject_kind = 'o'`,
})
declareMeasures(determinations)
declareRecordKind(
  'determination',
  sql`select f.no, f.id, '认定' || case when f.met then '做到' else '没有做到' end || '：' || f.requirement_code as title, f.seen_on as happened_on
    from rulebook.determinations f`,
)
