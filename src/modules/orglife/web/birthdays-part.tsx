import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { actsFor, useAbility, useSession } from '../../../ui/session.tsx'
import { sentenceOf, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Birthdays, declineBirthday, ownBirthday, showBirthdays, switchBirthdays } from '../ceremonies/birthdays.contract.ts'
import { ceremonies } from '../ceremonies/ceremonies.contract.ts'
import './meeting-form.css'

/** Whose day of joining comes, of a branch that wants to know; a branch that does not sees one quiet line. */
export function BirthdaysPart() {
  const session = useSession()
  const may = useAbility('orglife.birthdays.switch')
  const own = session.organizations.find(({ kind }) => kind === 'branch' || kind === 'joint_branch') ?? actsFor(session)
  const found = useCall(showBirthdays, may && own ? { query: { organization: own.id } } : null)
  if (!may || !own) return null
  return <Loaded query={found}>{(data) => <Shown data={data} />}</Loaded>
}

function Shown({ data }: { data: Birthdays }) {
  const turning = useSubmit(switchBirthdays)
  const turn = (on: boolean) => void turning.submit({ body: { organizationId: data.organization.id, on } })
  return (
    <Panel title="政治生日" note="可办可不办；系统不替人祝贺，本人不同意的不提示">
      <div className="meeting-lines">
        {data.on && data.people.length === 0 && <p style={{ margin: 0 }}>今后一个月没有到入党日的党员。</p>}
        {data.people.map((person) => (
          <Person key={person.id} person={person} organization={data.organization.id} />
        ))}
        <div>
          <Button loading={turning.pending} onClick={() => turn(!data.on)}>
            {data.on ? '关闭提示' : '开启政治生日提示'}
          </Button>
        </div>
        {turning.error !== null && <p role="alert">{sentenceOf(turning.error)}</p>}
      </div>
    </Panel>
  )
}

/** One tap records a ceremony of today with her in it; what else is to be said goes into the correction. */
function Person({ person, organization }: { person: Birthdays['people'][number]; organization: string }) {
  const { today } = useSession()
  const recording = useSubmit(ceremonies.endpoints.record)
  const [recorded, setRecorded] = useState<string | null>(null)
  const record = async () => {
    const body = { organizationIds: [organization], heldOn: today, forms: ['birthday'], attendeeIds: [person.id], fileIds: [] }
    const reply = await recording.submit({ body })
    if (reply) setRecorded(reply.id)
  }
  return (
    <div className="meeting-pair">
      <span>
        {person.name}，{inChinese(person.day)}，入党 {person.years} 年
      </span>
      {recorded === null ? (
        <Button
          size="small"
          aria-label={`今天给${person.name}办了，记一次`}
          loading={recording.pending}
          onClick={() => void record()}
        >
          今天办了，记一次
        </Button>
      ) : (
        <Go to={`/${ceremonies.collection}/${recorded}`}>已记好</Go>
      )}
      {recording.error !== null && <p role="alert">{sentenceOf(recording.error)}</p>}
    </div>
  )
}

/** Whether the reader's own day may be shown to her branch. */
export function OwnBirthday() {
  const found = useCall(ownBirthday, {})
  const saying = useSubmit(declineBirthday)
  const shown = found.data?.shown
  if (shown === undefined) return null
  return (
    <p className="meeting-soft">
      {shown ? '支部开启政治生日提示的，会看到您的入党日。' : '您的政治生日不向支部提示。'}{' '}
      <Button type="link" size="small" loading={saying.pending} onClick={() => void saying.submit({ body: { shown: !shown } })}>
        {shown ? '不要提示我的' : '可以提示我的'}
      </Button>
    </p>
  )
}
