import { sql } from 'kysely'
import { z } from 'zod'
import { declareInputs, measure } from '../../rulebook/index.ts'

/** How the register of keepers stands on the last day: somebody is named. Nothing is asked of what anybody says. */
export const ideologyKeepersNamed = measure({
  name: 'orglife.ideology_keepers_named',
  version: 1,
  title: '登记在册的意识形态责任人数',
  unit: '人',
  state: true,
  params: z.strictObject({}),
  facts:
    () => sql`select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'ideology-keeper' as record_kind, k.no as record_no,
      1 as numerator, 1 as denominator, k.recorded_on, null::text as reason
    from due d join orglife.ideology_keepers k on k.organization_no = d.organization_no and k.valid @> least(d.ends, d.as_of)
    where d.subject_kind = 'o'`,
})

export function declareIdeologyInputs(): void {
  declareInputs({
    table: 'orglife.ideology_keepers',
    columns: ['no', 'id', 'organization_no', 'valid', 'recorded_on'],
    key: ['no'],
    rows: ({ organizations }) => sql`t.organization_no in (${organizations})`,
  })
}
