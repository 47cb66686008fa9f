import { addDays } from '../../../../kernel/time/civil-date.ts'
import { FormField } from '../../../../ui/field-form.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { PersonPicker } from '../../../directory/web/index.ts'
import * as contract from '../../tasks/tasks.contract.ts'
import { type TaskAction, taskActions } from '../../tasks/tasks.lifecycle.ts'
import { ActForm } from './act-form.tsx'
import { DraftsForm } from './drafts-form.tsx'
import { LinkForm } from './link-form.tsx'

interface TaskFormProps {
  readonly found: contract.TaskPage
  readonly onDone: () => void
}
const to = ({ found }: TaskFormProps) => ({ params: { id: found.id } })

const byReason = {
  return: contract.returnTask,
  grant_extension: contract.grantExtension,
  refuse_extension: contract.refuseExtension,
  cancel: contract.cancelTask,
  urge: contract.urgeTask,
} as const
type ByReason = keyof typeof byReason

/** Acts that ask for nothing but a reason. */
function Reason(props: TaskFormProps & { verb: ByReason }) {
  const endpoint = byReason[props.verb]
  const act = useSubmit(endpoint as typeof contract.cancelTask)
  return (
    <ActForm
      name={`task-${props.verb}`}
      of={props.found.id}
      schema={contract.cancelTask.body}
      submitLabel={taskActions[props.verb]}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="reason" control="area" />
    </ActForm>
  )
}

function Report(props: TaskFormProps) {
  const act = useSubmit(contract.reportTask)
  return (
    <ActForm
      name="task-report"
      of={props.found.id}
      schema={contract.reportTask.body}
      submitLabel={taskActions.report}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="report" control="area" help={`对照完成标准写：${props.found.criterion}`} />
    </ActForm>
  )
}

function Verify(props: TaskFormProps) {
  const act = useSubmit(contract.verifyTask)
  return (
    <ActForm
      name="task-verify"
      of={props.found.id}
      schema={contract.verifyTask.body}
      initial={{ onSite: false }}
      submitLabel={taskActions.verify}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="verification" control="area" help={`对照完成标准：${props.found.criterion}`} />
      <FormField name="onSite" placeholder="到了现场" title="核验方式" />
    </ActForm>
  )
}

function AskExtension(props: TaskFormProps) {
  const act = useSubmit(contract.askExtension)
  return (
    <ActForm
      name="task-extension"
      of={props.found.id}
      schema={contract.askExtension.body}
      submitLabel={taskActions.ask_extension}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="until" earliest={addDays(props.found.dueOn, 1)} />
      <FormField name="reason" control="area" title="为什么要延期" />
    </ActForm>
  )
}

function Pause(props: TaskFormProps) {
  const act = useSubmit(contract.pauseTask)
  return (
    <ActForm
      name="task-pause"
      of={props.found.id}
      schema={contract.pauseTask.body}
      submitLabel={taskActions.pause}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="waitingFor" help="等谁办什么事。等待的天数不计入超期，交办的一方会看到。" />
    </ActForm>
  )
}

function Resume(props: TaskFormProps) {
  const act = useSubmit(contract.resumeTask)
  return (
    <ActForm
      name="task-resume"
      of={props.found.id}
      schema={contract.resumeTask.body}
      submitLabel={taskActions.resume}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    />
  )
}

function Change(props: TaskFormProps) {
  const { today } = useSession()
  const { found } = props
  const act = useSubmit(contract.changeTask)
  return (
    <ActForm
      name="task-change"
      of={`${found.id}:${found.revision}`}
      schema={contract.changeTask.body}
      initial={{ revision: found.revision, ownerId: found.owner.id, dueOn: found.dueOn, criterion: found.criterion }}
      submitLabel={taskActions.change}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField
        name="ownerId"
        render={(control) => (
          <PersonPicker
            id={control.id}
            invalid={control.invalid}
            aria-describedby={control['aria-describedby']}
            under={found.unit?.id ?? found.organization.id}
            value={typeof control.value === 'string' ? control.value : null}
            name={found.owner.name}
            onChange={(id) => control.onChange(id)}
          />
        )}
      />
      <FormField name="dueOn" earliest={today} />
      <FormField name="criterion" control="area" />
      <FormField name="reason" control="area" title="为什么调整" help="改前改后都留在经过里，各方都看得到。" />
    </ActForm>
  )
}

function Reopen(props: TaskFormProps) {
  const { today } = useSession()
  const act = useSubmit(contract.reopenTask)
  return (
    <ActForm
      name="task-reopen"
      of={props.found.id}
      schema={contract.reopenTask.body}
      submitLabel={taskActions.reopen}
      send={(body) => act.send({ ...to(props), body })}
      onDone={props.onDone}
    >
      <FormField name="reason" control="area" title="为什么重新办理" />
      <FormField name="dueOn" earliest={today} />
    </ActForm>
  )
}

function Delegate(props: TaskFormProps) {
  const act = useSubmit(contract.delegateTask)
  const { found } = props
  return (
    <DraftsForm
      name={`parts:${found.id}`}
      noTitle
      first={{ dueOn: found.dueOn, criterion: found.criterion }}
      under={found.organization.id}
      latest={found.dueOn}
      submitLabel="分解给下级"
      send={({ tasks }) => act.send({ ...to(props), body: { tasks } })}
      onDone={props.onDone}
    />
  )
}

const own = {
  report: Report,
  verify: Verify,
  ask_extension: AskExtension,
  pause: Pause,
  resume: Resume,
  change: Change,
  reopen: Reopen,
  delegate: Delegate,
  link: LinkForm,
} as const

/** The form of each act on a task. */
export function TaskForm(props: TaskFormProps & { verb: TaskAction }) {
  const { verb } = props
  if (verb in byReason) return <Reason {...props} verb={verb as ByReason} />
  if (!(verb in own)) return null
  const Form = own[verb as keyof typeof own]
  return <Form found={props.found} onDone={props.onDone} />
}
