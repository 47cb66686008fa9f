import { Button, Input } from 'antd'
import { useState } from 'react'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { call } from '../../../kernel/http/call.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Labelled } from '../../../ui/field-form.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { type CaseLine, dismissCase, remindCase } from '../cases/cases.contract.ts'
import { type Bulk, type BulkAct, type BulkLine, useBulk } from './case-bulk.client.ts'
import styles from './cases.module.css'

type Verb = 'remind' | 'dismiss'
const titles: Readonly<Record<Verb, string>> = { remind: '采纳，发提醒', dismiss: '不采纳' }
const doneAs: Readonly<Record<Verb, string>> = { remind: '已提醒', dismiss: '已记不采纳' }

/** Several proposals decided on at once: one date or one reason for all, each sent and answered by itself. */
export function CaseBulk(props: { chosen: readonly CaseLine[]; drop: (keys: readonly string[]) => void }) {
  const mayDismiss = useAbility('supervision.case.dismiss')
  const [verb, setVerb] = useState<Verb>('remind')
  const [open, setOpen] = useState(false)
  const bulk = useBulk()
  const begin = (next: Verb) => {
    if (!bulk.running) {
      setVerb(next)
      bulk.start(props.chosen)
    }
    setOpen(true)
  }
  const close = () => {
    setOpen(false)
    if (bulk.running) return
    const done = bulk.lines.filter((line) => line.outcome === 'done')
    bulk.forget()
    props.drop(done.map((line) => line.id))
  }
  const count = bulk.lines.filter((line) => line.outcome === 'done').length
  return (
    <>
      <Button type="primary" disabled={bulk.running} onClick={() => begin('remind')}>
        {titles.remind}
      </Button>
      {mayDismiss && (
        <Button disabled={bulk.running} onClick={() => begin('dismiss')}>
          {titles.dismiss}
        </Button>
      )}
      {bulk.running && !open && (
        <Button onClick={() => setOpen(true)}>
          正在办理 {count} / {bulk.lines.length}，看进度
        </Button>
      )}
      <Dialog open={open} title={`${titles[verb]}：${bulk.lines.length} 条建议`} onClose={close}>
        <Decide key={verb} verb={verb} bulk={bulk} onClose={close} />
      </Dialog>
    </>
  )
}

const actOf = (verb: Verb, said: string): BulkAct =>
  verb === 'remind'
    ? (id, idempotencyKey) => call(remindCase, { params: { id }, body: { dueOn: said } }, { idempotencyKey })
    : (id, idempotencyKey) => call(dismissCase, { params: { id }, body: { reason: said } }, { idempotencyKey })

function faultIn(verb: Verb, said: string, today: string): string | null {
  if (verb === 'dismiss') return said.trim().length < 2 ? '请写明理由。' : null
  return said === '' || said < today ? '请填今天或以后的日期。' : null
}

function Decide(props: { verb: Verb; bulk: Bulk; onClose: () => void }) {
  const { verb, bulk } = props
  const { today } = useSession()
  const [said, setSaid] = useState(verb === 'remind' ? addDays(today, 7) : '')
  const [fault, setFault] = useState<string | undefined>(undefined)
  const done = bulk.lines.filter((line) => line.outcome === 'done').length
  const failed = bulk.lines.filter((line) => line.sentence !== null)
  const begun = bulk.running || done > 0 || failed.length > 0
  const send = () => {
    const found = faultIn(verb, said, today)
    setFault(found ?? undefined)
    if (found === null) void bulk.run(`${verb} ${said.trim()}`, actOf(verb, said.trim()))
  }
  if (bulk.running)
    return (
      <Progress
        label={`正在办理，${doneAs[verb]}`}
        done={done}
        total={bulk.lines.length}
        note="可以关上这个窗口接着看列表，办完前请不要离开督办页。"
      />
    )
  if (begun && done === bulk.lines.length) {
    return (
      <>
        <p role="status">
          {doneAs[verb]} {done} 条，都办成了。
        </p>
        <Button type="primary" onClick={props.onClose}>
          知道了
        </Button>
      </>
    )
  }
  return (
    <div className={styles.bulk}>
      {begun && <Outcome done={done} word={doneAs[verb]} lines={bulk.lines} />}
      <SaidOnce verb={verb} said={said} fault={fault} onChange={setSaid} />
      <div className={styles.acts}>
        <Button type="primary" onClick={send}>
          {begun ? `再办没有办成的 ${bulk.lines.length - done} 条` : `${titles[verb]} ${bulk.lines.length} 条`}
        </Button>
        <Button onClick={props.onClose}>{begun ? '先不办' : '取消'}</Button>
      </div>
    </div>
  )
}

function SaidOnce(props: { verb: Verb; said: string; fault: string | undefined; onChange: (said: string) => void }) {
  const { said, fault, onChange } = props
  const id = 'case-bulk-said'
  const shared = { id, invalid: fault !== undefined, 'aria-describedby': `${id}-help ${id}-error` }
  if (props.verb === 'remind') {
    return (
      <Labelled id={id} title="请于此日前办理" help="选中的各条用同一个日期。" error={fault}>
        <DateField {...shared} value={said || null} onChange={(date) => onChange(date ?? '')} />
      </Labelled>
    )
  }
  return (
    <Labelled id={id} title="理由" help="选中的各条用同一个理由，逐条留存。" error={fault}>
      <Input.TextArea
        id={id}
        aria-invalid={shared.invalid}
        aria-describedby={shared['aria-describedby']}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={500}
        value={said}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  )
}

/** What became of each: the failing ones with their sentence, and nothing is lost. */
function Outcome(props: { done: number; word: string; lines: readonly BulkLine[] }) {
  const left = props.lines.filter((line) => line.outcome !== 'done')
  return (
    <div role="alert">
      <p>
        {props.word} {props.done} 条；还有 {left.length} 条没有办成，仍然选中。
      </p>
      <ul className={styles.outcomes}>
        {left.map((line) => (
          <li key={line.id}>
            <StatusTag tone={line.outcome === 'refused' ? 'short' : 'missing'}>
              {line.outcome === 'refused' ? '没有办成' : '没有送出'}
            </StatusTag>{' '}
            {line.title}
            {line.sentence && <small>{line.sentence}</small>}
          </li>
        ))}
      </ul>
    </div>
  )
}
