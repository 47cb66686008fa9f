import { Fragment, type ReactNode } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { agendaCategories, meetingKinds, type MeetingPage } from '../meetings/meetings.contract.ts'
import { meetingStates } from '../meetings/meetings.lifecycle.ts'
import './meeting-form.css'

type Part = { readonly meeting: MeetingPage }

/** Everything about a meeting, as it can be read beside the list, on its own page and on paper. */
export function MeetingRecord({ meeting }: Part) {
  const planned = meeting.state === 'planned' || meeting.state === 'cancelled'
  return (
    <div className="meeting-lines">
      <Panel title="会议">
        <Standing meeting={meeting} />
        <Facts items={basicFacts(meeting)} />
      </Panel>
      <Agenda meeting={meeting} />
      {!planned && <Attendance meeting={meeting} />}
      {planned && meeting.leave.length > 0 && (
        <Panel title="请假">
          <p style={{ margin: 0 }}>{meeting.leave.map((leave) => `${leave.name}（${leave.reason}）`).join('、')}</p>
        </Panel>
      )}
      <Votes meeting={meeting} />
      <Resolutions meeting={meeting} />
      {meeting.minutes && (
        <Panel title="会议纪要">
          <p className="meeting-minutes">{meeting.minutes}</p>
        </Panel>
      )}
      <Files meeting={meeting} />
      {!planned && <Serves meeting={meeting} />}
      <Revisions meeting={meeting} />
    </div>
  )
}

function Standing({ meeting }: Part) {
  if (meeting.state === 'recorded') return null
  return (
    <div className="meeting-warn">
      <span>
        {meetingStates[meeting.state]}
        {meeting.stateReason && `：${meeting.stateReason}`}
      </span>
    </div>
  )
}

function basicFacts(meeting: MeetingPage) {
  const late = meeting.late ? <StatusTag tone="late">补记</StatusTag> : null
  return [
    { term: '类别', value: meeting.kinds.map((kind) => meetingKinds[kind]).join('、') },
    { term: '召开组织', value: meeting.organizations.map((organization) => organization.name).join('、') },
    { term: '开会日期', value: inChinese(meeting.heldOn) },
    {
      term: '记录日期',
      value: meeting.recordedOn && (
        <>
          {inChinese(meeting.recordedOn)} {late}
        </>
      ),
    },
    ...(meeting.lateReason ? [{ term: '补记理由', value: meeting.lateReason, wide: true }] : []),
    { term: '主持', value: meeting.chair?.name },
    ...(meeting.kinds.includes('lecture') ? [{ term: '主讲', value: meeting.speaker?.name }] : []),
    ...(meeting.startsAt ? [{ term: '时间', value: [meeting.startsAt, meeting.endsAt].filter(Boolean).join('—') }] : []),
    ...(meeting.place ? [{ term: '地点', value: meeting.place }] : []),
  ]
}

