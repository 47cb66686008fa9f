import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { CallProblem } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Labelled } from '../../../ui/field-form.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { endRequirement, endRulebook, switchRequirement } from '../drafts/publishing.contract.ts'
import type { RequirementLine } from '../requirements/requirements.contract.ts'
import { JobProgress } from './drafts/job-progress.tsx'

interface Told {
  readonly sentence: string
  readonly job: string | null
}

function Outcome(props: { told: Told | null }) {
  if (!props.told) return null
  return (
    <div role="status">
      <p>{props.told.sentence}</p>
      <JobProgress key={props.told.job} job={props.told.job} label="正在重算" done="有关的数已经算完。" />
    </div>
  )
}

/** Switching a requirement on or off, and ending it on a day; each with its reason. */
export function RuleActs({ line }: { line: RequirementLine }) {
  const switches = useAbility('rulebook.rule.switch')
  const ends = useAbility('rulebook.rule.end')
  const { today } = useSession()
  const [asking, setAsking] = useState<'switch' | 'end' | null>(null)
  const [on, setOn] = useState<string | null>(today)
  const [told, setTold] = useState<Told | null>(null)
  const turning = useSubmit(switchRequirement)
  const ending = useSubmit(endRequirement)
  const id = useId()
  const over = line.to !== null && line.to <= today
  if ((!switches && !ends) || over) return <Outcome told={told} />
  const verb = line.enabled ? '关闭' : '启用'
  return (
    <div className="rules-acts">
      {switches && <Button onClick={() => setAsking('switch')}>{verb}这项要求</Button>}
      {ends && line.to === null && <Button onClick={() => setAsking('end')}>定一天停用</Button>}
      <Outcome told={told} />
      <ConfirmReason
        open={asking === 'switch'}
        title={`${verb} ${line.code}`}
        sentence={
          line.enabled
            ? '从本期起不再算应办，有关组织的欠办随之减少；以前各期的数不变。随时可以再启用。'
            : '从下一期起算应办，有关组织会在待办里看到；以前各期不补算。'
        }
        confirmLabel={`${verb}这项要求`}
        onConfirm={async (reason) => {
          const done = await turning.send({ params: { code: line.code }, body: { enabled: !line.enabled, reason } })
          setTold({ sentence: `已${verb}，${inChinese(done.from)}起。`, job: done.job })
        }}
        onClose={() => setAsking(null)}
      />
      <ConfirmReason
        open={asking === 'end'}
        title={`停用 ${line.code}`}
        sentence="这一天起不再适用，以前的数不变。要改写的，请修订文件，不必停用。"
        confirmLabel="停用"
        onConfirm={async (reason) => {
          const done = await ending.send({ params: { code: line.code }, body: { on: on ?? today, reason } })
          setTold({ sentence: `已定：${inChinese(on ?? today)}起停用。`, job: done.job })
        }}
        onClose={() => setAsking(null)}
      >
        <Labelled id={id} title="停用日期">
          <DateField id={id} value={on} onChange={setOn} />
        </Labelled>
      </ConfirmReason>
    </div>
  )
}

/** Ending a whole document on a day; what was decided stays to be read when the button has gone. */
export function EndRulebook(props: { book: { id: string; title: string; requirements: number; to: string | null } }) {
  const may = useAbility('rulebook.rule.end')
  const { today } = useSession()
  const [open, setOpen] = useState(false)
  const [on, setOn] = useState<string | null>(today)
  const [typed, setTyped] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const ending = useSubmit(endRulebook)
  const [dateId, typedId] = [useId(), useId()]
  if (!may) return null
  return (
    <>
      {props.book.to === null && <Button onClick={() => setOpen(true)}>定一天失效</Button>}
      <Outcome told={told} />
      <ConfirmReason
        open={open}
        title={`《${props.book.title}》失效`}
        sentence={`这一天起，文件里的 ${props.book.requirements} 项要求一并停用，以前的数不变。`}
        confirmLabel="定下失效日期"
        onConfirm={async (reason) => {
          if (typed.trim() !== props.book.title)
            throw new CallProblem({ code: 'web.name_differs', status: 422, detail: '文件名称写得不一样，请照标题写。' })
          const done = await ending.send({ params: { id: props.book.id }, body: { on: on ?? today, reason } })
          setTold({ sentence: `已定：${inChinese(on ?? today)}起失效，${done.ended.length} 项要求同日停用。`, job: done.job })
        }}
        onClose={() => setOpen(false)}
      >
        <Labelled id={dateId} title="失效日期">
          <DateField id={dateId} value={on} onChange={setOn} />
        </Labelled>
        <Labelled id={typedId} title="写一遍文件名称，免得点错">
          <Input id={typedId} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Labelled>
      </ConfirmReason>
    </>
  )
}
