import { useNavigate } from '@tanstack/react-router'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useParam } from '../../../../ui/address.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { actsFor, useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields, type Values } from '../../../../ui/use-fields.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import * as contract from '../../request-reports/request-reports.contract.ts'
import { Attachments } from './attachments.tsx'
import styles from './steps.module.css'

const crumbs = [{ label: '请示报告', to: '/request-reports' }]
type Form = NonNullable<ReturnType<typeof useCall<typeof contract.requestForm>>['data']>

/** Drafts a request or report: the superior and the copy are proposed from the tree. */
export function NewRequestPage() {
  const own = actsFor(useSession())
  const [organization, setOrganization] = useState(own?.id ?? null)
  const found = useCall(contract.requestForm, organization ? { query: { organization } } : null)
  return (
    <Page title="起草请示报告" crumbs={crumbs} narrow>
      <Panel title="由哪个组织报">
        <OrganizationPicker aria-label="由哪个组织报" value={organization} onChange={(id) => setOrganization(id)} />
      </Panel>
      {organization && <Loaded query={found}>{(form) => <Draft key={organization} form={form} />}</Loaded>}
    </Page>
  )
}

function Draft({ form }: { form: Form }) {
  const navigate = useNavigate()
  const drafting = useSubmit(contract.draftRequest)
  const fields = useFields({
    name: 'request',
    schema: contract.draftBody,
    initial: {
      kind: 'request',
      organizationId: form.organization.id,
      ...(form.superiors[0] && { toId: form.superiors[0].id }),
      copyIds: form.copyOwed ? [form.copyOwed.id] : [],
    },
    draftKey: `request:new:${form.organization.id}`,
  })
  return (
    <Panel>
      <FieldForm
        form={fields}
        submitLabel="存为草稿"
        note="存好以后核对一遍，再点“报送”。"
        onSubmit={async (body) => {
          const { id } = await drafting.send({ body })
          void navigate({ href: `/request-reports/${id}`, replace: true })
        }}
      >
        <Body form={form} values={fields.values} change={fields.change} />
      </FieldForm>
    </Panel>
  )
}

/** Corrects a draft, or what was returned. */
export function EditRequestPage() {
  const id = useParam('id')
  const found = useCall(contract.showRequest, { params: { id } })
  return (
    <Page title="修改请示报告" crumbs={crumbs} narrow>
      <Loaded query={found}>{(data) => <Edit key={data.revision} found={data} />}</Loaded>
    </Page>
  )
}

function Edit({ found }: { found: contract.RequestPage }) {
  const form = useCall(contract.requestForm, { query: { organization: found.organization.id } })
  return <Loaded query={form}>{(data) => <EditForm found={found} form={data} />}</Loaded>
}

const text = (value: string | null) => (value === null ? {} : { value })

function initialOf(found: contract.RequestPage) {
  const optional = {
    skipReason: found.skipReason,
    actOn: found.actOn,
    afterReason: found.afterReason,
    meetingId: found.meeting?.id ?? null,
    circulated: found.circulated,
    signer: found.signer,
    documentNumber: found.documentNumber,
  }
  const { kind, title, content, urgent, revision } = found
  return {
    kind,
    title,
    content,
    urgent,
    revision,
    toId: found.to.id,
    copyIds: found.copies.map(({ id }) => id),
    fileIds: found.files.map(({ id }) => id),
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([key, value]) => Object.values(text(value)).map((one) => [key, one])),
    ),
  }
}

function EditForm({ found, form }: { found: contract.RequestPage; form: Form }) {
  const navigate = useNavigate()
  const editing = useSubmit(contract.editRequest)
  const fields = useFields({ name: 'request', schema: contract.editRequest.body, initial: initialOf(found) })
  return (
    <Panel>
      <FieldForm
        form={fields}
        submitLabel="存好"
        onSubmit={async (body) => {
          await editing.send({ params: { id: found.id }, body })
          void navigate({ href: `/request-reports/${found.id}`, replace: true })
        }}
      >
        <Body form={form} values={fields.values} change={fields.change} files={found.files} />
      </FieldForm>
    </Panel>
  )
}

interface BodyProps {
  readonly form: Form
  readonly values: Values
  readonly change: (part: Values) => void
  readonly files?: contract.RequestPage['files']
}

function Body({ form, values, change, files = [] }: BodyProps) {
  const direct = form.superiors[0]
  const isRequest = values['kind'] !== 'report'
  return (
    <>
      <p className={styles.notice}>
        一文一事：一份只写一件事；请示和报告分开写。
        {isRequest
          ? `上级从报到之日起 ${form.answerDays} 天内答复，答复以后 ${form.followDays} 天内报告办理结果。`
          : '报告不等上级答复。'}
      </p>
      <FormField
        name="kind"
        control="radio"
        options={Object.entries(contract.requestKinds).map(([value, label]) => ({ value, label }))}
      />
      <FormField name="title" />
      <FormField name="content" control="area" />
      <FormField name="urgent" />
      {isRequest && <FormField name="actOn" />}
      {values['urgent'] === true && isRequest && <FormField name="afterReason" control="area" />}
      <FormField
        name="toId"
        control="select"
        options={form.superiors.map(({ id, name }) => ({ value: id, label: name }))}
        help={direct && `直接上级是${direct.name}。`}
      />
      {direct && values['toId'] !== direct.id && <FormField name="skipReason" control="area" />}
      {form.copyOwed && <CopyOwed form={form} values={values} change={change} />}
      <FormField
        name="meetingId"
        control="select"
        options={form.meetings.map(({ id, title, heldOn }) => ({ value: id, label: `${heldOn} ${title}` }))}
      />
      <FormField name="circulated" control="area" />
      <FormField name="signer" />
      <FormField name="documentNumber" />
      <Attachments
        known={files}
        organization={form.organization.id}
        ids={(values['fileIds'] as string[] | undefined) ?? []}
        onChange={(fileIds) => change({ fileIds })}
      />
    </>
  )
}

/** The other side of a twofold leadership: proposed, and taken out only on purpose. */
function CopyOwed({ form, values, change }: Pick<BodyProps, 'form' | 'values' | 'change'>) {
  const owed = form.copyOwed
  if (!owed) return null
  const ids = (values['copyIds'] as string[] | undefined) ?? []
  return (
    <p>
      <Checkbox
        checked={ids.includes(owed.id)}
        onChange={(event) => change({ copyIds: event.target.checked ? [...ids, owed.id] : ids.filter((id) => id !== owed.id) })}
      >
        抄送{owed.name}（受双重领导的另一方）
      </Checkbox>
    </p>
  )
}
