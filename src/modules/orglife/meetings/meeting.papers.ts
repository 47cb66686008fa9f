import { headed, paperOf, said, saidWhole, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { meetingKinds, type MeetingPage } from './meetings.contract.ts'

const part = (title: string, lines: readonly string[]): PaperBlock[] =>
  lines.length === 0 ? [] : [headed(title), ...lines.flatMap(saidWhole)]

const kindsOf = (meeting: MeetingPage) => meeting.kinds.map((kind) => meetingKinds[kind]).join('、')

const ofMeeting = (
  meeting: MeetingPage,
  paper: Pick<OfficialPaper, 'form' | 'title' | 'blocks' | 'people'> & Partial<OfficialPaper>,
): OfficialPaper =>
  paperOf(meeting.organization.name, {
    ...paper,
    signedOn: meeting.heldOn,
    standing: meeting.state === 'recorded' ? null : '会议尚未记录，仅供准备之用',
  })

function opening(meeting: MeetingPage): string {
  const hours = [meeting.startsAt, meeting.endsAt].filter(Boolean).join('至')
  const led = meeting.chair ? `，${meeting.chair.name}主持` : ''
  const place = meeting.place ? `在${meeting.place}` : ''
  const sums = meeting.organizations.map(({ name, expected, present }) => `${name}应到${expected}人，实到${present}人`).join('；')
  return `${inChinese(meeting.heldOn)}${hours ? ` ${hours}` : ''}，${meeting.organizations.map(({ name }) => name).join('、')}${place}召开${kindsOf(meeting)}${led}。${sums}。`
}

const voteLine = (vote: MeetingPage['votes'][number]) =>
  `${vote.matter}：有表决权${vote.eligible}人，到会${vote.present}人，赞成${vote.yes}票，反对${vote.no}票，弃权${vote.abstained}票，${vote.passed ? '通过' : '未通过'}。`

const resolutionLine = ({ content, owner, dueOn }: MeetingPage['resolutions'][number]) =>
  `${content}${owner || dueOn ? `（${[owner?.name, dueOn && `${inChinese(dueOn)}前`].filter(Boolean).join('，')}）` : ''}`

/** 会议纪要 as the record says it; what was not recorded is left out, not made up. */
export function minutesOf(meeting: MeetingPage): OfficialPaper {
  const named = (presence: MeetingPage['attendance'][number]['presence'], withReason: boolean) =>
    meeting.attendance
      .filter((one) => one.presence === presence)
      .map(({ name, reason }) => (withReason && reason ? `${name}（${reason}）` : name).slice(0, 40))
      .slice(0, 200)
  return ofMeeting(meeting, {
    form: 'minutes',
    mark: `${meeting.organization.name}会议纪要`.slice(0, 60),
    title: `${kindsOf(meeting)}纪要`,
    blocks: [
      said(opening(meeting)),
      ...part(
        '议题',
        meeting.agenda.map(({ title }, at) => `${at + 1}. ${title}`),
      ),
      ...part('讨论情况', (meeting.minutes ?? '').split(/\n+/).filter(Boolean)),
      ...part('表决', meeting.votes.map(voteLine)),
      ...part('议定事项', meeting.resolutions.map(resolutionLine)),
    ],
    people: [
      { label: '出席', names: named('present', false) },
      { label: '缺席', names: named('absent', true) },
      { label: '列席', names: named('sitting_in', false) },
    ].filter(({ names }) => names.length > 0),
  })
}

/** 到会名单: names with room for a signature; of a recorded meeting also who was there. Nobody needs to sign for it to count. */
export function attendanceSheetOf(meeting: MeetingPage, expected: readonly string[]): OfficialPaper {
  const known = new Map(
    meeting.attendance.map(({ name, presence, reason }) => [
      name,
      presence === 'absent' ? `缺席${reason ? `：${reason}` : ''}` : '',
    ]),
  )
  const names = meeting.state === 'recorded' ? meeting.attendance.map(({ name }) => name) : expected
  return ofMeeting(meeting, {
    form: 'plain',
    title: `${kindsOf(meeting)}到会名单`,
    blocks: [
      said(
        `${inChinese(meeting.heldOn)}${meeting.startsAt ? ` ${meeting.startsAt}` : ''}${meeting.place ? `，${meeting.place}` : ''}。共 ${names.length} 人。`,
      ),
      ...tabled(
        [
          ['序号', 12],
          ['姓名', 28],
          ['签名', 30],
          ['备注', 30],
        ],
        names.slice(0, 2000).map((name, at) => [String(at + 1), name, '', known.get(name) ?? '']),
      ),
    ],
    people: [],
  })
}
