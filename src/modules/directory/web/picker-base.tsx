import { clearable } from '../../../ui/clearable.tsx'

/** What every picker of the directory takes. */
export interface PickerProps {
  readonly id?: string
  readonly invalid?: boolean
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly width?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string | undefined
  /** Only what belongs to this organization and to those below it. */
  readonly under?: string | undefined
  /** Not to be chosen. */
  readonly except?: readonly string[]
}

/** The part of a picker that does not depend on what is picked; `what` names it in the reader's words. */
export function pickerBase(props: PickerProps, words: { what: string; placeholder: string }) {
  return {
    ...(props.id !== undefined && { id: props.id }),
    ...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] }),
    ...(props['aria-describedby'] !== undefined && { 'aria-describedby': props['aria-describedby'] }),
    ...(props.invalid && { status: 'error' as const, 'aria-invalid': true }),
    disabled: props.disabled ?? false,
    placeholder: props.placeholder ?? words.placeholder,
    style: { width: props.width ?? '100%' },
    popupMatchSelectWidth: false,
    allowClear: clearable(words.what),
  }
}
