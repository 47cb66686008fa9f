import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { readKept } from '../../../ui/device-store.ts'
import { GoButton, Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { type Session, useAbility, useSession } from '../../../ui/session.tsx'
import { Loading, Refused } from '../../../ui/states.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { entryServing } from '../../orglife/entries/entry-measure-parameters.contract.ts'
import { entryKinds } from '../../orglife/entries/kinds.contract.ts'
import { draftKeyOf, entryAddress, entryDraftKey, recordAddress, workAddress, workDraftKey } from '../../orglife/web/index.ts'
import { tagServing } from '../../orglife/work-records/measure-parameters.contract.ts'
import {
  declareNotDone,
  listObligations,
  type Obligation,
  type Status,
  statuses,
  strengths,
} from '../../rulebook/obligations/obligations.contract.ts'
import './due.css'
import { dueInWords, type Heap, heaps, mayBeDeclared, meetingKindFor, type SortedDuties, sortDuties } from './due-lines.rules.ts'

const mostOrganizations = 6
const shownAtOnce = 8

/** The organizations that the account keeps, by its grants; a plain member keeps none. */
export function keptOrganizations(session: Session): { id: string; name: string }[] {
  const kept = session.grants.filter((grant) => grant.role !== 'member').map((grant) => grant.organization)
  return [...new Map(kept.map((organization) => [organization.id, organization])).values()].slice(0, mostOrganizations)
}

export interface DutiesState {
  readonly sorted: SortedDuties | null
  readonly pending: boolean
  readonly error: unknown
  readonly retry: () => void
}

/** The year's duties of the organizations kept and of the person, in heaps. */
export function useMyDuties(): DutiesState {
  const session = useSession()
  const may = useAbility('rulebook.obligation.read')
  const keeps = useAbility('orglife.meeting.record')
  const year = session.today.slice(0, 4)
  // A branch answers with its groups along, so that it stays one request for each organization.
  const kept = keeps ? keptOrganizations(session).map((each) => ({ subject: each.id, groups: 'yes' as const })) : []
  const own = session.person ? [{ subject: session.person.id }] : []
  const subjects = may ? [...kept, ...own] : []
  const queries = useQueries({
    queries: subjects.map((subject) => {
      const input = { query: { ...subject, period: year } }
      return {
        queryKey: ['call', listObligations.path, input],
        queryFn: ({ signal }: { signal: AbortSignal }) => call(listObligations, input, { signal }),
      }
    }),
  })
  const failed = queries.find((query) => query.isError && query.data === undefined)
  // Whoever leads a group of the branch that he keeps as well would get its duties twice.
  const duties = new Map(queries.flatMap((query) => query.data?.items ?? []).map((duty) => [keyOf(duty), duty]))
  const some = queries.some((query) => query.data !== undefined)
  return {
    sorted: some || subjects.length === 0 ? sortDuties([...duties.values()], session.today) : null,
    pending: queries.some((query) => query.isPending),
    error: failed?.error ?? null,
    retry: () => void Promise.all(queries.filter((query) => query.isError).map((query) => query.refetch())),
  }
}

/** What is due of the organizations and the person: missed first, then by when it is due, then what is done. */
export function MyDuties({ state, below }: { state: DutiesState; below: boolean | null }) {
  const [declared, setDeclared] = useState<Obligation | null>(null)
  const { sorted } = state
  if (!sorted) {
    return (
      <Panel title="要办的事">{state.error !== null ? <Refused error={state.error} onRetry={state.retry} /> : <Loading />}</Panel>
    )
  }
  const several = new Set([...Object.values(sorted.open).flat(), ...sorted.done].map((duty) => duty.subject.id)).size > 1
  return (
    <>
      {state.error !== null && (
        <Panel title="有的组织没有读出来">
          <Refused error={state.error} onRetry={state.retry} />
        </Panel>
      )}
      {(Object.keys(heaps) as Heap[]).map((heap) => (
        <HeapPanel key={heap} heap={heap} duties={sorted.open[heap]} several={several} onDeclare={setDeclared} />
      ))}
      <Nothing sorted={sorted} below={below} />
      {sorted.byTheWay.length > 0 && (
        <p className="due-note">
          记会议时自动计入，不用另办：
          {[...new Set(sorted.byTheWay.map((duty) => `${duty.title}（${duty.requirement}）`))].join('、')}
        </p>
      )}
      <DoneFold duties={sorted.done} several={several} />
      <Declare duty={declared} onClose={() => setDeclared(null)} />
    </>
  )
}

function HeapPanel(props: {
  heap: Heap
  duties: readonly Obligation[]
  several: boolean
  onDeclare: (duty: Obligation) => void
}) {
  const { duties, heap } = props
  const [all, setAll] = useState(false)
  if (duties.length === 0) return null
  const shown = all ? duties : duties.slice(0, shownAtOnce)
  return (
    <Panel title={heaps[heap]} note={`${duties.length} 项`} flush>
      <ul className="due-lines">
        {shown.map((duty) => (
          <DutyLine key={keyOf(duty)} duty={duty} several={props.several} onDeclare={() => props.onDeclare(duty)} />
        ))}
      </ul>
      {shown.length < duties.length && (
        <div className="due-more">
          <Button onClick={() => setAll(true)}>再看 {duties.length - shown.length} 项</Button>
        </div>
      )}
    </Panel>
  )
}

const keyOf = (duty: Obligation) => `${duty.requirement} ${duty.subject.id} ${duty.period}`

const tones: Readonly<Record<Status, Tone>> = {
  met: 'done',
  met_late: 'late',
  unmet: 'short',
  not_reported: 'missing',
  not_due: 'pending',
  exempt: 'exempt',
  not_applicable: 'none',
}

interface DutyLineProps {
  readonly duty: Obligation
  readonly several: boolean
  readonly onDeclare: () => void
}

/** One duty: what, of when, until when, how it stands, and the one act that helps. */
function DutyLine(props: DutyLineProps) {
  const { duty } = props
  const session = useSession()
  const address = recordingOf(duty, session.today)
  const draft = address !== null && readKept('draft', session.account.id, address.draftKey) !== null
  return (
    <li className="due-line">
      <div className="due-what">
        <strong>{duty.title}</strong>
        <StatusTag tone={tones[duty.status]}>{statuses[duty.status]}</StatusTag>
        {duty.strength === 'soft' && <StatusTag tone="none">{strengths.soft}</StatusTag>}
        {draft && <StatusTag tone="late">有草稿</StatusTag>}
        <span className="due-meta">
          {periodInChinese(period(duty.period))} ·{' '}
          <span className={isMissed(duty) ? 'short' : undefined}>{dueInWords(duty.due, session.today)}</span>
          {props.several && ` · ${duty.subject.name}`} · {duty.requirement}
        </span>
      </div>
      <DutyActs {...props} address={address} draft={draft} />
    </li>
  )
}

const isMissed = (duty: Obligation) => duty.status === 'unmet' || duty.status === 'not_reported'

function DutyActs(props: DutyLineProps & { address: ReturnType<typeof recordingOf>; draft: boolean }) {
  const { duty, address } = props
  const today = useSession().today
  const mayRecord = useAbility(address?.needs ?? 'orglife.meeting.record') && !done.includes(duty.status)
  const mayDeclare = useAbility('rulebook.obligation.declare_not_done') && mayBeDeclared(duty, today)
  const which = `${periodInChinese(period(duty.period))} ${duty.title}`
  const record = duty.evidence.find((each) => shown.includes(each.kind))
  return (
    <div className="due-acts">
      {address && mayRecord && <RecordIt duty={duty} address={address} draft={props.draft} which={which} />}
      {record && (
        <Go to={`/${pageOf(record.kind)}/${record.id}`} label={`看记录：${which}`}>
          看记录
        </Go>
      )}
      {mayDeclare && (
        <Button type="text" aria-label={`报未开展：${which}`} onClick={props.onDeclare}>
          报未开展
        </Button>
      )}
    </div>
  )
}

interface RecordItProps {
  readonly duty: Obligation
  readonly address: NonNullable<ReturnType<typeof recordingOf>>
  readonly draft: boolean
  readonly which: string
}

/** To the form that would meet the duty, or back to what was begun there. */
function RecordIt({ duty, address, draft, which }: RecordItProps) {
  const word = draft ? '接着记' : isMissed(duty) ? '补记' : address.word
  return (
    <GoButton to={address.to} label={`${word}：${which}`}>
      {word}
    </GoButton>
  )
}

const done: readonly Status[] = ['met', 'met_late']
/** Records that have a page of their own to look at. */
const pageOf = (kind: string) => entryKinds.find(({ code }) => code === kind)?.collection ?? `${kind}s`
const shown: readonly string[] = ['meeting', 'work-record', 'determination', ...entryKinds.map(({ code }) => code)]

/** The form's address for a duty, preset; null where no record helps. A past period goes along, so that the day is asked. */
function recordingOf(duty: Obligation, today: string) {
  const past = period(duty.period).ends < today
  const preset = { organization: duty.organization.id, ...(past && { period: duty.period }) }
  const kind = meetingKindFor(duty)
  if (kind !== null) {
    const meeting = { ...preset, kind }
    return { to: recordAddress(meeting), draftKey: draftKeyOf(meeting), word: '记会议', needs: 'orglife.meeting.record' }
  }
  if (duty.measure.name === 'orglife.political_checks')
    return {
      to: '/political-checks/new',
      draftKey: 'political-check:new',
      word: '去考察',
      needs: 'orglife.political_check.start',
    }
  const own = entryKinds.find(({ code }) => code === entryServing(duty.measure))
  if (own) {
    const to = entryAddress(own.collection, preset)
    return { to, draftKey: entryDraftKey(own.collection, preset), word: '去记', needs: `${own.permission}.record` }
  }
  const tag = tagServing(duty.measure)
  if (tag === null) return null
  const work = { ...preset, tag }
  return { to: workAddress(work), draftKey: workDraftKey(work), word: '去记', needs: 'orglife.work_record.record' }
}

/** All is done is said only of one's own, and only when it is known that nothing is owed below. */
function Nothing({ sorted, below }: { sorted: SortedDuties; below: boolean | null }) {
  if (Object.values(sorted.open).some((heap) => heap.length > 0)) return null
  const { next } = sorted
  if (!next && (sorted.done.length === 0 || below === null)) return null
  return (
    <Panel title="要办的事">
      <p style={{ margin: 0 }}>
        {below === false && '到期的都已办好。'}
        {below === true && '本级和您自己到期的都已办好；下级组织欠办的见“等我办的”。'}
        {next &&
          `下一项：${next.title}，${periodInChinese(period(next.period))}，${Number(period(next.period).starts.slice(5, 7))}月起可以办。`}
      </p>
    </Panel>
  )
}

function DoneFold(props: { duties: readonly Obligation[]; several: boolean }) {
  if (props.duties.length === 0) return null
  return (
    <details className="due-fold">
      <summary>近期已办 {props.duties.length} 项</summary>
      <ul className="due-lines">
        {props.duties.map((duty) => (
          <DutyLine key={keyOf(duty)} duty={duty} several={props.several} onDeclare={() => undefined} />
        ))}
      </ul>
    </details>
  )
}

/** 报未开展: an honest no, with its reason; a meeting recorded later still counts. */
function Declare(props: { duty: Obligation | null; onClose: () => void }) {
  const declaring = useSubmit(declareNotDone)
  const { duty } = props
  return (
    <ConfirmReason
      open={duty !== null}
      title="报未开展"
      sentence={
        duty && `${periodInChinese(period(duty.period))} ${duty.title}：如实说明没有开展的原因。以后开了，照常记会议即可。`
      }
      reasonLabel="没有开展的原因"
      onConfirm={async (reason) => {
        if (duty)
          await declaring.send({ body: { requirement: duty.requirement, subject: duty.subject.id, period: duty.period, reason } })
      }}
      onClose={props.onClose}
    />
  )
}
