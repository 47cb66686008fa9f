import { inChinese } from '../../../kernel/time/civil-date.ts'
import { App, Button } from 'antd'
import { useSession } from '../../../ui/session.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import { type OrganizationKind, organizationKinds } from '../organizations/organizations.contract.ts'
import {
  correctPerson,
  createPerson,
  movePerson,
  personBody,
  personCategories,
  type PersonCategory,
  personCategory,
  type PersonPage,
} from '../persons/persons.contract.ts'
import { mayKeepFile } from '../persons/standing.rules.ts'
import { OrganizationPicker } from './organization-picker.tsx'

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
const categoryOptions = Object.entries(personCategories).map(([value, label]) => ({ value, label }))
const sexOptions = [
  { value: 'male', label: '男' },
  { value: 'female', label: '女' },
]
const allKinds = Object.keys(organizationKinds) as OrganizationKind[]

/** Where the file can be kept: a branch for everybody, a unit for other staff too. */
function homesOf(category: PersonCategory): OrganizationKind[] {
  return allKinds.filter((kind) => mayKeepFile(kind, category))
}

function PlaceField(props: {
  name: string
  title?: string
  kinds: readonly OrganizationKind[]
  under?: string | undefined
  except?: string[]
}) {
  return (
    <FormField
      name={props.name}
      {...(props.title && { title: props.title })}
      render={(field) => (
        <OrganizationPicker
          {...field}
          kinds={props.kinds}
          under={props.under}
          {...(props.except && { except: props.except })}
          value={textOf(field.value)}
          onChange={(id) => field.onChange(id)}
        />
      )}
    />
  )
}

function OwnFields({ today }: { today: string }) {
  return (
    <>
      <FormField name="name" />
      <FormField name="category" options={categoryOptions} />
      <FormField name="sex" control="radio" options={sexOptions} />
      <FormField name="idNumber" help="18 位；填写后自动核对校验码和重复" />
      <FormField name="phone" />
      <FormField name="birthOn" control="date" latest={today} help="空白时按身份号码" />
      <FormField name="ethnicity" placeholder="如汉族" />
      <FormField name="education" placeholder="如大学本科" />
      <FormField name="job" />
      <FormField name="joinedOn" control="date" latest={today} />
      <FormField name="fullSince" control="date" latest={today} />
      <FormField name="exempt" control="check" placeholder="免除" />
    </>
  )
}

/** Enters somebody in the roster. ID numbers are personal, so what is typed is not kept on the device. */
export function PersonCreateForm(props: { under: string | null; onClose: () => void; onDone: (id: string) => void }) {
  const { today } = useSession()
  const { message } = App.useApp()
  const { send } = useSubmit(createPerson)
  const form = useFields({
    name: 'person-create',
    schema: personBody,
    initial: { exempt: false, ...(props.under && { organizationId: props.under }) },
  })
  const home = textOf(form.values.organizationId)
  return (
    <FieldForm
      form={form}
      submitLabel="登记"
      more={<Button onClick={props.onClose}>不登记了</Button>}
      onSubmit={async (body) => {
        const { id } = await send({ body })
        void message.success(`已登记${body.name}。`)
        props.onDone(id)
      }}
    >
      <PlaceField name="organizationId" kinds={homesOf(personCategory.safeParse(form.values.category).data ?? 'staff')} />
      {home && <PlaceField name="groupId" kinds={['group']} under={home} />}
      <OwnFields today={today} />
    </FieldForm>
  )
}

interface ChangeProps {
  readonly person: PersonPage
  readonly onClose: () => void
  readonly onDone: (said: string) => void
}

const correctBody = correctPerson.body

/** What the file says now, without the masked numbers: those are only sent when they are typed anew. */
function present(person: PersonPage) {
  const all = {
    name: person.name,
    category: person.category,
    sex: person.sex,
    birthOn: person.birthOn,
    ethnicity: person.ethnicity,
    education: person.education,
    job: person.job,
    joinedOn: person.joinedOn,
    fullSince: person.fullSince,
    exempt: person.exempt,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

/** Corrects the file; the values before stay in its history. */
export function PersonCorrectForm({ person, onClose, onDone }: ChangeProps) {
  const { today } = useSession()
  const { send } = useSubmit(correctPerson)
  const before = present(person)
  const form = useFields({
    name: 'person-correct',
    schema: correctBody,
    initial: { ...before, revision: person.revision },
  })
  return (
    <FieldForm
      form={form}
      submitLabel="更正"
      more={<Button onClick={onClose}>不改了</Button>}
      note="原来的内容留存可查。身份号码和电话不填就不变。"
      onSubmit={async (body) => {
        const changed = Object.entries(body).filter(([key, value]) => (before as Record<string, unknown>)[key] !== value)
        await send({
          params: { id: person.id },
          body: { ...Object.fromEntries(changed), revision: body.revision, reason: body.reason },
        })
        onDone(`已更正${person.name}的档案，原来的内容留存可查。`)
      }}
    >
      <OwnFields today={today} />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}

/** Moves somebody to another branch within the city from a day on. */
export function PersonMoveForm({ person, onClose, onDone }: ChangeProps) {
  const { today } = useSession()
  const { send } = useSubmit(movePerson)
  const form = useFields({ name: 'person-move', schema: movePerson.body, initial: { on: today } })
  const to = textOf(form.values.toId)
  return (
    <FieldForm
      form={form}
      submitLabel="转入"
      more={<Button onClick={onClose}>不转了</Button>}
      note={`自所填日期起，${person.name}的组织关系转到新支部；此前的记录和应到人数不变；在原支部的职务同日终止。`}
      onSubmit={async (body) => {
        await send({ params: { id: person.id }, body })
        onDone(`${person.name}已自${inChinese(body.on)}起转入新支部。`)
      }}
    >
      <PlaceField name="toId" kinds={homesOf(person.category)} except={[person.organization.id]} />
      {to && <PlaceField name="groupId" kinds={['group']} under={to} />}
      <FormField name="on" latest={today} />
      <FormField name="reason" control="area" />
    </FieldForm>
  )
}