function Agenda({ meeting }: Part) {
  return (
    <Panel title="议程">
      <ol className="meeting-agenda">
        {meeting.agenda.map((item, at) => (
          // The agenda is a fixed order; its place is what an item is known by.
          <li key={`${at} ${item.title}`}>
            <div className="meeting-item">
              <b aria-hidden="true">{at + 1}</b>
              <span>{item.title}</span>
              <StatusTag tone={item.category === 'political_theory' ? 'done' : 'none'}>
                {agendaCategories[item.category]}
              </StatusTag>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Attendance({ meeting }: Part) {
  const absent = meeting.attendance.filter((row) => row.presence === 'absent')
  const present = meeting.attendance.filter((row) => row.presence === 'present')
  const sitting = meeting.attendance.filter((row) => row.presence === 'sitting_in')
  const several = meeting.organizations.length > 1
  return (
    <Panel title={`到会 ${meeting.present} / ${meeting.expected}`}>
      {several && (
        <ul className="meeting-done">
          {meeting.organizations.map((organization) => (
            <li key={organization.id}>
              <span>{organization.name}</span>
              <span className="meeting-soft">
                到会 {organization.present} / {organization.expected}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Facts
        items={[
          {
            term: '缺席',
            value: absent.length > 0 ? absent.map((row) => `${row.name}（${row.reason ?? ''}）`).join('、') : '无',
            wide: true,
          },
          { term: '到会', value: present.map((row) => row.name).join('、'), wide: true },
          ...(sitting.length > 0 ? [{ term: '列席', value: sitting.map((row) => row.name).join('、'), wide: true }] : []),
        ]}
      />
    </Panel>
  )
}

function Votes({ meeting }: Part) {
  if (meeting.votes.length === 0) return null
  return (
    <Panel title="表决">
      <Wide>
        <table className="meeting-table">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col">应到有表决权</th>
              <th scope="col">到会</th>
              <th scope="col">赞成</th>
              <th scope="col">不赞成</th>
              <th scope="col">弃权</th>
              <th scope="col">结果</th>
            </tr>
          </thead>
          <tbody>
            {meeting.votes.map((vote) => (
              <tr key={vote.matter}>
                <td>{vote.matter}</td>
                <td>{vote.eligible}</td>
                <td>{vote.present}</td>
                <td>{vote.yes}</td>
                <td>{vote.no}</td>
                <td>{vote.abstained}</td>
                <td>{vote.passed ? '通过' : '未通过'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}

function Wide(props: { children: ReactNode }) {
  return <div className="meeting-wide">{props.children}</div>
}

function Resolutions({ meeting }: Part) {
  if (meeting.resolutions.length === 0) return null
  return (
    <Panel title="决议">
      <ul className="meeting-done">
        {meeting.resolutions.map((resolution) => (
          <li key={resolution.content}>
            <span>{resolution.content}</span>
            <span className="meeting-soft">
              {[resolution.owner?.name, resolution.dueOn && `${inChinese(resolution.dueOn)}前`].filter(Boolean).join('，')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Files({ meeting }: Part) {
  if (meeting.files.length === 0) return null
  return (
    <Panel title="附件">
      <ul className="meeting-files">
        {meeting.files.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/files/${file.id}`}>{file.name}</a>
            <span className="meeting-soft">{sizeInWords(file.bytes)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Where the record is counted, and where not and why. */
function Serves({ meeting }: Part) {
  const several = meeting.organizations.length > 1
  return (
    <Panel title="计入" note="一次记录，凡能计入的要求都计入">
      {meeting.serves.length === 0 && <p style={{ margin: 0 }}>没有按期的要求计入这次会议。</p>}
      <ul className="meeting-done">
        {meeting.serves.map((each) => (
          <li key={`${each.requirement} ${each.period} ${each.organization}`}>
            {each.reason === null ? <StatusTag tone="done">计入</StatusTag> : <StatusTag tone="short">未计入</StatusTag>}
            <Go to={`/rules/${encodeURIComponent(each.requirement)}`}>
              {each.requirement} {each.title}
            </Go>
            <span className="meeting-soft">
              {periodInChinese(period(each.period))}
              {several && ` · ${each.organization}`}
            </span>
            {each.reason && <span style={{ flexBasis: '100%' }}>{each.reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const stamp = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
const stateWords = meetingStates as Readonly<Record<string, string>>

function Revisions({ meeting }: Part) {
  return (
    <Panel title="修改经过">
      <dl className="meeting-lines" style={{ margin: 0, gap: 4 }}>
        {meeting.revisions.map((revision) => (
          <Fragment key={revision.revision}>
            <dt>
              第 {revision.revision} 版 · {stateWords[revision.state] ?? revision.state}
              <span className="meeting-soft">
                {' '}
                {stamp.format(new Date(revision.recordedAt))} {revision.by}
              </span>
            </dt>
            <dd style={{ margin: '0 0 0 1.5em' }}>{revision.reason}</dd>
          </Fragment>
        ))}
      </dl>
    </Panel>
  )
}
