import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Go } from '../../../ui/go.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { grounds, listExemptions } from '../exemptions/exemptions.contract.ts'
import type { Status } from '../obligations/obligations.contract.ts'
import { askClockStop, askExtension, listReliefs } from '../relief/relief.contract.ts'
import { reliefKinds } from '../relief/relief.lifecycle.ts'
import { reliefSentence, ReliefTag } from './relief-acts.tsx'
import './relief.css'

/** What of a duty its reliefs go by. */
export interface RelievedDuty {
  readonly requirement: string
  readonly subject: { readonly id: string }
  readonly period: string
  readonly due: string
  readonly status: Status
}

/** What relieves a duty, why, and what can still be asked: extension, or a clock that stands while those above are waited for. */
export function DutyRelief({ duty }: { duty: RelievedDuty }) {
  const { today } = useSession()
  const mayAsk = useAbility('rulebook.relief.ask') && duty.status === 'not_due' && today <= duty.due
  return (
    <>
      {duty.status === 'exempt' && <WhyExempt duty={duty} />}
      <Granted duty={duty} />
      {mayAsk && <Ask duty={duty} />}
    </>
  )
}

function WhyExempt({ duty }: { duty: RelievedDuty }) {
  const read = useCall(listExemptions, { query: { subject: duty.subject.id, requirement: duty.requirement, limit: 5 } })
  const found = (read.data?.items ?? []).filter((one) => one.state !== 'revoked')
  if (read.isPending) return null
  if (found.length === 0) return <p className="relief-note">按规定豁免：要求中列明了这种情形。</p>
  return (
    <ul className="relief-lines" aria-label="为什么豁免">
      {found.map((one) => (
        <li key={one.id}>
          {grounds[one.ground].title}，{inChinese(one.from)}至{inChinese(one.to)}：{one.reason}{' '}
          <Go to={`/exemptions?open=${one.id}`}>看决定</Go>
        </li>
      ))}
    </ul>
  )
}

function Granted({ duty }: { duty: RelievedDuty }) {
  const { requirement, period, subject } = duty
  const read = useCall(listReliefs, { query: { subject: subject.id, requirement, period, limit: 10 } })
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <ul className="relief-lines" aria-label="延期和停表">
      {items.map((one) => (
        <li key={one.id}>
          <ReliefTag one={one} /> {reliefKinds[one.kind]}：{reliefSentence(one)}。{one.reason}{' '}
          <Go to={`/reliefs?open=${one.id}`}>看经过</Go>
        </li>
      ))}
    </ul>
  )
}

function Ask({ duty }: { duty: RelievedDuty }) {
  const [open, setOpen] = useState<'extension' | 'clock_stop' | null>(null)
  const done = () => setOpen(null)
  return (
    <div className="relief-ask">
      <div className="relief-acts" role="group" aria-label="办不成时">
        <Button aria-expanded={open === 'extension'} onClick={() => setOpen(open === 'extension' ? null : 'extension')}>
          申请延期
        </Button>
        <Button aria-expanded={open === 'clock_stop'} onClick={() => setOpen(open === 'clock_stop' ? null : 'clock_stop')}>
          等上级，申请停表
        </Button>
      </div>
      {open === 'extension' && <AskExtension duty={duty} onDone={done} />}
      {open === 'clock_stop' && <AskClockStop duty={duty} onDone={done} />}
    </div>
  )
}

const named = ({ requirement, subject, period }: RelievedDuty) => ({ requirement, subject: subject.id, period })

function AskExtension({ duty, onDone }: { duty: RelievedDuty; onDone: () => void }) {
  const ask = useSubmit(askExtension)
  const schema = askExtension.body.pick({ until: true, reason: true })
  const form = useFields({ name: 'ask-extension', schema, initial: {}, draftKey: `extension:${JSON.stringify(named(duty))}` })
  return (
    <FieldForm
      form={form}
      submitLabel="提交延期申请"
      note={`原来${inChinese(duty.due)}到期。由上级决定，决定之前原来的日子照算。`}
      onSubmit={async (body) => {
        await ask.send({ body: { ...named(duty), ...body } })
        onDone()
      }}
    >
      <FormField name="until" earliest={duty.due} />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}

function AskClockStop({ duty, onDone }: { duty: RelievedDuty; onDone: () => void }) {
  const ask = useSubmit(askClockStop)
  const schema = askClockStop.body.pick({ waitingFor: true })
  const form = useFields({ name: 'ask-clock-stop', schema, initial: {}, draftKey: `stop:${JSON.stringify(named(duty))}` })
  return (
    <FieldForm
      form={form}
      submitLabel="提交停表申请"
      note="上级确认后，从今天起等待的天数都不计，答复之日继续计。"
      onSubmit={async (body) => {
        await ask.send({ body: { ...named(duty), ...body } })
        onDone()
      }}
    >
      <FormField name="waitingFor" control="area" />
    </FieldForm>
  )
}
