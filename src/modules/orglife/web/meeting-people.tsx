import { CloseCircleFilled } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { absenceFaults, choicesFor, isUnexplained, tapped } from './meeting-absence.rules.ts'
import type { Entry } from './meeting-entry.client.ts'
import { type Attendee, exemptReason } from './meeting-entry.rules.ts'

/** Above this many names only the absent and what is searched for are shown. */
const manyNames = 48

/** 到会: everybody came unless tapped; a tap makes absent at once, and the reason stands beside to be changed. */
export function PeoplePart(props: { entry: Entry; faults: ReadonlyMap<string, string> }) {
  const { entry } = props
  const { heads, people } = entry
  const id = useId()
  const [opened, setOpened] = useState<readonly string[]>([])
  const [text, setText] = useState('')
  const [all, setAll] = useState(false)
  const faults = absenceFaults(people, props.faults)
  const many = people.length > manyNames && !all
  const shown = many ? people.filter((person) => person.reason !== null || (text !== '' && person.name.includes(text))) : people
  const isOpen = (person: Attendee) =>
    person.reason !== null && (opened.includes(person.personId) || isUnexplained(person) || faults.byPerson.has(person.personId))
  const unexplained = people.filter(isUnexplained).map((person) => person.personId)
  const open = (personId: string) => setOpened([...new Set([...unexplained, personId])])
  const close = (personId: string) => {
    setOpened(opened.filter((one) => one !== personId))
    document.getElementById(`${id}-${personId}`)?.focus()
  }
  const answer = ({ personId }: Attendee, reason: string | null) =>
    entry.change({ absent: { ...entry.value.absent, [personId]: reason } })
  const tap = (person: Attendee) => {
    const reason = tapped(person)
    answer(person, reason)
    if (reason === null) setOpened(opened.filter((one) => one !== person.personId))
    else open(person.personId)
  }
  return (
    <section className="meeting-part" aria-label="到会" aria-busy={entry.reading}>
      <h2>
        到会 {heads.present} / {heads.expected} <small>默认全到，点名字改缺席，再点改回</small>
      </h2>
      {many && (
        <div className="meeting-pair" style={{ margin: '0 0 10px' }}>
          <Input
            aria-label="找名字"
            placeholder={`共 ${people.length} 人，输入名字找缺席的人`}
            value={text}
            allowClear={{ clearIcon: <CloseCircleFilled aria-label="清除输入" /> }}
            onChange={(event) => setText(event.target.value.trim())}
          />
          <Button onClick={() => setAll(true)}>全部名单</Button>
        </div>
      )}
      <ul className="meeting-names">
        {shown.flatMap((person) => [
          <li key={person.personId}>
            <Name
              id={`${id}-${person.personId}`}
              person={person}
              open={isOpen(person)}
              onTap={() => tap(person)}
              onWhy={() => open(person.personId)}
            />
          </li>,
          ...(isOpen(person)
            ? [
                <li key={`${person.personId} why`} className="meeting-why">
                  <Why
                    person={person}
                    fault={faults.byPerson.get(person.personId)}
                    onChoose={(reason) => {
                      answer(person, reason)
                      close(person.personId)
                    }}
                    onWrite={(reason) => {
                      answer(person, reason)
                      open(person.personId)
                    }}
                    onDone={() => close(person.personId)}
                  />
                </li>,
              ]
            : []),
        ])}
      </ul>
      {people.length === 0 && <p className="meeting-soft">这一天没有应到人员，请核对日期和组织。</p>}
      {faults.list && <p className="meeting-fault">{faults.list}</p>}
    </section>
  )
}

function Name(props: { id: string; person: Attendee; open: boolean; onTap: () => void; onWhy: () => void }) {
  const { reason, name } = props.person
  const tone = reason === null ? '' : reason === exemptReason ? ' excused' : ' off'
  return (
    <>
      <button
        id={props.id}
        type="button"
        className={`meeting-name${tone}${props.open ? ' open' : ''}`}
        aria-pressed={reason !== null}
        onClick={props.onTap}
      >
        <span>{name}</span>
        {reason !== null && <small>{reason.trim() === '' ? '缺席' : reason}</small>}
      </button>
      {reason !== null && !props.open && (
        <button type="button" className="meeting-rewhy" aria-label={`改原因：${name}`} onClick={props.onWhy}>
          改原因
        </button>
      )}
    </>
  )
}

/** Asked in place, never in a window above the form; what is written counts from the first letter on. */
function Why(props: {
  person: Attendee
  fault: string | undefined
  onChoose: (reason: string) => void
  onWrite: (reason: string) => void
  onDone: () => void
}) {
  const { person, fault } = props
  const id = useId()
  const choices = choicesFor(person)
  const [writing, setWriting] = useState(person.reason !== null && !choices.includes(person.reason))
  const [asked, setAsked] = useState(false)
  return (
    <>
      <p>{person.name}缺席的原因</p>
      <div className="meeting-chips">
        {choices.map((reason) => (
          <button
            key={reason}
            type="button"
            className="meeting-chip"
            aria-pressed={!writing && person.reason === reason}
            onClick={() => props.onChoose(reason)}
          >
            {reason}
          </button>
        ))}
        <button
          type="button"
          className="meeting-chip"
          aria-pressed={writing}
          onClick={() => {
            setWriting(true)
            setAsked(true)
            if (!writing) props.onWrite('')
          }}
        >
          其他
        </button>
      </div>
      {writing && (
        <div className="meeting-pair">
          <Input
            className="meeting-grow"
            aria-label={`${person.name}缺席的原因`}
            placeholder="写明原因"
            maxLength={100}
            value={person.reason ?? ''}
            autoFocus={asked}
            aria-invalid={fault !== undefined}
            {...(fault && { status: 'error' as const, 'aria-describedby': `${id}-fault` })}
            onChange={(event) => props.onWrite(event.target.value)}
            onPressEnter={(event) => {
              event.preventDefault()
              if (!isUnexplained(person)) props.onDone()
            }}
          />
          <Button disabled={isUnexplained(person)} onClick={props.onDone}>
            写好
          </Button>
        </div>
      )}
      {fault && (
        <p id={`${id}-fault`} className="meeting-fault">
          {fault}
        </p>
      )}
    </>
  )
}
