import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { Entry } from './meeting-entry.client.ts'
import { type Attendee, exemptReason } from './meeting-entry.rules.ts'

const reasons = ['出差', '病假', '事假'] as const
/** Above this many names only the absent and what is searched for are shown. */
const manyNames = 48

/** 到会: everybody came unless tapped; the reason is asked under the name that was tapped. */
export function PeoplePart(props: { entry: Entry; fault: string | undefined }) {
  const { entry } = props
  const { heads, people } = entry
  const id = useId()
  const [open, setOpen] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [all, setAll] = useState(false)
  const many = people.length > manyNames && !all
  const shown = many ? people.filter((person) => person.reason !== null || (text !== '' && person.name.includes(text))) : people
  const answer = (person: Attendee, reason: string | null) => {
    entry.change({ absent: { ...entry.value.absent, [person.personId]: reason } })
    setOpen(null)
    document.getElementById(`${id}-${person.personId}`)?.focus()
  }
  return (
    <section className="meeting-part" aria-label="到会" aria-busy={entry.reading}>
      <h2>
        到会 {heads.present} / {heads.expected} <small>默认全到，点名字改缺席</small>
      </h2>
      {many && (
        <div className="meeting-pair" style={{ margin: '0 0 10px' }}>
          <Input
            aria-label="找名字"
            placeholder={`共 ${people.length} 人，输入名字找缺席的人`}
            value={text}
            allowClear
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
              open={open === person.personId}
              onTap={() => setOpen(open === person.personId ? null : person.personId)}
            />
          </li>,
          ...(open === person.personId
            ? [
                <li key="why" className="meeting-why">
                  <Why key={person.personId} person={person} onAnswer={(reason) => answer(person, reason)} />
                </li>,
              ]
            : []),
        ])}
      </ul>
      {people.length === 0 && <p className="meeting-soft">这一天没有应到人员，请核对日期和组织。</p>}
      {props.fault && <p className="meeting-fault">{props.fault}</p>}
    </section>
  )
}

function Name(props: { id: string; person: Attendee; open: boolean; onTap: () => void }) {
  const { reason, name } = props.person
  const tone = reason === null ? '' : reason === exemptReason ? ' excused' : ' off'
  return (
    <button id={props.id} type="button" className={`meeting-name${tone}`} aria-expanded={props.open} onClick={props.onTap}>
      <span>{name}</span>
      {reason !== null && <small>{reason}</small>}
    </button>
  )
}

/** Asked in place, never in a window above the form. */
function Why(props: { person: Attendee; onAnswer: (reason: string | null) => void }) {
  const { person } = props
  const given =
    person.reason !== null && person.reason !== exemptReason && !(reasons as readonly string[]).includes(person.reason)
  const [other, setOther] = useState<string | null>(given ? person.reason : null)
  const choices = person.exempt ? [exemptReason, ...reasons] : reasons
  return (
    <>
      <p>{person.name}为什么没有到会</p>
      <div className="meeting-chips">
        {choices.map((reason) => (
          <button
            key={reason}
            type="button"
            className="meeting-chip"
            aria-pressed={person.reason === reason}
            onClick={() => props.onAnswer(reason)}
          >
            {reason}
          </button>
        ))}
        <button type="button" className="meeting-chip" aria-pressed={other !== null} onClick={() => setOther(other ?? '')}>
          其他
        </button>
        {person.reason !== null && (
          <button type="button" className="meeting-chip" onClick={() => props.onAnswer(null)}>
            到会了
          </button>
        )}
      </div>
      {other !== null && (
        <div className="meeting-pair">
          <Input
            className="meeting-grow"
            aria-label={`${person.name}缺席的原因`}
            placeholder="写明原因"
            maxLength={100}
            value={other}
            autoFocus
            onChange={(event) => setOther(event.target.value)}
            onPressEnter={(event) => {
              event.preventDefault()
              if (other.trim()) props.onAnswer(other.trim())
            }}
          />
          <Button disabled={other.trim() === ''} onClick={() => props.onAnswer(other.trim())}>
            写好
          </Button>
        </div>
      )}
    </>
  )
}
