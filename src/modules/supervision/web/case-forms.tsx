import { Button } from 'antd'
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react'
import type { z } from 'zod'
import { addDays } from '../../../kernel/time/civil-date.ts'
import type { ControlProps } from '../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { showOrganization } from '../../directory/organizations/organizations.contract.ts'
import { PersonPicker } from '../../directory/web/index.ts'
import * as contract from '../cases/cases.contract.ts'
import { type CaseAction, caseActions } from '../cases/cases.lifecycle.ts'
import styles from './cases.module.css'

export interface StepFormProps {
  readonly found: contract.CasePage
  /** The form was asked for, rather than standing there from the start. */
  readonly focus: boolean
  readonly onDone: () => void
  readonly onRefused: (problem: unknown) => void
  readonly more: ReactNode
}

interface StepFrameProps<Schema extends z.ZodObject> extends StepFormProps {
  readonly verb: CaseAction
  readonly schema: Schema
  readonly initial: Partial<z.input<Schema>>
  readonly send: (values: z.output<Schema>) => Promise<unknown>
  readonly sentence?: string
  readonly children?: ReactNode
}

const soon = 7
const usual = 15

/** The frame of every step: draft on the device, errors at the field, what follows told above. */
function StepFrame<Schema extends z.ZodObject>(props: StepFrameProps<Schema>) {
  const { found, verb, focus } = props
  const form = useFields({
    name: `case-${verb}`,
    schema: props.schema,
    initial: props.initial,
    draftKey: `case:${found.id}:${verb}`,
  })
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) place.current?.querySelector<HTMLElement>('input,textarea,button[type="submit"]')?.focus()
  }, [focus])
  const send = async (values: z.output<Schema>) => {
    try {
      await props.send(values)
    } catch (problem) {
      props.onRefused(problem)
      throw problem
    }
    props.onDone()
  }
  return (
    <div ref={place} className={styles.form}>
      {props.sentence && <p className={styles.soft}>{props.sentence}</p>}
      <FieldForm form={form} onSubmit={send} submitLabel={caseActions[verb]} more={props.more}>
        {props.children}
      </FieldForm>
    </div>
  )
}

const idOf = ({ found }: StepFormProps) => ({ id: found.id })

function Remind(props: StepFormProps) {
  const { today } = useSession()
  const act = useSubmit(contract.remindCase)
  return (
    <StepFrame
      {...props}
      verb="remind"
      schema={contract.remindCase.body}
      initial={{ dueOn: addDays(today, soon) }}
      send={(body) => act.send({ params: idOf(props), body })}
      sentence="采纳建议，请本组织在时限内补办并报告。"
    >
      <FormField name="dueOn" earliest={today} />
      <FormField name="reason" control="area" title="要说明的话" />
    </StepFrame>
  )
}

