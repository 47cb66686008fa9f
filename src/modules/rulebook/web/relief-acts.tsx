import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { endClockStop, grantRelief, refuseRelief, type Relief, withdrawRelief } from '../relief/relief.contract.ts'
import { type ReliefAction, reliefActions, reliefKinds, type ReliefState, reliefStates } from '../relief/relief.lifecycle.ts'

const tones: Readonly<Record<ReliefState, Tone>> = {
  asked: 'pending',
  granted: 'done',
  refused: 'short',
  withdrawn: 'none',
  ended: 'none',
}

/** How a relief stands, in a word; a clock that stands is said to stand. */
export function ReliefTag({ one }: { one: Relief }) {
  const word = one.kind === 'clock_stop' && one.state === 'granted' ? '停表中' : reliefStates[one.state]
  return <StatusTag tone={tones[one.state]}>{word}</StatusTag>
}

/** What is asked or granted, in one sentence. */
export function reliefSentence(one: Relief): string {
  if (one.kind === 'extension') {
    const day = one.until === null ? '' : inChinese(one.until)
    return one.state === 'granted' ? `已同意延到${day}` : `申请延到${day}`
  }
  const from = one.stoppedFrom === null ? '' : inChinese(one.stoppedFrom)
  if (one.state === 'ended') return `${from}至${inChinese(one.endedOn ?? one.askedOn)}等上级，这些天不计`
  return one.state === 'granted' ? `${from}起等上级，天数不计` : `申请从${from}起停表`
}

/** One extension or clock stop with its course, and what the reader may do with it. */
export function ReliefDetail({ one }: { one: Relief }) {
  const facts = [
    { term: '种类', value: reliefKinds[one.kind] },
    { term: '状态', value: <ReliefTag one={one} /> },
    { term: '要求', value: `${one.requirement} ${one.title}`, wide: true },
    { term: '期间', value: periodInChinese(period(one.period)) },
    {
      term: '责任',
      value: one.subject.kind === 'person' ? `${one.organization.name} ${one.subject.name}` : one.organization.name,
    },
    { term: '内容', value: reliefSentence(one), wide: true },
    { term: one.kind === 'extension' ? '理由' : '在等什么', value: one.reason, wide: true },
    { term: '申请日期', value: one.askedOn },
    { term: '决定日期', value: one.decidedOn },
    ...(one.decisionReason ? [{ term: '决定的理由', value: one.decisionReason, wide: true }] : []),
    ...(one.answer ? [{ term: '答复', value: one.answer, wide: true }] : []),
  ]
  return (
    <>
      <Facts items={facts} />
      <ReliefActs one={one} />
    </>
  )
}

function ReliefActs({ one }: { one: Relief }) {
  const [open, setOpen] = useState<ReliefAction | null>(null)
  const [refuse, withdraw, end] = [useSubmit(refuseRelief), useSubmit(withdrawRelief), useSubmit(endClockStop)]
  const params = { id: one.id }
  const close = () => setOpen(null)
  return (
    <>
      <div className="relief-acts" role="group" aria-label="现在可以办的">
        {one.abilities.map((verb, at) => (
          <Button key={verb} type={at === 0 && open === null ? 'primary' : 'default'} onClick={() => setOpen(verb)}>
            {reliefActions[verb]}
          </Button>
        ))}
      </div>
      {open === 'grant' && one.abilities.includes('grant') && <Grant one={one} />}
      <ConfirmReason
        open={open === 'refuse'}
        title={reliefActions.refuse}
        sentence="原来的到期日不变，理由会告诉申请人。"
        onConfirm={async (reason) => void (await refuse.send({ params, body: { reason } }))}
        onClose={close}
      />
      <ConfirmReason
        open={open === 'end'}
        title={reliefActions.end}
        sentence="已经答复的，从今天起天数继续计，到期日按等待的天数顺延。"
        reasonLabel="答复了什么"
        onConfirm={async (answer) => void (await end.send({ params, body: { answer } }))}
        onClose={close}
      />
      <ConfirmReason
        open={open === 'withdraw'}
        title="撤回申请"
        sentence="撤回后按原来的到期日办。"
        reasonLabel="说明"
        least={0}
        onConfirm={async () => void (await withdraw.send({ params, body: {} }))}
        onClose={close}
      />
    </>
  )
}

/** Granting: the day may differ from the one asked for. */
function Grant({ one }: { one: Relief }) {
  const grant = useSubmit(grantRelief)
  const form = useFields({
    name: 'relief-grant',
    schema: grantRelief.body,
    initial: one.until === null ? {} : { until: one.until },
    draftKey: `relief:${one.id}:grant`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel={one.kind === 'extension' ? '同意延期' : '确认停表'}
      onSubmit={(body) => grant.send({ params: { id: one.id }, body })}
    >
      {one.kind === 'extension' && <FormField name="until" />}
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}
