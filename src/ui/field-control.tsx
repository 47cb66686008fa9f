import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { DateField } from './date-field.tsx'
import { clearable } from './clearable.tsx'
import { words } from './words.ts'

export type ControlKind = 'text' | 'area' | 'number' | 'select' | 'several' | 'radio' | 'check' | 'date' | 'password'

/** What a control needs to be tied to its label, help and error. */
export interface ControlProps {
  readonly id: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly invalid: boolean
  readonly 'aria-describedby': string | undefined
}

export interface ControlOptions {
  /** Names of an enumeration's values, or of anything chosen. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly placeholder?: string
  readonly disabled?: boolean
  /** For dates. */
  readonly latest?: string
  readonly earliest?: string
}

type Drawn = ControlOptions & { readonly field: ControlProps }

const controls: Readonly<Record<ControlKind, (props: Drawn) => ReactNode>> = {
  text: (props) => (
    <Input {...base(props)} value={textOf(props)} onChange={(event) => props.field.onChange(event.target.value)} />
  ),
  area: (props) => (
    <Input.TextArea
      {...base(props)}
      autoSize={{ minRows: 3, maxRows: 12 }}
      value={textOf(props)}
      onChange={(event) => props.field.onChange(event.target.value)}
    />
  ),
  password: (props) => (
    <Input.Password
      {...base(props)}
      autoComplete="new-password"
      value={textOf(props)}
      onChange={(event) => props.field.onChange(event.target.value)}
    />
  ),
  number: (props) => <InputNumber {...base(props)} value={chosenOf(props) as number | null} onChange={props.field.onChange} />,
  check: (props) => (
    <Checkbox
      {...base(props)}
      checked={props.field.value === true}
      onChange={(event) => props.field.onChange(event.target.checked)}
    >
      {props.placeholder ?? words.yes}
    </Checkbox>
  ),
  radio: (props) => (
    <Radio.Group
      id={props.field.id}
      options={optionsOf(props)}
      value={chosenOf(props)}
      onChange={(event) => props.field.onChange(event.target.value)}
    />
  ),
  select: (props) => <Choose {...props} />,
  several: (props) => <Choose {...props} several />,
  date: (props) => <DateControl {...props} />,
}

/** The control of a kind, tied to its field. */
export function FieldControl(props: Drawn & { kind: ControlKind }) {
  return <>{controls[props.kind](props)}</>
}

function base({ field, ...props }: Drawn) {
  return {
    id: field.id,
    ...(field.invalid && { status: 'error' as const }),
    'aria-invalid': field.invalid,
    'aria-describedby': field['aria-describedby'],
    disabled: props.disabled ?? false,
    ...(props.placeholder !== undefined && { placeholder: props.placeholder }),
  }
}

function textOf({ field }: Drawn): string {
  return typeof field.value === 'string' ? field.value : ''
}

function chosenOf({ field }: Drawn): unknown {
  return field.value === undefined || field.value === '' ? null : field.value
}

function optionsOf(props: Drawn) {
  return (props.options ?? []).map((option) => ({ ...option }))
}

function Choose(props: Drawn & { several?: boolean }) {
  return (
    <Select
      {...base(props)}
      value={chosenOf(props)}
      options={optionsOf(props)}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={clearable('所选')}
      {...(props.several && { mode: 'multiple' as const })}
      onChange={(value: unknown) => props.field.onChange(value)}
    />
  )
}

function DateControl(props: Drawn) {
  return (
    <DateField
      {...props.field}
      value={textOf(props) || null}
      disabled={props.disabled ?? false}
      {...(props.earliest && { earliest: props.earliest })}
      {...(props.latest && { latest: props.latest })}
    />
  )
}
