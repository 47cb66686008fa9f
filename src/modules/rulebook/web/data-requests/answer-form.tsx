import { Button, Input, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { CallProblem } from '../../../../kernel/http/call.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { sentenceOf } from '../../../../ui/states.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { answerRequest, type RequestPage } from '../../data-requests/data-requests.contract.ts'

type Own = RequestPage['own'][number]
type Field = RequestPage['fieldList'][number]
type Value = string | number
type Values = Readonly<Record<string, Value>>

/** One round of one organization: what is asked, nothing else. */
export function AnswerForm(props: { page: RequestPage; own: Own }) {
  const { page, own } = props
  const id = useId()
  const [values, setValues] = useState<Values>(own.answer?.values ?? {})
  const [minutes, setMinutes] = useState<number | null>(own.answer?.minutes ?? null)
  const [said, setSaid] = useState<string | null>(null)
  const answering = useSubmit(answerRequest)
  const errors = new Map(answering.fieldErrors.map(({ field, message }) => [field, message]))
  const send = async () => {
    setSaid(null)
    const body = {
      organizationId: own.organization.id,
      dueOn: own.dueOn,
      values: { ...values },
      ...(minutes !== null && { minutes }),
    }
    if (await answering.submit({ params: { id: page.id }, body })) setSaid('已填报，可以随时更正。')
  }
  const state = own.answer ? `已于${inChinese(own.answer.answeredOn)}填报` : `${inChinese(own.dueOn)}截止`
  return (
    <Panel title={own.organization.name} note={state}>
      <form
        className="request-answer"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {page.fieldList.map((field) => (
          <AnswerField
            key={field.key}
            field={field}
            value={values[field.key]}
            error={errors.get(`values.${field.key}`)}
            onChange={(value) =>
              setValues(({ [field.key]: _, ...rest }) => (value === null ? rest : { ...rest, [field.key]: value }))
            }
          />
        ))}
        <div>
          <label htmlFor={id}>填了多少分钟（可不填）</label>
          <InputNumber id={id} min={1} max={960} value={minutes} onChange={setMinutes} />
        </div>
        {answering.error !== null && !(answering.error instanceof CallProblem && errors.size > 0) && (
          <p role="alert" className="request-error">
            {sentenceOf(answering.error)}
          </p>
        )}
        {said && <p role="status">{said}</p>}
        <Button type="primary" htmlType="submit" loading={answering.pending}>
          {own.answer ? '更正' : '填报'}
        </Button>
      </form>
    </Panel>
  )
}

interface AnswerFieldProps {
  readonly field: Field
  readonly value: Value | undefined
  readonly error: string | undefined
  readonly onChange: (value: Value | null) => void
}

function AnswerField(props: AnswerFieldProps) {
  const id = useId()
  const { field, error } = props
  return (
    <div data-invalid={Boolean(error)}>
      <label htmlFor={id}>{field.unit ? `${field.title}（${field.unit}）` : field.title}</label>
      <Control {...props} id={id} />
      {error && (
        <p role="alert" className="request-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function Control({ id, field, value, error, onChange }: AnswerFieldProps & { id: string }) {
  const described = error ? { 'aria-describedby': `${id}-error`, status: 'error' as const } : {}
  if (field.kind === 'number') {
    return <InputNumber id={id} {...described} value={typeof value === 'number' ? value : null} onChange={onChange} />
  }
  if (field.kind === 'choice') {
    const options = (field.choices ?? []).map((choice) => ({ value: choice, label: choice }))
    return (
      <Select id={id} {...described} options={options} value={value ?? null} onChange={(next: Value | null) => onChange(next)} />
    )
  }
  const text = typeof value === 'string' ? value : ''
  if (field.kind === 'date') return <DateField id={id} value={text || null} onChange={(next) => onChange(next ?? null)} />
  return <Input id={id} {...described} value={text} onChange={(event) => onChange(event.target.value || null)} />
}
