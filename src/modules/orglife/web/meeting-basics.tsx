import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Labelled } from '../../../ui/field-form.tsx'
import { useSession } from '../../../ui/session.tsx'
import { type MeetingKind, meetingKinds } from '../meetings/meetings.contract.ts'
import { kindsFor } from '../meetings/meetings.rules.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import type { Entry } from './meeting-entry.client.ts'
import type { Named } from './meeting-entry.rules.ts'
import { HoursLine } from './meeting-minutes.tsx'
import { OrganizationSelect } from './organization-select.tsx'
import { PersonSelect } from './person-select.tsx'

interface PartProps {
  readonly entry: Entry
  readonly faults: ReadonlyMap<string, string>
}

/** Which meeting, when, chaired by whom: all preset. */
export function BasicsPart({ entry, faults }: PartProps) {
  const { value, form } = entry
  const today = useSession().today
  const people = peopleOf(entry)
  const setKinds = (chosen: string[]) => {
    if (chosen.length > 0) entry.change({ kinds: chosen as MeetingKind[] })
  }
  return (
    <section className="meeting-part" aria-label="会议">
      <Organizers entry={entry} />
      <ChoiceChips
        label="会议类别，可选几类"
        multiple
        options={form.kinds.map((kind) => ({ value: kind, label: meetingKinds[kind] }))}
        value={value.kinds}
        onChange={setKinds}
      />
      {form.kinds.length > 1 && value.kinds.length === 1 && (
        <p className="meeting-soft" style={{ marginTop: 6 }}>
          同一次活动可选几类，只记一次
        </p>
      )}
      <Fault text={faults.get('kinds') ?? faults.get('organizationIds')} />
      <div className="meeting-pair">
        <div className="meeting-labelled">
          <span>日期</span>
          <DateField
            aria-label="召开日期"
            value={entry.dayAsked ? null : value.heldOn}
            {...boundsOf(entry, today)}
            invalid={faults.has('heldOn')}
            onChange={(heldOn) => heldOn && entry.change({ heldOn })}
          />
          {value.heldOn === today && !entry.dayAsked && <span className="meeting-now">今天</span>}
        </div>
        <div className="meeting-labelled meeting-grow">
          <span>主持</span>
          <PersonSelect
            label="主持人"
            placeholder="可不填"
            people={people}
            value={namedIn(people, value.chairId)}
            onChange={([chair]) => entry.change({ chairId: chair?.id ?? null })}
          />
        </div>
      </div>
      {entry.dayAsked && <p className="meeting-soft">补记以前的会议：请选实际开会的那一天</p>}
      <Fault text={faults.get('heldOn') ?? faults.get('chairId')} />
      {value.kinds.includes('lecture') && <Speaker entry={entry} fault={faults.get('speakerId')} />}
    </section>
  )
}

function boundsOf(entry: Entry, today: string) {
  if (entry.mode === 'plan') return { earliest: today }
  return entry.dayAsked && entry.within ? { earliest: entry.within.starts, latest: entry.within.ends } : { latest: today }
}

function Fault(props: { text: string | undefined }) {
  return props.text ? <p className="meeting-fault">{props.text}</p> : null
}

function peopleOf(entry: Entry): Named[] {
  return entry.people.map((person) => ({ id: person.personId, name: person.name }))
}

/** The chosen one by name; somebody from elsewhere keeps the place even where the name is not known here. */
function namedIn(people: readonly Named[], id: string | null): Named[] {
  if (!id) return []
  return [people.find((person) => person.id === id) ?? { id, name: '（不在应到名单）' }]
}

/** 党课 needs its speaker; the secretary is one tap away (ZB12). */
function Speaker({ entry, fault }: { entry: Entry; fault: string | undefined }) {
  const people = peopleOf(entry)
  const { chairId, speakerId } = entry.value
  const chair = people.find((person) => person.id === chairId)
  return (
    <>
      <div className="meeting-pair">
        <div className="meeting-labelled meeting-grow">
          <span>主讲</span>
          <PersonSelect
            label="主讲人"
            placeholder="党课由谁讲"
            people={people}
            value={namedIn(people, speakerId)}
            invalid={fault !== undefined}
            onChange={([speaker]) => entry.change({ speakerId: speaker?.id ?? null })}
          />
        </div>
        {chair && speakerId === null && <Button onClick={() => entry.change({ speakerId: chair.id })}>{chair.name}主讲</Button>}
      </div>
      <Fault text={fault} />
    </>
  )
}

/** The organization that held it, or several that met together; the first one is the host. */
function Organizers({ entry }: { entry: Entry }) {
  const session = useSession()
  const several = entry.value.organizationIds.length > 1
  const [open, setOpen] = useState(several)
  const own = session.organizations.filter((organization) => kindsFor(organization.kind as OrganizationKind).length > 0)
  if (open || several) {
    return (
      <div className="meeting-labelled" style={{ marginBottom: 10 }}>
        <span>召开组织</span>
        <OrganizationSelect
          label="召开组织，第一个为主办"
          known={[...own, entry.form.organization]}
          value={entry.value.organizationIds}
          onChange={(ids) => ids.length > 0 && entry.change({ organizationIds: ids })}
        />
      </div>
    )
  }
  return (
    <p style={{ marginBottom: 8 }}>
      {entry.form.organization.name}{' '}
      {entry.mode !== 'correct' && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          换组织或几个合开
        </Button>
      )}
    </p>
  )
}

/** Name and place: right as they come, and open to change. */
export function NamingPart({ entry, faults }: PartProps) {
  const id = useId()
  return (
    <section className="meeting-part" aria-label="名称和地点">
      <div className="meeting-lines">
        <Labelled id={`${id}-title`} title="名称" error={faults.get('title')}>
          <Input
            id={`${id}-title`}
            maxLength={100}
            value={entry.value.title}
            onChange={(event) => entry.change({ title: event.target.value })}
          />
        </Labelled>
        <Labelled id={`${id}-place`} title="地点" optional>
          <Input
            id={`${id}-place`}
            maxLength={100}
            value={entry.value.place}
            onChange={(event) => entry.change({ place: event.target.value })}
          />
        </Labelled>
        {entry.mode !== 'plan' && <HoursLine entry={entry} faults={faults} />}
        {entry.mode === 'plan' && (
          <Labelled id={`${id}-notice`} title="通知" optional help="会随时间、地点和议程发给应到人员">
            <Input.TextArea
              id={`${id}-notice`}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={500}
              value={entry.value.notice}
              onChange={(event) => entry.change({ notice: event.target.value })}
            />
          </Labelled>
        )}
      </div>
    </section>
  )
}

/** 列席: people who are not expected and stand in no denominator. */
export function SittingInPart({ entry }: { entry: Entry }) {
  return (
    <section className="meeting-part" aria-label="列席">
      <h2>
        列席 <small>不计入应到</small>
      </h2>
      <PersonSelect
        label="列席人员"
        placeholder="输入姓名或拼音"
        people={[]}
        multiple
        value={entry.value.sittingIn}
        onChange={(sittingIn) => entry.change({ sittingIn })}
      />
    </section>
  )
}
