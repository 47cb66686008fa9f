import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import type { z } from 'zod'
import { DateField } from './date-field.tsx'
import styles from './form.module.css'
import { StickyActions } from './sticky-actions.tsx'
import type { Fields } from './use-fields.ts'
import { words } from './words.ts'

const FormContext = createContext<Fields | null>(null)

export interface FieldFormProps<Schema extends z.ZodObject> {
  readonly form: Fields<Schema>
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
  readonly submitLabel: string
  /** Beside the main button. */
  readonly more?: ReactNode
  /** Above the main button, such as what the record will satisfy. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** A form in one column. Errors stand at the field in words, the focus goes to the first, nothing typed is lost. */
export function FieldForm<Schema extends z.ZodObject>(props: FieldFormProps<Schema>) {
  const { form } = props
  const element = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (form.refusals === 0) return
    const target = element.current?.querySelector<HTMLElement>('[data-invalid="true"]')
    const focusable = target?.querySelector<HTMLElement>('input,textarea,select,button,[tabindex="0"]')
    ;(focusable ?? element.current?.querySelector<HTMLElement>('[role="alert"]'))?.focus()
  }, [form.refusals])
  const draft = form.draft
  return (
    <FormContext value={form as unknown as Fields}>
      <form
        ref={element}
        name={form.name}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit(props.onSubmit)
        }}
      >
        {draft.restored && (
          <p className={styles.restored}>
            {words.draftBack}{' '}
            <Button type="link" size="small" onClick={draft.clear}>
              {words.startOver}
            </Button>
          </p>
        )}
        <Summary form={form as unknown as Fields} />
        {props.children}
        <StickyActions note={<>{props.note} {draftNote(draft)}</>}>
          <Button type="primary" htmlType="submit" loading={form.pending}>
            {props.submitLabel}
          </Button>
          {props.more}
        </StickyActions>
      </form>
    </FormContext>
  )
}

function draftNote(draft: { failed: boolean; savedAt: string | null }): string | null {
  if (draft.failed) return words.notSaved
  return draft.savedAt ? words.savedAt(draft.savedAt) : null
}

/** What is wrong as a whole; says how many fields, and lists errors that belong to no field on the screen. */
function Summary({ form }: { form: Fields }) {
  const strays = [...form.errors].filter(([path]) => !(path.split('.')[0]! in form.schema.shape))
  if (!form.failure && form.errors.size === 0) return null
  return (
    <div className={styles.summary} role="alert" tabIndex={-1}>
      <p>{form.failure ?? words.fixErrors(form.errors.size)}</p>
      {strays.map(([path, message]) => (
        <p key={path}>{message}</p>
      ))}
    </div>
  )
}

/** What a control needs to be tied to its label, help and error. */
export interface ControlProps {
  readonly id: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly invalid: boolean
  readonly 'aria-describedby': string | undefined
}

export interface FormFieldProps {
  /** A key of the form's schema; title and help come from its metadata. */
  readonly name: string
  readonly title?: string
  readonly help?: ReactNode
  /** Names of an enumeration's values, or of anything chosen. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly control?: 'text' | 'area' | 'number' | 'select' | 'several' | 'radio' | 'check' | 'date' | 'password'
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly latest?: string
  readonly earliest?: string
  /** A control of the page's own. */
  readonly render?: (control: ControlProps) => ReactNode
}

/** One field of the form it stands in: label, control, help, error. */
export function FormField(props: FormFieldProps) {
  const form = useContext(FormContext)
  if (!form) throw new Error('FormField stands outside FieldForm')
  const schema = form.schema.shape[props.name] as z.ZodType | undefined
  const meta = metaOf(schema)
  const id = `${form.name}-${props.name}`
  const error = errorOf(form.errors, props.name)
  const help = props.help ?? meta.help
  const control: ControlProps = {
    id,
    value: form.values[props.name],
    onChange: (value) => form.set(props.name, value),
    invalid: error !== undefined,
    'aria-describedby': [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <Labelled id={id} title={props.title ?? meta.title ?? props.name} optional={schema?.safeParse(undefined).success ?? true} help={help} error={error}>
      {props.render ? props.render(control) : <Control {...props} kind={props.control ?? kindOf(schema, meta, props)} field={control} />}
    </Labelled>
  )
}

/** The frame of a field, for forms that keep their own state. */
export function Labelled(props: { id: string; title: string; optional?: boolean; help?: ReactNode; error?: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.field} data-invalid={props.error !== undefined}>
      <label htmlFor={props.id} className={styles.label}>
        {props.title}
        {props.optional && <small>{words.optional}</small>}
      </label>
      {props.children}
      {props.help && (
        <p id={`${props.id}-help`} className={styles.help}>
          {props.help}
        </p>
      )}
      {props.error && (
        <p id={`${props.id}-error`} className={styles.error}>
          {props.error}
        </p>
      )}
    </div>
  )
}

