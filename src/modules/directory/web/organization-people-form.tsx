import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import type { OrganizationPage } from '../organizations/organizations.contract.ts'
import { personId } from '../persons/persons.contract.ts'
import { postFits } from '../posts/post-fit.rules.ts'
import { appoint, assignDuty, electCommittee, leavePost, type PostCode, posts } from '../posts/posts.contract.ts'
import { PersonPicker } from './person-picker.tsx'

interface FormProps {
  readonly page: OrganizationPage
  readonly onClose: () => void
}

const appointBody = appoint.body.omit({ organizationId: true })
const chainBody = assignDuty.body
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

function PersonField({ title }: { title: string }) {
  return (
    <FormField
      name="personId"
      title={title}
      render={(field) => <PersonPicker {...field} value={textOf(field.value)} onChange={(id) => field.onChange(id)} />}
    />
  )
}

/** Somebody takes a post in the organization; the role goes to the security administrator as a proposal. */
export function AppointForm({ page, onClose }: FormProps) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(appoint)
  const form = useFields({ name: 'appoint', schema: appointBody, initial: { on: today, fullTime: false } })
  const codes = (Object.keys(posts) as PostCode[]).filter((code) => postFits(code, page.kind))
  return (
    <FieldForm
      form={form}
      submitLabel="登记任职"
      note="相应权限作为建议送安全管理员批准。"
      onSubmit={async (body) => {
        await send({ body: { ...body, organizationId: page.id } })
        onClose()
        void message.success('已登记任职。相应权限等安全管理员批准。')
      }}
    >
      <FormField name="post" options={codes.map((code) => ({ value: code, label: posts[code].name }))} />
      <PersonField title="任职人员" />
      <FormField name="fullTime" placeholder="专职" />
      <FormField name="on" latest={today} />
    </FieldForm>
  )
}

/** Somebody leaves a post; the role ends on the same day. */
export function LeaveForm(props: { id: string; since: string; onClose: () => void }) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(leavePost)
  const form = useFields({ name: 'leave-post', schema: leavePost.body, initial: { on: today } })
  return (
    <FieldForm
      form={form}
      submitLabel="登记免职"
      note="相应权限同日终止。"
      onSubmit={async (body) => {
        await send({ params: { id: props.id }, body })
        props.onClose()
        void message.success('已登记免职，相应权限已终止。')
      }}
    >
      <FormField name="on" earliest={props.since} latest={today} />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}

const duties = [
  { value: 'first', label: '第一责任人' },
  { value: 'direct', label: '直接责任人' },
  { value: 'deputy', label: '分管责任人' },
  { value: 'member', label: '班子成员' },
]

/** Somebody takes a place in the chain of responsibility. */
export function ResponsibilityForm({ page, onClose }: FormProps) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(assignDuty)
  const form = useFields({ name: 'responsibility', schema: chainBody, initial: { on: today } })
  return (
    <FieldForm
      form={form}
      submitLabel="登记责任人"
      onSubmit={async (body) => {
        await send({ params: { id: page.id }, body })
        onClose()
        void message.success('已登记责任人。')
      }}
    >
      <FormField name="duty" options={duties} />
      <PersonField title="责任人" />
      <FormField name="on" latest={today} />
    </FieldForm>
  )
}

interface Seat {
  readonly personId: string
  readonly duty: string
}

const seats = z.array(z.object({ personId, duty: z.string().trim().min(2, { error: '请写明分工，如书记、组织委员。' }).max(20) }))
const committeeBody = electCommittee.body.extend({
  members: seats.min(1, { error: '请至少登记一名委员。' }).max(21).meta({ title: '委员' }),
})
const usualTerm: Readonly<Record<string, number>> = { branch: 3, joint_branch: 3, temporary_branch: 3, general_branch: 3 }

/** A newly elected committee with its term. */
export function CommitteeForm({ page, onClose }: FormProps) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(electCommittee)
  const form = useFields({
    name: 'committee',
    schema: committeeBody,
    initial: { electedOn: today, termYears: usualTerm[page.kind] ?? 5, members: [{ personId: '', duty: '书记' }] },
  })
  return (
    <FieldForm
      form={form}
      submitLabel="登记新一届"
      onSubmit={async (body) => {
        const { hints } = await send({ params: { id: page.id }, body })
        onClose()
        void message.success(['已登记新一届委员会。', ...hints].join(' '))
      }}
    >
      <FormField name="electedOn" latest={today} />
      <FormField name="termYears" />
      <FormField
        name="members"
        render={(field) => <Seats value={(field.value as Seat[] | undefined) ?? []} onChange={(next) => field.onChange(next)} />}
      />
    </FieldForm>
  )
}

function Seats(props: { value: readonly Seat[]; onChange: (next: Seat[]) => void }) {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const change = (at: number, part: Partial<Seat>) =>
    props.onChange(props.value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <div className="dir-seats">
      {props.value.map((seat, at) => (
        <div key={at} className="dir-seat">
          <PersonPicker
            aria-label={`第 ${at + 1} 名委员`}
            value={seat.personId || null}
            {...(names.get(seat.personId) && { name: names.get(seat.personId) ?? '' })}
            onChange={(id, name) => {
              if (id && name) setNames(new Map([...names, [id, name]]))
              change(at, { personId: id ?? '' })
            }}
          />
          <Input
            aria-label={`第 ${at + 1} 名委员的分工`}
            placeholder="分工"
            maxLength={20}
            value={seat.duty}
            onChange={(event) => change(at, { duty: event.target.value })}
          />
          <Button
            aria-label={`去掉第 ${at + 1} 名委员`}
            onClick={() => props.onChange(props.value.filter((_, index) => index !== at))}
          >
            去掉
          </Button>
        </div>
      ))}
      <Button onClick={() => props.onChange([...props.value, { personId: '', duty: '' }])}>加一名委员</Button>
    </div>
  )
}
