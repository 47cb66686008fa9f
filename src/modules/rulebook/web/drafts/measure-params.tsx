import { Select } from 'antd'
import type { ControlProps } from '../../../../ui/field-control.tsx'
import type { Path } from './draft-content.rules.ts'
import { type ParameterField, parameterFields } from './json-schema-fields.rules.ts'
import { PartField, usePart } from './part-field.tsx'

/** Words that may be chosen or written, by the parameter's name: tags, requirements. */
export type Suggested = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>

const kinds = { choice: 'select', choices: 'several', number: 'number', check: 'check', text: 'text' } as const

/** The parameters of the chosen measure, drawn from its own schema. */
export function MeasureParams(props: { schema: unknown; path: Path; suggested: Suggested }) {
  const fields = parameterFields(props.schema)
  if (fields.length === 0) return <p className="draft-muted">这种计量没有要填的参数。</p>
  return (
    <>
      {fields.map((field) => (
        <Parameter key={field.name} field={field} path={props.path} suggested={props.suggested} />
      ))}
    </>
  )
}

function Parameter(props: { field: ParameterField; path: Path; suggested: Suggested }) {
  const { field } = props
  const path = [...props.path, field.name]
  if (field.control === 'group') {
    return (
      <fieldset className="draft-group">
        <legend>{field.title}</legend>
        {field.help && <p className="draft-muted">{field.help}</p>}
        {field.fields.map((inner) => (
          <Parameter key={inner.name} field={inner} path={path} suggested={props.suggested} />
        ))}
      </fieldset>
    )
  }
  const help = [field.help, field.otherwise && `不填即：${field.otherwise}`].filter(Boolean).join('。')
  const common = { path, title: field.title, optional: !field.required, ...(help && { help }) }
  const suggested = props.suggested[field.name]
  if (field.control === 'words')
    return <PartField {...common} render={(control) => <WordsControl control={control} options={suggested ?? []} />} />
  if (field.control === 'text' && suggested) return <PartField {...common} control="select" options={suggested} />
  return <PartField {...common} control={kinds[field.control]} options={field.options} />
}

/** Several words, chosen or typed; each ends with Enter. */
export function WordsControl(props: { control: ControlProps; options: readonly { value: string; label: string }[] }) {
  const { control } = props
  const { readOnly } = usePart()
  return (
    <Select
      id={control.id}
      mode="tags"
      disabled={readOnly}
      tokenSeparators={['、', '，', ',', ' ']}
      value={Array.isArray(control.value) ? control.value.map(String) : []}
      options={props.options.map((option) => ({ ...option }))}
      {...(control.invalid && { status: 'error' as const })}
      aria-invalid={control.invalid}
      aria-describedby={control['aria-describedby']}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(value: string[]) => control.onChange(value)}
    />
  )
}
