import { inChinese } from '../../../kernel/time/civil-date.ts'
import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useAddress } from '../../../ui/address.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Fields, useFields } from '../../../ui/use-fields.ts'
import {
  createOrganization,
  createOrganizationBody,
  dissolveBody,
  dissolveOrganization,
  listOrganizations,
  mergeBody,
  mergeOrganization,
  moveBody,
  moveOrganization,
  organizationKinds,
  type OrganizationKind,
  type OrganizationPage,
  renameBody,
  renameOrganization,
  splitBody,
  splitOrganization,
} from '../organizations/organizations.contract.ts'
import { mayFollow, mayStandUnder } from '../organizations/placement.rules.ts'
import { listPersons, personCategories } from '../persons/persons.contract.ts'
import { organizationActs, type OrganizationActKey, kindsToCreate, type Planned, whatHappens } from './organization-acts.rules.ts'
import { OrganizationPicker } from './organization-picker.tsx'

interface ActProps {
  readonly page: OrganizationPage
  readonly onClose: () => void
  /** Opens the organization that came out of it. */
  readonly onDone: (id: string, said: string) => void
}

const forms: Readonly<Record<OrganizationActKey, (props: ActProps) => ReactNode>> = {
  create: (props) => <CreateForm {...props} />,
  rename: (props) => <RenameForm {...props} />,
  move: (props) => <MoveForm {...props} />,
  merge: (props) => <MergeForm {...props} />,
  split: (props) => <SplitForm {...props} />,
  dissolve: (props) => <DissolveForm {...props} />,
}

/** The form of one act on an organization, in the place of its page. */
export function OrganizationAct(props: { act: OrganizationActKey; page: OrganizationPage; onClose: () => void }) {
  const [, change] = useAddress()
  const { message } = App.useApp()
  const done = (id: string, said: string) => {
    void message.success(said)
    change({ id, act: undefined })
  }
  return (
    <Panel title={`${organizationActs[props.act]}：${props.page.name}`}>
      {forms[props.act]({ page: props.page, onClose: props.onClose, onDone: done })}
    </Panel>
  )
}

interface FrameProps<Schema extends z.ZodObject> extends ActProps {
  readonly act: OrganizationActKey
  readonly form: Fields<Schema>
  readonly planned: Omit<Planned, 'on'>
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
  readonly children: ReactNode
}

/** What all acts share: the day, the reason, and the sentence of what happens. */
function Frame<Schema extends z.ZodObject>(props: FrameProps<Schema>) {
  const { today } = useSession()
  const on = props.form.values.on
  const sentence = whatHappens(props.act, props.page, { ...props.planned, on: typeof on === 'string' ? on : undefined })
  return (
    <FieldForm
      form={props.form}
      onSubmit={props.onSubmit}
      submitLabel={organizationActs[props.act]}
      more={<Button onClick={props.onClose}>不办了</Button>}
    >
      {props.children}
      <FormField name="on" latest={today} />
      <FormField name="reason" control="area" />
      <p className="dir-sentence" role="status">
        {sentence}
      </p>
    </FieldForm>
  )
}

const optionsOf = (kinds: readonly OrganizationKind[]) => kinds.map((kind) => ({ value: kind, label: organizationKinds[kind] }))
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

function CreateForm(props: ActProps) {
  const { today } = useSession()
  const kinds = kindsToCreate(props.page.abilities, props.page.kind)
  const form = useFields({
    name: 'organization-create',
    schema: createOrganizationBody,
    initial: { parentId: props.page.id, on: today, ...(kinds.length === 1 && kinds[0] && { kind: kinds[0] }) },
    draftKey: `organization-create:${props.page.id}`,
  })
  const { send } = useSubmit(createOrganization)
  return (
    <Frame
      {...props}
      act="create"
      form={form}
      planned={{ name: textOf(form.values.name) }}
      onSubmit={async (body) => props.onDone((await send({ body })).id, `已设立“${body.name}”。`)}
    >
      <FormField name="kind" options={optionsOf(kinds)} />
      <FormField name="name" />
      <FormField name="shortName" />
      {form.values.kind === 'temporary_branch' && <FormField name="endsOn" control="date" earliest={today} />}
    </Frame>
  )
}

function RenameForm(props: ActProps) {
  const { page } = props
  const { today } = useSession()
  const form = useFields({
    name: 'organization-rename',
    schema: renameBody,
    initial: { name: page.name, on: today, ...(page.shortName && { shortName: page.shortName }) },
  })
  const { send } = useSubmit(renameOrganization)
  return (
    <Frame
      {...props}
      act="rename"
      form={form}
      planned={{ name: textOf(form.values.name) }}
      onSubmit={async (body) => props.onDone((await send({ params: { id: page.id }, body })).id, `已改称“${body.name}”。`)}
    >
      <FormField name="name" />
      <FormField name="shortName" />
    </Frame>
  )
}

