import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CollectionAsked, declareSection } from '../../../kernel/papers/collections.ts'
import { headed, said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { meetingKinds, type MeetingKind } from '../meetings/meetings.contract.ts'

interface Held {
  readonly no: number
  readonly title: string
  readonly kinds: MeetingKind[]
  readonly heldOn: string
  readonly recordedOn: string | null
  readonly lateReason: string | null
  readonly place: string | null
  readonly expected: number
  readonly present: number
  readonly agenda: string[] | null
  readonly absent: string[] | null
  readonly resolved: string[] | null
  readonly minutes: string | null
}

const db = (read: Read) => reading<'orglife' | 'directory'>(read)

async function heldIn(read: Read, { organization, year }: CollectionAsked): Promise<Held[]> {
  const { rows } =
    await sql<Held>`select m.no, m.title, m.kinds, m.held_on::text as "heldOn", m.recorded_on::text as "recordedOn", m.late_reason as "lateReason",
      m.place, o.expected, o.present, m.minutes,
      (select array_agg(a.title order by a.position) from orglife.agenda_items a where a.meeting_no = m.no) as agenda,
      (select array_agg(p.name || coalesce('（' || t.reason || '）', '') order by p.pinyin) from orglife.attendances t join directory.persons p on p.no = t.person_no
        where t.meeting_no = m.no and t.organization_no = o.organization_no and t.presence = 'absent') as absent,
      (select array_agg(r.content order by r.position) from orglife.resolutions r where r.meeting_no = m.no) as resolved
    from orglife.meetings m join orglife.meeting_organizations o on o.meeting_no = m.no
    where o.organization_no = ${organization.no} and m.state = 'recorded' and m.held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    order by m.held_on, m.no limit 300`.execute(db(read))
  return rows
}

const kindsOf = (meeting: Held) => meeting.kinds.map((kind) => meetingKinds[kind]).join('、')

function meetingBlocks(meeting: Held): PaperBlock[] {
  const where = meeting.place ? `，在${meeting.place}` : ''
  const late = meeting.lateReason
    ? `（${meeting.recordedOn ? inChinese(meeting.recordedOn) : ''}补记：${meeting.lateReason}）`
    : ''
  const lines = [
    `${inChinese(meeting.heldOn)}${where}。${kindsOf(meeting)}。应到 ${meeting.expected} 人，实到 ${meeting.present} 人${late}。`,
    meeting.absent && `缺席：${meeting.absent.join('、')}。`,
    meeting.agenda && `议题：${meeting.agenda.map((title, at) => `${at + 1}. ${title}`).join('；')}。`,
    meeting.resolved && `议定：${meeting.resolved.join('；')}。`,
    meeting.minutes,
  ].filter((line): line is string => Boolean(line))
  return [headed(meeting.title, 2), ...lines.map((line) => said(line))]
}

declareSection({
  in: ['workbook'],
  order: 30,
  title: '会议和组织生活',
  blocks: async (read, asked) => (await heldIn(read, asked)).flatMap(meetingBlocks),
})

declareSection({
  in: ['workbook'],
  order: 40,
  title: '工作纪实',
  blocks: async (read, { organization, year }) => {
    const { rows } = await sql<{ title: string; heldOn: string; tags: string | null; content: string; result: string | null }>`
      select w.title, w.held_on::text as "heldOn", w.content, w.result,
        (select string_agg(coalesce(k.title, t.tag), '、') from orglife.work_record_tags t left join rulebook.tags k on k.code = t.tag where t.record_no = w.no) as tags
      from orglife.work_records w join orglife.work_record_organizations o on o.record_no = w.no
      where o.organization_no = ${organization.no} and w.state = 'recorded' and w.held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
      order by w.held_on, w.no limit 200`.execute(reading<'orglife' | 'rulebook'>(read))
    return rows.flatMap((row): PaperBlock[] => [
      headed(row.title, 2),
      said(
        `${inChinese(row.heldOn)}${row.tags ? `，${row.tags}` : ''}。${row.content}${row.result ? `结果：${row.result}` : ''}`.slice(
          0,
          4000,
        ),
      ),
    ])
  },
})

interface Counted {
  readonly kind: MeetingKind
  readonly times: number
  readonly present: number
  readonly expected: number
}

declareSection({
  in: ['summary'],
  order: 20,
  title: '会议和组织生活',
  blocks: async (read, { organization, year }) => {
    const { rows } =
      await sql<Counted>`select k.kind, count(*)::int as times, sum(o.present)::int as present, sum(o.expected)::int as expected
      from orglife.meetings m join orglife.meeting_organizations o on o.meeting_no = m.no cross join lateral unnest(m.kinds) as k (kind)
      join directory.organization_ancestry a on a.organization_no = o.organization_no and a.ancestor_no = ${organization.no} and a.valid @> m.held_on
      where m.state = 'recorded' and m.held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date group by 1 order by 1`.execute(
        db(read),
      )
    const under = `/meetings?under=${organization.id}&from=${year}-01-01&to=${year}-12-31`
    return tabled(
      [
        ['种类', 40],
        ['次数', 20],
        ['到会人次', 20],
        ['到会率', 20],
      ],
      rows.map(({ kind, times, present, expected }) => [
        meetingKinds[kind],
        {
          figure: String(times),
          note: `当年举行并记录的${meetingKinds[kind]}，一次会议有几种性质的各计一次。出处：${under}&kind=${kind}`,
        },
        String(present),
        expected === 0
          ? '—'
          : { figure: `${Math.round((present / expected) * 100)}%`, note: `实到 ${present} 人次 ÷ 应到 ${expected} 人次。` },
      ]),
    )
  },
})

declareSection({
  in: ['handover'],
  order: 30,
  title: '已经预定的会议和近一年议定要办的',
  blocks: async (read, { organization, today }) => {
    const planned = await sql<{
      title: string
      heldOn: string
    }>`select m.title, m.held_on::text as "heldOn" from orglife.meetings m
      join orglife.meeting_organizations o on o.meeting_no = m.no where o.organization_no = ${organization.no} and m.state = 'planned'
      order by m.held_on limit 100`.execute(db(read))
    const resolved = await sql<{ content: string; owner: string | null; due: string | null; meeting: string; heldOn: string }>`
      select r.content, p.name as owner, r.due_on::text as due, m.title as meeting, m.held_on::text as "heldOn" from orglife.resolutions r
      join orglife.meetings m on m.no = r.meeting_no and m.state = 'recorded' join orglife.meeting_organizations o on o.meeting_no = m.no
      left join directory.persons p on p.no = r.owner_no
      where o.organization_no = ${organization.no} and m.held_on > ${today}::date - 365 order by r.due_on nulls last, m.held_on desc limit 200`.execute(
      db(read),
    )
    return [
      ...planned.rows.map(({ title, heldOn }) => said(`${inChinese(heldOn)}：${title}（已预定，到时记录）。`)),
      ...tabled(
        [
          ['议定事项', 44],
          ['谁办', 14],
          ['期限', 14],
          ['哪次会议', 28],
        ],
        resolved.rows.map(({ content, owner, due, meeting, heldOn }) => [
          content,
          owner ?? '未定',
          due ?? '未定',
          `${heldOn} ${meeting}`,
        ]),
      ),
    ]
  },
})
