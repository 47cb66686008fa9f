import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { declareInputs, type FrozenSpan, measure } from '../../rulebook/index.ts'

type Held = ReturnType<typeof measure>

const columns = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'request-report' as record_kind, r.no as record_no`

/** Papers that the organization sent in the stretch and did not take back. */
const sent = sql`due d join orglife.request_reports r on r.organization_no = d.organization_no and r.sent_on between d.starts and d.ends
  and not r.by_member and r.state not in ('drafted', 'withdrawn')`

/** Of the papers sent that are meant, those of which something is true; for the others the reason says what is not. */
const among = (asked: {
  name: string
  title: string
  meant: RawBuilder<unknown>
  good: RawBuilder<unknown>
  reason: string
}): Held =>
  measure({
    name: `orglife.requests_${asked.name}`,
    version: 1,
    title: asked.title,
    unit: '件',
    params: z.strictObject({}),
    facts: () => sql`select ${columns}, (${asked.good})::int as numerator, 1 as denominator, r.sent_on as recorded_on,
        case when not (${asked.good}) then ${asked.reason} end as reason
      from ${sent} where ${asked.meant} and d.subject_kind = 'o'`,
  })

const all = sql`true`
/** Answered, returned or passed on in time, or said in time that it takes longer. */
const inTime = sql`coalesce(x.done_on <= x.due_on, false) or coalesce(x.told_on <= x.due_on, false)`

/** What is counted of the papers that go up (条例 6, 7, 18, 19, 20). */
export const requestMeasures: readonly Held[] = [
  among({
    name: 'upward',
    title: '期内报出的请示报告中逐级报送、或越级而写明理由的件数',
    meant: all,
    good: sql`r.direct or r.skip_told`,
    reason: '越级报送，没有写明理由',
  }),
  among({
    name: 'copied',
    title: '期内受双重领导的组织报出的请示报告中抄送了另一方的件数',
    meant: sql`r.copy_owed_no is not null`,
    good: sql`exists (select 1 from orglife.request_copies c where c.request_no = r.no and c.organization_no = r.copy_owed_no)`,
    reason: '没有抄送受双重领导的另一方',
  }),
  among({
    name: 'decided',
    title: '期内报出的请示报告中写明研究的会议或传批、签发人的件数',
    meant: all,
    good: sql`r.decided`,
    reason: '没有写明研究的会议或传批，或没有写明签发人',
  }),
  among({
    name: 'beforehand',
    title: '期内的请示在办理之前提出、突发事件报告有续报的件数',
    meant: sql`(r.kind = 'request' and r.act_on is not null or r.kind = 'report' and r.urgent)`,
    good: sql`case when r.kind = 'request' then not r.after_act or r.urgent and r.after_told else r.continued end`,
    reason: '请示在办理日期之后才提出，或突发事件报告还没有续报',
  }),
  among({
    name: 'single',
    title: '期内报出的请示报告中一文一事的件数',
    meant: all,
    good: sql`r.state <> 'returned' or r.return_ground not in ('several_matters', 'report_with_request')`,
    reason: '因一份写了几件事或报告里夹带请示被退回',
  }),
  measure({
    name: 'orglife.requests_answered',
    version: 1,
    title: '期内办理期满的请示中按期答复、或事先说明延期的件数',
    unit: '件',
    state: true,
    params: z.strictObject({
      answer_days: z
        .number()
        .int()
        .min(1)
        .max(180)
        .default(15)
        .meta({ title: '答复期限', help: '签收单位从报到之日起的天数；改了只管以后报来的' }),
      follow_up_days: z
        .number()
        .int()
        .min(1)
        .max(365)
        .default(30)
        .meta({ title: '报结果期限', help: '下级从答复之日起报告办理结果的天数' }),
    }),
    // Whoever said in time that it takes longer has kept the rule; so nothing here changes once the last day is over.
    facts: () => sql`select ${columns}, (${inTime})::int as numerator, 1 as denominator, x.due_on as recorded_on,
        case when not (${inTime}) then '到期没有答复，也没有事先说明延期' end as reason
      from due d join orglife.request_stations x on x.organization_no = d.organization_no and x.due_on between d.starts and d.ends
        and (x.done_on is not null or x.due_on < d.as_of) and x.outcome is distinct from 'withdrawn'
      join orglife.request_reports r on r.no = x.request_no
      where d.subject_kind = 'o' and (not r.by_member or x.organization_no <> r.organization_no)`,
  }),
  measure({
    name: 'orglife.member_requests_answered',
    version: 1,
    title: '期内办理期满的党员请示中支部按期答复、转报、或事先说明延期的件数',
    unit: '件',
    state: true,
    params: z.strictObject({}),
    // At the branch's own desk alone: what was passed on is the time of whoever it was passed to.
    facts: () => sql`select ${columns}, (${inTime})::int as numerator, 1 as denominator, x.due_on as recorded_on,
        case when not (${inTime}) then '到期没有答复本人，也没有转报或事先说明延期' end as reason
      from due d join orglife.request_stations x on x.organization_no = d.organization_no and x.due_on between d.starts and d.ends
        and (x.done_on is not null or x.due_on < d.as_of) and x.outcome is distinct from 'withdrawn'
      join orglife.request_reports r on r.no = x.request_no and r.by_member and r.organization_no = x.organization_no
      where d.subject_kind = 'o'`,
  }),
]

const meant = ({ organizations, since }: FrozenSpan) => sql`select r.no from orglife.request_reports r where r.state <> 'drafted'
  and r.sent_on >= ${since}::date and (r.organization_no in (${organizations}) or exists (select 1 from orglife.request_stations y
    where y.request_no = r.no and y.organization_no in (${organizations})))`

/** What these measures read: no title, no content, no words of an answer. */
export function declareRequestInputs(): void {
  declareInputs(
    {
      table: 'orglife.request_reports',
      columns: [
        ...([
          'no',
          'id',
          'revision',
          'state',
          'kind',
          'urgent',
          'organization_no',
          'act_on',
          'copy_owed_no',
          'direct',
          'decided',
        ] as const),
        ...(['after_act', 'continued', 'return_ground', 'sent_on', 'skip_told', 'after_told', 'by_member'] as const),
      ],
      key: ['no'],
      rows: (span) => sql`t.no in (${meant(span)})`,
    },
    {
      table: 'orglife.request_stations',
      columns: ['request_no', 'position', 'organization_no', 'due_on', 'told_on', 'done_on', 'outcome'],
      key: ['request_no', 'position'],
      rows: (span) => sql`t.request_no in (${meant(span)})`,
    },
    {
      table: 'orglife.request_copies',
      columns: ['request_no', 'organization_no'],
      key: ['request_no', 'organization_no'],
      rows: (span) => sql`t.request_no in (${meant(span)})`,
    },
  )
}