function Dismiss(props: StepFormProps) {
  const act = useSubmit(contract.dismissCase)
  return (
    <StepFrame
      {...props}
      verb="dismiss"
      schema={contract.dismissCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField name="reason" control="area" />
    </StepFrame>
  )
}

interface OwnerProps {
  readonly found: contract.CasePage
  readonly control: ControlProps
}

/** The owner: one of those who hold a post in the organization by one press, anybody else of the unit by name. */
function OwnerField({ found, control }: OwnerProps) {
  const { organization, unit } = found
  const posts = useCall(showOrganization, { params: { id: organization.id } }).data?.posts ?? []
  const likely = [...new Map(posts.map((post) => [post.personId, post])).values()].slice(0, 5)
  const value = typeof control.value === 'string' ? control.value : null
  const known = likely.find((post) => post.personId === value)?.name
  return (
    <>
      <PersonPicker
        id={control.id}
        invalid={control.invalid}
        aria-describedby={control['aria-describedby']}
        under={unit?.id ?? organization.id}
        value={value}
        {...(known !== undefined && { name: known })}
        onChange={(chosen) => control.onChange(chosen)}
      />
      {likely.length > 0 && (
        <div className={styles.acts} role="group" aria-label="本组织任职的人，点一下选为责任人">
          {likely.map((post) => (
            <Button
              key={post.personId}
              size="small"
              aria-pressed={value === post.personId}
              onClick={() => control.onChange(post.personId)}
            >
              {post.name}（{post.postName}）
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

function Supervise(props: StepFormProps) {
  const { found } = props
  const { today } = useSession()
  const act = useSubmit(contract.superviseCase)
  return (
    <StepFrame
      {...props}
      verb="supervise"
      schema={contract.superviseCase.body}
      initial={{ dueOn: addDays(today, usual) }}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField
        name="ownerId"
        help={`从${found.unit?.name ?? found.organization.name}的人员中选`}
        render={(control) => <OwnerField found={found} control={control} />}
      />
      <FormField name="dueOn" earliest={today} />
      <FormField name="remedies" control="area" />
      <FormField name="reason" control="area" title="为什么转督办" />
    </StepFrame>
  )
}

function Report(props: StepFormProps) {
  const act = useSubmit(contract.reportCase)
  return (
    <StepFrame
      {...props}
      verb="report"
      schema={contract.reportCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField name="report" control="area" help="办了什么、什么时候办的、怎么防止再漏。" />
    </StepFrame>
  )
}

function Verify(props: StepFormProps) {
  const act = useSubmit(contract.verifyCase)
  return (
    <StepFrame
      {...props}
      verb="verify"
      schema={contract.verifyCase.body}
      initial={{ onSite: false }}
      send={(body) => act.send({ params: idOf(props), body })}
      sentence="核验通过即销号。没有办到位的，请退回。"
    >
      <FormField name="verification" control="area" help="看了什么材料、见了什么人、属实与否。" />
      <FormField name="onSite" placeholder="到了现场" title="核验方式" />
    </StepFrame>
  )
}

function Return(props: StepFormProps) {
  const { today } = useSession()
  const act = useSubmit(contract.returnCase)
  return (
    <StepFrame
      {...props}
      verb="return"
      schema={contract.returnCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField name="reason" control="area" title="哪里没有办到位" />
      <FormField name="dueOn" earliest={today} help="不填，仍按原来的时限。" />
    </StepFrame>
  )
}

function Pause(props: StepFormProps) {
  const act = useSubmit(contract.pauseCase)
  return (
    <StepFrame
      {...props}
      verb="pause"
      schema={contract.pauseCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
      sentence="要上级先办的，停表等待。等待的天数不计入超期，负责督办的人会看到。"
    >
      <FormField name="waitingFor" help="等谁办什么事，例如“等机关党委批复支委补选”。" />
    </StepFrame>
  )
}

function Resume(props: StepFormProps) {
  const act = useSubmit(contract.resumeCase)
  const { waitingFor, waitedDays } = props.found
  return (
    <StepFrame
      {...props}
      verb="resume"
      schema={contract.resumeCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
      sentence={`在等“${waitingFor ?? '上级'}”，累计 ${waitedDays} 天。续表后时限按等待的天数顺延。`}
    />
  )
}

function Reopen(props: StepFormProps) {
  const { today } = useSession()
  const act = useSubmit(contract.reopenCase)
  return (
    <StepFrame
      {...props}
      verb="reopen"
      schema={contract.reopenCase.body}
      initial={{ dueOn: addDays(today, usual) }}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField name="reason" control="area" title="为什么重新立项" />
      <FormField name="dueOn" earliest={today} />
    </StepFrame>
  )
}

function Urge(props: StepFormProps) {
  const act = useSubmit(contract.urgeCase)
  return (
    <StepFrame
      {...props}
      verb="urge"
      schema={contract.urgeCase.body}
      initial={{}}
      send={(body) => act.send({ params: idOf(props), body })}
      sentence="责任人和本组织会收到通知。到工委设定的天数还没有回音的，按责任链逐级提醒，每一步都留在经过里。"
    >
      <FormField name="reason" control="area" title="催什么" />
    </StepFrame>
  )
}

function PutOff(props: StepFormProps) {
  const { today } = useSession()
  const act = useSubmit(contract.putOffCase)
  return (
    <StepFrame
      {...props}
      verb="put_off"
      schema={contract.putOffCase.body}
      initial={{ dueOn: addDays(today, soon) }}
      send={(body) => act.send({ params: idOf(props), body })}
    >
      <FormField name="dueOn" earliest={today} />
      <FormField name="reason" control="area" title="为什么延期" />
    </StepFrame>
  )
}

/** The form of each step. */
export const forms: Readonly<Record<CaseAction, ComponentType<StepFormProps>>> = {
  remind: Remind,
  dismiss: Dismiss,
  supervise: Supervise,
  report: Report,
  verify: Verify,
  return: Return,
  pause: Pause,
  resume: Resume,
  reopen: Reopen,
  urge: Urge,
  put_off: PutOff,
}
