import { Button } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import type { z } from 'zod'
import { FieldControl, type ControlKind, type ControlOptions, type ControlProps } from './field-control.tsx'
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
  const kept = draftNote(draft)
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
        <StickyActions
          note={
            <>
              {props.note}
              {props.note && kept && ' '}
              {kept}
            </>
          }
        >
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
  const strays = [...form.errors].filter(([path]) => !((path.split('.')[0] ?? '') in form.schema.shape))
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

export interface FormFieldProps extends ControlOptions {
  /** A key of the form's schema; title and help come from its metadata. */
  readonly name: string
  readonly title?: string
  readonly help?: ReactNode
  /** Told by the schema unless given. */
  readonly control?: ControlKind
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
  const help = props.help ?? meta.help
  const kind = kindOf(schema, meta, props)
  const error = saidFor(kind, errorOf(form.errors, props.name))
  const control: ControlProps = {
    id,
    value: form.values[props.name],
    onChange: (value) => form.set(props.name, value),
    invalid: error !== undefined,
    'aria-describedby': described(id, help, error),
  }
  // A box that may be left empty is its own answer.
  const optional = kind !== 'check' && (schema === undefined || schema.safeParse(undefined).success)
  return (
    <Labelled id={id} title={props.title ?? meta.title ?? props.name} optional={optional} help={help} error={error}>
      {props.render?.(control) ?? <FieldControl {...props} {...choicesOf(meta, props)} kind={kind} field={control} />}
    </Labelled>
  )
}

function described(id: string, help: ReactNode, error: string | undefined): string | undefined {
  return [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
}

export interface LabelledProps {
  readonly id: string
  readonly title: string
  readonly optional?: boolean
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly children: ReactNode
}

/** The frame of a field, for forms that keep their own state. */
export function Labelled(props: LabelledProps) {
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
  /** What the values of a choice are called. */
  titles?: Readonly<Record<string, string>>
}

function metaOf(schema: z.ZodType | undefined): FieldMeta {
  const own = (schema?.meta() ?? {}) as FieldMeta
  const inner = innerOf(schema)
  return inner ? { ...metaOf(inner), ...own } : own
}

/** The choices that the page gives, else those that the schema names. */
function choicesOf({ titles }: FieldMeta, { options }: FormFieldProps): Pick<ControlOptions, 'options'> {
  if (options || !titles) return {}
  return { options: Object.entries(titles).map(([value, label]) => ({ value, label })) }
}

/** What stands under optional, nullable and default. */
function innerOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  return (schema as { def?: { innerType?: z.ZodType } } | undefined)?.def?.innerType
}

function typeOf(schema: z.ZodType | undefined): string {
  const inner = innerOf(schema)
  return inner ? typeOf(inner) : ((schema as { def?: { type?: string } } | undefined)?.def?.type ?? 'string')
}

const kinds: Readonly<Record<string, ControlKind>> = {
  boolean: 'check',
  number: 'number',
  int: 'number',
  enum: 'select',
  array: 'several',
}

function kindOf(schema: z.ZodType | undefined, meta: FieldMeta, props: FormFieldProps): ControlKind {
  if (props.control) return props.control
  if (meta.format === 'date') return 'date'
  return kinds[typeOf(schema)] ?? (props.options ? 'select' : 'text')
}

const chosenKinds: readonly ControlKind[] = ['select', 'several', 'radio', 'date']
/** What is chosen from a list is not written. */
const saidFor = (kind: ControlKind, error: string | undefined) =>
  error === words.writeIt && chosenKinds.includes(kind) ? words.chooseIt : error

function errorOf(errors: ReadonlyMap<string, string>, name: string): string | undefined {
  return errors.get(name) ?? [...errors].find(([path]) => path.startsWith(`${name}.`))?.[1]
}
