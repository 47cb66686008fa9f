import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'antd'
import { addDays, inChinese } from '../../../kernel/time/civil-date.ts'
import { call } from '../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Empty, Loading, Refused } from '../../../ui/states.tsx'
import { StatusTag, type Tone as TagTone } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { branchKinds } from '../../directory/organizations/organizations.contract.ts'
import { listMeetings, meetingKinds, type MeetingLine } from '../../orglife/meetings/meetings.contract.ts'
import { recordAddress } from '../../orglife/web/index.ts'
import { owedBelow } from '../../rulebook/obligations/obligations.contract.ts'
import { type DueItem, listDue, type Tone, tones } from '../due/due.contract.ts'
import './due.css'
import { daysInWords } from './due-lines.rules.ts'
import { MyDuties, useMyDuties } from './my-duties.tsx'

/** 待办: what is due of me, the first page for every role. */
export function DuePage() {
  const session = useSession()
  const items = useCall(listDue, {})
  const duties = useMyDuties()
  const meetings = usePlanned()
  const nothing = items.data?.items.length === 0 && meetings.length === 0 && idle(duties)
  return (
    <Page title="待办" note={inChinese(session.today)} actions={<Acts />}>
      {nothing ? (
        <div className="due-columns">
          <Panel title="要办的事">
            <Empty sentence={nothingFor(session.account.administrator)} />
          </Panel>
        </div>
      ) : (
        <div className={meetings.length > 0 ? 'due-columns two' : 'due-columns'}>
          <div>
            {items.data && <WorkItems items={items.data.items} today={session.today} />}
            {items.isPending && <Loading />}
            {items.isError && (
              <Panel title="等我办的">
                <Refused error={items.error} onRetry={() => void items.refetch()} />
              </Panel>
            )}
            <MyDuties state={duties} below={below(items.data)} />
          </div>
          {meetings.length > 0 && <Planned meetings={meetings} today={session.today} />}
        </div>
      )}
    </Page>
  )
}

function Acts() {
  const reads = useAbility('rulebook.obligation.read')
  const collects = useAbility('desk.collection.export')
  const records = useAbility('orglife.meeting.record')
  return (
    <>
      {reads && <Go to="/calendar">应办日历</Go>}
      {collects && <Go to="/collections">材料</Go>}
      {records && (
        <GoButton to={recordAddress({})} type="primary">
          记会议
        </GoButton>
      )}
    </>
  )
}

/** Whether what stands below owes something; unknown until the items are read. */
const below = (read: { items: readonly DueItem[] } | undefined): boolean | null =>
  read?.items.some((item) => item.kind === owedBelow) ?? null

const lookBack = 60
const mostOwn = 4

/** Meetings planned by the organizations that I belong to; of a body with branches below only its own. */
function usePlanned(): readonly MeetingLine[] {
  const session = useSession()
  const reads = useAbility('orglife.meeting.read')
  const own = reads ? session.organizations.slice(0, mostOwn) : []
  const from = addDays(session.today, -lookBack)
  const queries = useQueries({
    queries: own.map((organization) => {
      const input = { query: { under: organization.id, state: 'planned' as const, from, sort: 'heldOn' as const, limit: 50 } }
      return {
        queryKey: ['call', listMeetings.path, input],
        queryFn: ({ signal }: { signal: AbortSignal }) => call(listMeetings, input, { signal }),
      }
    }),
  })
  const mine = queries.flatMap((query, at) => (query.data?.items ?? []).filter((meeting) => concerns(meeting, own[at])))
  return [...new Map(mine.map((meeting) => [meeting.id, meeting])).values()].sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1))
}

const small: readonly string[] = ['group', ...branchKinds]

function concerns(meeting: MeetingLine, organization: { id: string; kind: string } | undefined): boolean {
  return (
    organization !== undefined &&
    (small.includes(organization.kind) || meeting.together > 1 || meeting.organization.id === organization.id)
  )
}

function idle(duties: ReturnType<typeof useMyDuties>): boolean {
  const { sorted } = duties
  return (
    !duties.error &&
    sorted !== null &&
    sorted.done.length === 0 &&
    sorted.next === null &&
    Object.values(sorted.open).every((heap) => heap.length === 0)
  )
}

/** What will stand here, for whoever has nothing before them. */
function nothingFor(administrator: string | null): string {
  if (administrator === 'security') return '现在没有等您办的事。有待审批的账号和授权时，会列在这里。'
  if (administrator === 'system') return '现在没有等您办的事。有没用过的一次性密码、久不登录的账号时，会列在这里。'
  if (administrator === 'audit') return '现在没有等您办的事。台账校验有异常时，会列在这里。'
  return '现在没有等您办的事。预定了会议、有事项到期或督办转到您这里时，会列在这里。'
}

const tagTones: Readonly<Record<Tone, TagTone>> = { short: 'short', soon: 'late', waiting: 'pending', info: 'none' }
const shownAtOnce = 12

/** What waits for me elsewhere in the system; things of a sort stand as one line with their number. */
function WorkItems(props: { items: readonly DueItem[]; today: string }) {
  const [all, setAll] = useState(false)
  if (props.items.length === 0) return null
  const shown = all ? props.items : props.items.slice(0, shownAtOnce)
  const count = props.items.reduce((sum, item) => sum + (item.count ?? 1), 0)
  return (
    <Panel title="等我办的" note={`${count} 项`} flush>
      <ul className="due-lines">
        {shown.map((item) => (
          <li key={item.id} className="due-line">
            <div className="due-what">
              <StatusTag tone={tagTones[item.tone]}>{tones[item.tone]}</StatusTag>
              <Go to={item.link}>{item.title}</Go>
              <span className="due-meta">
                {[item.detail, item.due && daysInWords(item.due, props.today)].filter(Boolean).join(' · ')}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {shown.length < props.items.length && (
        <div className="due-more">
          <Button onClick={() => setAll(true)}>再看 {props.items.length - shown.length} 条</Button>
        </div>
      )}
    </Panel>
  )
}

/** Meetings planned in my organizations: to go to, to ask leave from, or to record when they are over. */
function Planned(props: { meetings: readonly MeetingLine[]; today: string }) {
  const records = useAbility('orglife.meeting.record')
  return (
    <Panel title="预定的会议" flush>
      <ul className="due-lines">
        {props.meetings.map((meeting) => (
          <li key={meeting.id} className="due-line">
            <div className="due-what">
              <Go to={`/meetings/${meeting.id}`}>{meeting.title}</Go>
              <span className="due-meta">
                {meeting.heldOn < props.today
                  ? `${inChinese(meeting.heldOn).slice(5)}，已过，还没有记`
                  : inChinese(meeting.heldOn).slice(5)}
                {meeting.heldOn === props.today && '，今天'} · {meeting.organization.name} ·{' '}
                {meeting.kinds.map((kind) => meetingKinds[kind]).join('、')}
              </span>
            </div>
            {records && meeting.heldOn <= props.today && (
              <div className="due-acts">
                <GoButton to={recordAddress({ planned: meeting.id })} label={`记会议：${meeting.title}`}>
                  记会议
                </GoButton>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
