import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { usePhone } from './screen.ts'

export interface DateFieldProps {
  readonly id?: string
  /** `YYYY-MM-DD`, or null. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  readonly earliest?: string
  readonly latest?: string
  readonly disabled?: boolean
  readonly invalid?: boolean
  readonly placeholder?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string | undefined
}

/** A civil date as a string. The device's own picker on a phone, a typed or picked one at the desk. */
export function DateField(props: DateFieldProps) {
  const phone = usePhone()
  const { value, onChange, earliest, latest } = props
  const shared = sharedOf(props)
  if (phone) {
    return (
      <Input
        type="date"
        {...shared}
        value={value ?? ''}
        min={earliest}
        max={latest}
        onChange={(event) => onChange(event.target.value || null)}
      />
    )
  }
  return (
    <DatePicker
      {...shared}
      value={value ? dayjs(value) : null}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY-M-D', 'YYYY.M.D', 'YYYY/M/D']}
      {...(earliest && { minDate: dayjs(earliest) })}
      {...(latest && { maxDate: dayjs(latest) })}
      onChange={(date) => onChange(date ? date.format('YYYY-MM-DD') : null)}
    />
  )
}

function sharedOf(props: DateFieldProps) {
  return {
    ...(props.id !== undefined && { id: props.id }),
    ...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] }),
    ...(props['aria-describedby'] !== undefined && { 'aria-describedby': props['aria-describedby'] }),
    ...(props.disabled && { disabled: true }),
    ...(props.invalid && { status: 'error' as const, 'aria-invalid': true }),
  }
}
