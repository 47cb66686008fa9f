import type { ReactNode } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { agendaCategories, meetingKinds, type MeetingPage } from '../meetings/meetings.contract.ts'
import { meetingStates } from '../meetings/meetings.lifecycle.ts'
import { FilesPanel, RevisionsPanel, ServesPanel } from './record-parts.tsx'
import './meeting-form.css'

type Part = { readonly meeting: MeetingPage }

/** Everything about a meeting, as it can be read beside the list, on its own page and on paper. */
export function MeetingRecord({ meeting }: Part) {
  const planned = meeting.state === 'planned' || meeting.state === 'cancelled'
  return (
    <div className="meeting-lines">
      <Panel title="会议">
        <Standing meeting={meeting} />
        {meeting.notValid.map((reason) => (
          <div key={reason} className="meeting-warn">
            {reason}
          </div>
        ))}
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
      <FilesPanel files={meeting.files} />
      {!planned && <ServesPanel serves={meeting.serves} several={meeting.organizations.length > 1} />}
      <RevisionsPanel revisions={meeting.revisions} states={meetingStates} />
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
    <Panel
      title={meeting.kinds.includes('organization_life_meeting') ? '整改事项和决议' : '决议'}
      note={<Go to="/resolutions">看落实情况</Go>}
    >
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
