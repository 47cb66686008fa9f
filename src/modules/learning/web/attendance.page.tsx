import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { CallProblem } from '../../../kernel/http/call.ts'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded, sentenceOf } from '../../../ui/states.tsx'
import { StickyActions } from '../../../ui/sticky-actions.tsx'
import { type Reply } from '../../../kernel/http/call.ts'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { attendClass, type ClassPage, classCandidates, showClass } from '../classes/classes.contract.ts'
import { absentOf, commonReasons, type Missed, missingOf, tapped } from './attendance.rules.ts'
import './training.css'

/** 登记出勤, in one hand: everybody was there unless tapped. */
export function AttendancePage() {
  const id = useParam('id')
  const held = useCall(showClass, { params: { id } })
  return <Loaded query={held}>{(page) => <Attendance key={page.id} page={page} />}</Loaded>
}

interface Person {
  readonly personId: string
  readonly name: string
}

function useAttendance(page: ClassPage) {
  const [missing, setMissing] = useState(() => missingOf(page.people, page.sessions.length))
  const [people, setPeople] = useState<readonly Person[]>(page.people)
  const [why, setWhy] = useState('')
  const sending = useSubmit(attendClass)
  const again = page.state === 'held'
  const lateAsked = sending.error instanceof CallProblem && sending.error.code === 'learning.late_reason_missing'
  const listed = people.map(({ personId }) => personId)
  const changed = listed.length !== page.people.length
  const send = () =>
    sending.submit({
      params: { id: page.id },
      body: {
        revision: page.revision,
        absent: absentOf(missing).filter(({ personId }) => listed.includes(personId)),
        ...(changed && { personIds: listed }),
        ...(why && (again ? { reason: why } : { lateReason: why })),
      },
    })
  return { missing, setMissing, people, setPeople, why, setWhy, sending, again, asksWhy: again || lateAsked, send }
}

function Attendance({ page }: { page: ClassPage }) {
  const entry = useAttendance(page)
  const [done, setDone] = useState<Reply<typeof attendClass> | null>(null)
  const crumbs = [{ label: page.title, to: `/training-classes/${page.id}` }]
  const title = entry.again ? '更正出勤' : '登记出勤'
  if (done)
    return (
      <Page title={title} crumbs={crumbs} narrow>
        <Done id={page.id} done={done} />
      </Page>
    )
  const absent = entry.people.filter(({ personId }) => entry.missing[personId])
  return (
    <Page title={title} crumbs={crumbs} narrow>
      <div className="training-lines">
        <Panel
          title={`到课 ${entry.people.length - absent.length} / ${entry.people.length}`}
          note="默认全到，点名字改缺课，再点改回"
        >
          <ul className="training-names">
            {entry.people.map((person) => (
              <li key={person.personId}>
                <button
                  type="button"
                  className="training-name"
                  aria-pressed={entry.missing[person.personId] !== undefined}
                  onClick={() => entry.setMissing(tapped(entry.missing, person.personId))}
                >
                  {person.name}
                  {entry.missing[person.personId] && <small>{entry.missing[person.personId]?.reason}</small>}
                </button>
              </li>
            ))}
          </ul>
          {entry.people.length === 0 && <Everybody page={page} onChoose={entry.setPeople} />}
        </Panel>
        {absent.map((person) => (
          <Why
            key={person.personId}
            name={person.name}
            sessions={page.sessions.map(({ title: name }) => name)}
            value={entry.missing[person.personId] as Missed}
            onChange={(value) => entry.setMissing({ ...entry.missing, [person.personId]: value })}
          />
        ))}
        {entry.asksWhy && (
          <Panel title={entry.again ? '更正理由' : '补记理由'}>
            <Input.TextArea
              aria-label={entry.again ? '更正理由' : '补记理由'}
              autoSize={{ minRows: 2 }}
              maxLength={300}
              value={entry.why}
              onChange={(event) => entry.setWhy(event.target.value)}
            />
          </Panel>
        )}
        {entry.sending.error !== null && (
          <p className="training-fault" role="alert">
            {sentenceOf(entry.sending.error)}
          </p>
        )}
        <StickyActions note={`共 ${page.sessions.length} 课 ${page.hours} 学时`}>
          <Button
            type="primary"
            loading={entry.sending.pending}
            onClick={() => void entry.send().then((reply) => reply && setDone(reply))}
          >
            记好
          </Button>
        </StickyActions>
      </div>
    </Page>
  )
}

interface WhyProps {
  readonly name: string
  readonly sessions: readonly string[]
  readonly value: Missed
  readonly onChange: (value: Missed) => void
}

function Why({ name, sessions, value, onChange }: WhyProps) {
  return (
    <Panel title={`${name}缺课`}>
      <div className="training-acts">
        <Select
          aria-label={`${name}缺哪一课`}
          style={{ minWidth: '10em' }}
          value={value.session}
          options={[{ value: 0, label: '全部课程' }, ...sessions.map((title, index) => ({ value: index + 1, label: title }))]}
          onChange={(session: number) => onChange({ ...value, session })}
        />
        <Select
          aria-label={`${name}缺课原因`}
          style={{ minWidth: '8em' }}
          value={value.reason}
          options={commonReasons.map((reason) => ({ value: reason, label: reason }))}
          onChange={(reason: string) => onChange({ ...value, reason })}
        />
      </div>
    </Panel>
  )
}

/** Where nobody was registered before: those of the target group, all at once. */
function Everybody({ page, onChoose }: { page: ClassPage; onChoose: (people: readonly Person[]) => void }) {
  const read = useCall(classCandidates, { query: { organization: page.organization.id, targetGroup: page.targetGroup } })
  const people = read.data?.items ?? []
  if (people.length === 0) return <p className="training-soft">还没有报名名单。请先更正培训班，选好培训对象。</p>
  return <Button onClick={() => onChoose(people)}>全体 {people.length} 人</Button>
}

function Done({ id, done }: { id: string; done: Reply<typeof attendClass> }) {
  const titles = [...new Set(done.satisfied.map(({ title }) => title))]
  return (
    <Panel title="出勤已记好">
      <div className="training-lines">
        <p>共计入 {done.credited} 学时，记到每个人的学时账。</p>
        {titles.length > 0 && <p>同时满足：{titles.join('、')}</p>}
        {done.hints.map((hint) => (
          <p key={hint}>{hint}</p>
        ))}
        <div className="training-acts">
          <GoButton to={`/training-classes/${id}`} type="primary">
            看这个班
          </GoButton>
        </div>
      </div>
    </Panel>
  )
}