interface FieldMeta {
  title?: string
  help?: string
  format?: string
}

function metaOf(schema: z.ZodType | undefined): FieldMeta {
  const own = (schema?.meta() ?? {}) as FieldMeta
  const inner = innerOf(schema)
  return inner && inner !== schema ? { ...metaOf(inner), ...own } : own
}

function innerOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  return (schema as { def?: { innerType?: z.ZodType } } | undefined)?.def?.innerType
}

function typeOf(schema: z.ZodType | undefined): string {
  const inner = innerOf(schema)
  return inner ? typeOf(inner) : ((schema as { def?: { type?: string } } | undefined)?.def?.type ?? 'string')
}

const kinds: Readonly<Record<string, FormFieldProps['control']>> = { boolean: 'check', number: 'number', int: 'number', enum: 'select', array: 'several' }

function kindOf(schema: z.ZodType | undefined, meta: FieldMeta, props: FormFieldProps): NonNullable<FormFieldProps['control']> {
  if (meta.format === 'date') return 'date'
  return kinds[typeOf(schema)] ?? (props.options ? 'select' : 'text')
}

function errorOf(errors: ReadonlyMap<string, string>, name: string): string | undefined {
  return errors.get(name) ?? [...errors].find(([path]) => path.startsWith(`${name}.`))?.[1]
}

function Control(props: FormFieldProps & { kind: NonNullable<FormFieldProps['control']>; field: ControlProps }) {
  const { field } = props
  const base = {
    id: field.id,
    ...(field.invalid && { status: 'error' as const }),
    'aria-invalid': field.invalid,
    'aria-describedby': field['aria-describedby'],
    disabled: props.disabled ?? false,
    ...(props.placeholder !== undefined && { placeholder: props.placeholder }),
  }
  const text = typeof field.value === 'string' ? field.value : ''
  const options = (props.options ?? []).map((option) => ({ ...option }))
  const chosen = field.value === undefined || field.value === '' ? null : field.value
  switch (props.kind) {
    case 'area':
      return <Input.TextArea {...base} autoSize={{ minRows: 3, maxRows: 12 }} value={text} onChange={(event) => field.onChange(event.target.value)} />
    case 'password':
      return <Input.Password {...base} value={text} autoComplete="new-password" onChange={(event) => field.onChange(event.target.value)} />
    case 'number':
      return <InputNumber {...base} value={(chosen as number | null) ?? null} onChange={field.onChange} />
    case 'date':
      return <DateControl {...props} />
    case 'check':
      return <Checkbox {...base} checked={field.value === true} onChange={(event) => field.onChange(event.target.checked)}>{props.placeholder}</Checkbox>
    case 'radio':
      return <Radio.Group id={field.id} options={options} value={chosen} onChange={(event) => field.onChange(event.target.value)} />
    case 'select':
    case 'several':
      return <Choose {...props} base={base} options={options} chosen={chosen} />
    default:
      return <Input {...base} value={text} onChange={(event) => field.onChange(event.target.value)} />
  }
}

function DateControl(props: FormFieldProps & { field: ControlProps }) {
  const { field } = props
  return (
    <DateField
      {...field}
      value={typeof field.value === 'string' && field.value !== '' ? field.value : null}
      disabled={props.disabled ?? false}
      {...(props.earliest && { earliest: props.earliest })}
      {...(props.latest && { latest: props.latest })}
    />
  )
}

function Choose(props: FormFieldProps & { field: ControlProps; base: object; chosen: unknown; kind: string }) {
  return (
    <Select
      {...props.base}
      value={props.chosen}
      options={(props.options ?? []).map((option) => ({ ...option }))}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      {...(props.kind === 'several' && { mode: 'multiple' as const })}
      onChange={(value: unknown) => props.field.onChange(value)}
    />
  )
}
