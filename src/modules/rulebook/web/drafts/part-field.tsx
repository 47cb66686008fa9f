import { createContext, type ReactNode, useContext } from 'react'
import { FieldControl, type ControlKind, type ControlOptions, type ControlProps } from '../../../../ui/field-control.tsx'
import { Labelled } from '../../../../ui/field-form.tsx'
import type { Section } from '../../drafts/drafts.contract.ts'
import { titleOfField } from '../../drafts/field-words.rules.ts'
import { type Path, valueAt } from './draft-content.rules.ts'

/** The entry that stands open in the form. */
export interface Part {
  readonly section: Section
  readonly value: unknown
  readonly set: (path: Path, value: unknown) => void
  /** Sentences by field path, `subject.kinds`; only those that are to be shown now. */
  readonly errors: ReadonlyMap<string, string>
  readonly readOnly: boolean
}

export const PartContext = createContext<Part | null>(null)

export function usePart(): Part {
  const part = useContext(PartContext)
  if (!part) throw new Error('usePart stands outside PartContext')
  return part
}

/** The element that shows a field, so that a mistake finds it. */
export const fieldId = (path: Path): string => `part-${path.join('-')}`

export interface PartFieldProps extends ControlOptions {
  readonly path: Path
  readonly title?: string
  readonly help?: ReactNode
  readonly control?: ControlKind
  readonly optional?: boolean
  readonly render?: (control: ControlProps) => ReactNode
  /** Besides taking the value over. */
  readonly onChange?: (value: unknown) => void
}

/** The mistake of a field, or of something inside it that has no field of its own. */
function errorAt(errors: ReadonlyMap<string, string>, name: string): string | undefined {
  return errors.get(name) ?? [...errors].find(([path]) => path.startsWith(`${name}.`))?.[1]
}

/** One field of the open entry: its title comes from the schema, its error from the mistakes found. */
export function PartField(props: PartFieldProps) {
  const part = usePart()
  const { path } = props
  const id = fieldId(path)
  const error = errorAt(part.errors, path.join('.'))
  const control: ControlProps = {
    id,
    value: valueAt(part.value, path),
    onChange: (value) => (props.onChange ?? ((next: unknown) => part.set(path, next)))(value),
    invalid: error !== undefined,
    'aria-describedby': [props.help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <Labelled
      id={id}
      title={props.title ?? schemaTitle(part.section, path)}
      optional={props.optional ?? false}
      help={props.help}
      error={error}
    >
      {props.render?.(control) ?? (
        <FieldControl
          kind={props.control ?? 'text'}
          field={control}
          disabled={part.readOnly}
          {...(props.options && { options: props.options })}
          {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
        />
      )}
    </Labelled>
  )
}

function schemaTitle(section: Section, path: Path): string {
  const names = path.filter((step) => typeof step === 'string')
  return titleOfField(section, names).split('·').at(-1) ?? ''
}

/** Mistakes of a group as a whole, such as none of several fields filled. */
export function GroupError(props: { path: string }) {
  const message = usePart().errors.get(props.path)
  if (!message) return null
  return (
    <p id={fieldId(props.path.split('.'))} className="draft-error" role="alert" tabIndex={-1}>
      {message}
    </p>
  )
}
