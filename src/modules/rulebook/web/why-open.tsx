import { Go } from '../../../ui/go.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type Trace, trace } from '../indicators/indicators.contract.ts'
import { type Status, statuses } from '../obligations/obligations.contract.ts'
import { followUpAddress, obligationsAddress, recordAddress, recordingAddress } from './addresses.rules.ts'
import { toneOf } from './figures.rules.ts'
import type { WhyQuery } from './why-panel.tsx'
import './why-panel.css'

type OpenRow = Trace['open'][number]

const most = 500

/** What is short, not reported or late; what only counsels stands apart and is owed by nobody. */
export function WhyOpen(props: { figure: Trace; query: WhyQuery }) {
  const { figure, query } = props
  const [limit, setLimit] = useState(figure.open.length)
  const wanted = limit > figure.open.length
  const more = useCall(trace, wanted ? { query: { ...query, limit: Math.min(limit, most) } } : null, { keepPrevious: true })
  const rows = more.data?.open ?? figure.open
  const hard = rows.filter((row) => row.strength === 'hard')
  const soft = rows.filter((row) => row.strength === 'soft')
  if (figure.openTotal === 0) return <p className="why-muted">没有未达标、未报或迟办的事项。</p>
  return (
    <>
      <OpenList title="未达标、未报和迟办" rows={hard} query={query} />
      <OpenList title="“提示”类，不算欠办" rows={soft} query={query} />
      {more.isError && <p role="alert">{sentenceOf(more.error)}</p>}
      {figure.openTotal > rows.length && (
        <p className="why-more">
          <span className="why-muted">
            已列 {rows.length} / {figure.openTotal} 项
          </span>
          {rows.length < most ? (
            <Button size="small" loading={more.isFetching} onClick={() => setLimit(rows.length + 50)}>
              再看一些
            </Button>
          ) : (
            <Go to={obligationsAddress({ under: query.organization, period: query.period })}>到应办事项里看全部</Go>
          )}
        </p>
      )}
    </>
  )
}

function OpenList(props: { title: string; rows: readonly OpenRow[]; query: WhyQuery }) {
  if (props.rows.length === 0) return null
  return (
    <section>
      <h3>{props.title}</h3>
      <ul className="why-rows">
        {props.rows.map((row) => (
          <li key={`${row.requirement} ${row.period} ${row.organization.id} ${row.subject.id} ${row.strength}`}>
            <OpenLine row={row} query={props.query} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const nameOfStatus = (status: string): Status => (status in statuses ? (status as Status) : 'not_applicable')

function OpenLine(props: { row: OpenRow; query: WhyQuery }) {
  const { row } = props
  const status = nameOfStatus(row.status)
  const who = row.subject.kind === 'person' ? `${row.organization.name} ${row.subject.name}` : row.organization.name
  return (
    <div className="why-open">
      <StatusTag tone={toneOf[status]}>{statuses[status]}</StatusTag>
      <div>
        <p>
          {who} · {periodInChinese(period(row.period))} {row.title} {row.requirement}
        </p>
        <p className="why-muted">{row.why}</p>
      </div>
      <Act row={row} status={status} />
    </div>
  )
}

/** The one act that helps: look at the record there is, record what is missing in one's own organization, or follow it up. */
function Act(props: { row: OpenRow; status: Status }) {
  const { row, status } = props
  const session = useSession()
  const records = useAbility('orglife.meeting.record')
  const followsUp = useAbility('supervision.case.read')
  const [record] = row.records
  if (record) return <Go to={recordAddress(record)}>看记录</Go>
  const own = session.organizations.some((organization) => organization.id === row.organization.id)
  if (own && records && status === 'not_reported') return <Go to={recordingAddress(row.organization.id)}>去补记</Go>
  if (!followsUp || row.strength === 'soft') return null
  return <Go to={followUpAddress(row.organization.id, `${periodInChinese(period(row.period))} ${row.title}`)}>提醒督办</Go>
}
