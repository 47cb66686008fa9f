import type { ControlProps } from '../../../../ui/field-control.tsx'
import { OrganizationPicker, PersonPicker, PersonsPicker } from '../../../directory/web/index.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/** A field in which one person of an organization's unit is chosen. */
export const personOf = (under: string) => (control: ControlProps) => (
  <PersonPicker
    id={control.id}
    invalid={control.invalid}
    aria-describedby={control['aria-describedby']}
    under={under}
    value={textOf(control.value)}
    onChange={(chosen) => control.onChange(chosen)}
  />
)

/** A field in which one organization is chosen. */
export const organization = (control: ControlProps) => (
  <OrganizationPicker
    id={control.id}
    invalid={control.invalid}
    aria-describedby={control['aria-describedby']}
    value={textOf(control.value)}
    onChange={(id) => control.onChange(id)}
  />
)

const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** A field in which several persons are chosen; names of those that came with the form. */
export const persons =
  (known: readonly { readonly id: string; readonly name: string }[] = []) =>
  (control: ControlProps) => (
    <PersonsPicker
      id={control.id}
      invalid={control.invalid}
      aria-describedby={control['aria-describedby']}
      value={listed(control.value)}
      names={new Map(known.map(({ id, name }) => [id, name]))}
      onChange={(ids) => control.onChange(ids)}
    />
  )
