import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../../kernel/http/call.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { sentenceOf } from '../../../../ui/states.tsx'
import { useFields } from '../../../../ui/use-fields.ts'
import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import {
  requestBody,
  type RequestBody,
  requestCadences,
  requestKinds,
  type Weighing,
  weighRequest,
} from '../../data-requests/data-requests.contract.ts'
import { type DraftField, RequestFields } from './request-fields.tsx'
import { WeighingPanel } from './weighing-panel.tsx'
import './data-requests.css'

const optionsOf = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))
const recipientKinds = ['unit', 'party_committee', 'general_branch', 'branch', 'joint_branch'] as const
const recipientOptions = recipientKinds.map((value) => ({ value, label: organizationKinds[value] }))

interface RequestFormProps {
  readonly name: string
  readonly initial: Partial<RequestBody>
  readonly draftKey?: string
  readonly fixedIssuer?: boolean
  readonly submitLabel: string
  readonly onSubmit: (body: RequestBody) => Promise<unknown>
}

/** A request with its cost beside it before anybody is asked. */
export function RequestForm(props: RequestFormProps) {
  const form = useFields({
    name: props.name,
    schema: requestBody,
    initial: {
      kind: 'form',
      cadence: 'once',
      recipientKinds: ['branch'],
      fields: [{ title: '', kind: 'number' }],
      ...props.initial,
    },
    ...(props.draftKey && { draftKey: props.draftKey }),
  })
  const [weighed, setWeighed] = useState<Weighing | string | null>(null)
  const weigh = async () => {
    const read = requestBody.safeParse(form.values)
    // What is still wrong is shown as on sending; nothing is sent.
    if (!read.success) return form.submit(() => Promise.resolve())
    return setWeighed(await call(weighRequest, { body: read.data }).catch((problem: unknown) => sentenceOf(problem)))
  }
  return (
    <FieldForm
      form={form}
      submitLabel={props.submitLabel}
      onSubmit={props.onSubmit}
      more={<Button onClick={() => void weigh()}>算一算代价</Button>}
    >
      <FormField
        name="issuerId"
        render={(control) => (
          <OrganizationPicker
            id={control.id}
            invalid={control.invalid}
            disabled={props.fixedIssuer ?? false}
            aria-describedby={control['aria-describedby']}
            value={typeof control.value === 'string' ? control.value : null}
            onChange={(id: string | null) => control.onChange(id)}
          />
        )}
      />
      <FormField name="title" />
      <FormField name="purpose" control="area" />
      <FormField name="kind" control="radio" options={optionsOf(requestKinds)} />
      <FormField
        name="fields"
        render={(control) => (
          <RequestFields
            id={control.id}
            value={(control.value ?? []) as DraftField[]}
            errors={form.errors}
            onChange={(fields) => control.onChange(fields)}
          />
        )}
      />
      <FormField name="recipientKinds" control="several" options={recipientOptions} />
      <FormField name="cadence" control="radio" options={optionsOf(requestCadences)} />
      <FormField name="firstDue" />
      <FormField name="lastDay" />
      <FormField name="minutesEstimated" />
      {typeof weighed === 'string' && <p role="alert">{weighed}</p>}
      {weighed !== null && typeof weighed !== 'string' && <WeighingPanel weighed={weighed} />}
    </FieldForm>
  )
}