const allKinds = Object.keys(organizationKinds) as OrganizationKind[]

function MoveForm(props: ActProps) {
  const { page } = props
  const { today } = useSession()
  const [parent, setParent] = useState<string | null>(null)
  const form = useFields({ name: 'organization-move', schema: moveBody, initial: { on: today } })
  const { send } = useSubmit(moveOrganization)
  return (
    <Frame
      {...props}
      act="move"
      form={form}
      planned={{ other: parent }}
      onSubmit={async (body) => props.onDone((await send({ params: { id: page.id }, body })).id, `“${page.name}”已改隶。`)}
    >
      <FormField
        name="parentId"
        render={(field) => (
          <OrganizationPicker
            {...field}
            value={textOf(field.value) ?? null}
            kinds={allKinds.filter((kind) => mayStandUnder(page.kind, kind))}
            except={[page.id, ...(page.parentId ? [page.parentId] : [])]}
            onChange={(id, name) => {
              field.onChange(id)
              setParent(name)
            }}
          />
        )}
      />
    </Frame>
  )
}

function MergeForm(props: ActProps) {
  const { page } = props
  const { today } = useSession()
  const [into, setInto] = useState<string | null>(null)
  const form = useFields({ name: 'organization-merge', schema: mergeBody, initial: { on: today } })
  const { send } = useSubmit(mergeOrganization)
  return (
    <Frame
      {...props}
      act="merge"
      form={form}
      planned={{ other: into }}
      onSubmit={async (body) =>
        props.onDone((await send({ params: { id: page.id }, body })).id, `“${page.name}”已并入“${into}”。`)
      }
    >
      <Successor name="intoId" page={page} onNamed={setInto} />
    </Frame>
  )
}

function DissolveForm(props: ActProps) {
  const { page } = props
  const { today } = useSession()
  const [successor, setSuccessor] = useState<string | null>(null)
  const form = useFields({ name: 'organization-dissolve', schema: dissolveBody, initial: { on: today } })
  const { send } = useSubmit(dissolveOrganization)
  return (
    <Frame
      {...props}
      act="dissolve"
      form={form}
      planned={{ other: successor }}
      onSubmit={async (body) => {
        await send({ params: { id: page.id }, body })
        props.onDone(body.successorId ?? page.parentId ?? page.id, `“${page.name}”已自${inChinese(body.on)}起撤销。`)
      }}
    >
      <Successor name="successorId" page={page} onNamed={setSuccessor} />
    </Frame>
  )
}

function Successor(props: { name: string; page: OrganizationPage; onNamed: (name: string | null) => void }) {
  return (
    <FormField
      name={props.name}
      render={(field) => (
        <OrganizationPicker
          {...field}
          value={textOf(field.value) ?? null}
          kinds={allKinds.filter((kind) => mayFollow(props.page.kind, kind))}
          except={[props.page.id]}
          onChange={(id, name) => {
            field.onChange(id)
            props.onNamed(name)
          }}
        />
      )}
    />
  )
}

function SplitForm(props: ActProps) {
  const { page } = props
  const { today } = useSession()
  const form = useFields({ name: 'organization-split', schema: splitBody, initial: { on: today, personIds: [], childIds: [] } })
  const people = useCall(listPersons, { query: { organization: page.id, limit: 500 } })
  const below = useCall(listOrganizations, { query: { under: page.id, limit: 500 } })
  const { send } = useSubmit(splitOrganization)
  const count = (value: unknown) => (Array.isArray(value) ? value.length : 0)
  const children = (below.data?.items ?? []).filter((one) => one.parentId === page.id)
  return (
    <Frame
      {...props}
      act="split"
      form={form}
      planned={{
        name: textOf(form.values.name),
        persons: count(form.values.personIds),
        children: count(form.values.childIds),
      }}
      onSubmit={async (body) => props.onDone((await send({ params: { id: page.id }, body })).id, `已分出“${body.name}”。`)}
    >
      <FormField name="name" />
      <FormField
        name="personIds"
        help={people.isError ? '名单没有读出来，请刷新后再试。' : '输入姓名查找，可选多人'}
        options={(people.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${one.name}（${personCategories[one.category]}）`,
        }))}
      />
      {children.length > 0 && <FormField name="childIds" options={children.map((one) => ({ value: one.id, label: one.name }))} />}
    </Frame>
  )
}
