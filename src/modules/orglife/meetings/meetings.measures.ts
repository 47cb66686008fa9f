import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { agendaCategories, agendaCategory, meetingKind, meetingKinds } from './meetings.contract.ts'

const kinds = z.array(meetingKind).min(1).meta({ title: '会议类别', titles: meetingKinds })

/**
 * Who held it: the organization itself, or for a unit its leading group or committee as well (JG11 names the unit; whichever of its
 * bodies calls the assembly does it). The bodies are found first and their meetings by index: left to itself the planner reads the
 * whole year's meetings of everybody (1 s instead of 1 ms in a province). Hence OFFSET 0.
 */
const heldBy = (organizer: 'own' | 'unit') =>
  organizer === 'own'
    ? sql`orglife.meeting_organizations mo on mo.organization_no = d.organization_no`
    : sql`lateral (select distinct a.organization_no from directory.organization_ancestry a join directory.organizations w on w.no = a.organization_no
        where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) and w.kind in ('unit', 'leading_group', 'party_committee')
        offset 0) h on true
      join orglife.meeting_organizations mo on mo.organization_no = h.organization_no`

/** Why a meeting that took place is not counted. ZB7: half of those with a vote; ZB9: half of the committee. */
const quorumShort = {
  none: sql`false`,
  members_half: sql`mo.eligible_present * 2 < mo.eligible`,
  committee_half: sql`mo.committee_present * 2 < mo.committee_expected`,
  two_thirds: sql`mo.present * 3 < mo.expected * 2`,
} as const
const quorumReason = {
  none: '',
  members_half: '到会的有表决权党员不足半数',
  committee_half: '到会委员不足半数',
  two_thirds: '到会人数不足应到的三分之二',
} as const

const columns = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'meeting' as record_kind, m.no as record_no`

export const meetingsHeld = measure({
  name: 'orglife.meetings_held',
  version: 1,
  title: '期内召开并已记录的会议次数',
  params: z.strictObject({
    kinds,
    quorum: z
      .enum(['none', 'members_half', 'committee_half', 'two_thirds'])
      .default('none')
      .meta({
        title: '到会人数',
        titles: {
          none: '不看到会人数',
          members_half: '有表决权的党员过半到会',
          committee_half: '委员过半到会',
          two_thirds: '三分之二以上到会',
        },
      }),
    organizer: z
      .enum(['own', 'unit'])
      .default('own')
      .meta({ title: '谁开的算', titles: { own: '本组织', unit: '本单位（含党组和机关党委）' } }),
  }),
  facts: ({ kinds: asked, quorum, organizer }) => sql`
    select ${columns}, (not bool_or(${quorumShort[quorum]}))::int as numerator, 1 as denominator, m.recorded_on,
      case when bool_or(${quorumShort[quorum]}) then ${quorumReason[quorum]} end as reason
    from due d join ${heldBy(organizer)} and mo.held_on between d.starts and d.ends
    join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded' and m.kinds && ${asked as string[]}::text[]
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, m.no, m.recorded_on`,
})

export const firstAgendaItem = measure({
  name: 'orglife.first_agenda_item',
  version: 1,
  title: '会议第一项议程属于指定类别的次数与会议总次数',
  params: z.strictObject({
    kinds,
    category: z.string().default('political_theory').meta({ title: '第一项议程的类别', titles: agendaCategories }),
  }),
  facts: ({ kinds: asked, category }) => sql`
    select ${columns}, (m.first_category is not distinct from ${category})::int as numerator, 1 as denominator, m.recorded_on,
      case when m.first_category is distinct from ${category} then
        '第一项是“' || coalesce((select left(i.title, 40) from orglife.agenda_items i where i.meeting_no = m.no and i.position = 1), '') || '”，不是政治理论学习' end as reason
    from due d join orglife.meeting_organizations mo on mo.organization_no = d.organization_no and mo.held_on between d.starts and d.ends
    join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded' and m.kinds && ${asked as string[]}::text[]`,
})

export const meetingsWithItem = measure({
  name: 'orglife.meetings_with_item',
  version: 1,
  title: '议程里有指定类别的会议次数',
  params: z.strictObject({
    category: agendaCategory.meta({ title: '议程类别', titles: agendaCategories }),
    kinds: kinds.optional().meta({ title: '会议类别', help: '不写则不限', titles: meetingKinds }),
  }),
  facts: ({ category, kinds: asked }) => sql`
    select ${columns}, 1 as numerator, 1 as denominator, m.recorded_on, null::text as reason
    from due d join orglife.meeting_organizations mo on mo.organization_no = d.organization_no and mo.held_on between d.starts and d.ends
    join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded' ${asked ? sql`and m.kinds && ${asked as string[]}::text[]` : sql``}
    where d.subject_kind = 'o' and exists (select 1 from orglife.agenda_items i where i.meeting_no = m.no and i.category = ${category})`,
})

export const lecturesGiven = measure({
  name: 'orglife.lectures_given',
  version: 1,
  title: '本人主讲党课的次数',
  params: z.strictObject({ speaker: z.literal('subject_person').default('subject_person') }),
  facts: () => sql`
    select ${columns}, 1 as numerator, 1 as denominator, m.recorded_on, null as reason
    from due d join orglife.meetings m on m.speaker_no = d.subject_no and m.held_on between d.starts and d.ends
      and m.state = 'recorded' and 'lecture' = any (m.kinds)
    where d.subject_kind = 'p'`,
})
