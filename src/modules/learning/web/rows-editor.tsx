import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { DateField } from '../../../ui/date-field.tsx'
import './training.css'

export interface RowColumn {
  readonly key: string
  readonly title: string
  readonly kind?: 'text' | 'area' | 'number' | 'date' | 'select'
  readonly options?: readonly { readonly value: string | number; readonly label: string }[]
  readonly step?: number
  readonly most?: number
}
export type Row = Readonly<Record<string, unknown>>

interface Props {
  /** What one row is called, such as 书. */
  readonly noun: string
  readonly name: string
  readonly columns: readonly RowColumn[]
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
  readonly errors: ReadonlyMap<string, string>
  /** What a new row begins with, from the last one. */
  readonly begin?: (last: Row | undefined) => Row
}

/** Rows of a form that are alike: classes of a plan, books, units, places. */
export function RowsEditor(props: Props) {
  const { rows, onChange, noun } = props
  const change = (index: number, part: Row) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <div>
      {rows.map((row, index) => (
        <fieldset key={index} className="training-row">
          <legend>
            第 {index + 1} {noun}
          </legend>
          {props.columns.map((column) => (
            <Cell
              key={column.key}
              column={column}
              label={`第 ${index + 1} ${noun}${column.title}`}
              value={row[column.key]}
              onChange={(value) => change(index, { [column.key]: value })}
            />
          ))}
          {rows.length > 1 && (
            <Button aria-label={`去掉第 ${index + 1} ${noun}`} onClick={() => onChange(rows.filter((_, at) => at !== index))}>
              去掉
            </Button>
          )}
          <Faults index={index} name={props.name} columns={props.columns} errors={props.errors} />
        </fieldset>
      ))}
      <Button onClick={() => onChange([...rows, props.begin?.(rows.at(-1)) ?? {}])}>加一{noun}</Button>
    </div>
  )
}

function Faults({ index, name, columns, errors }: Pick<Props, 'name' | 'columns' | 'errors'> & { index: number }) {
  const found = columns.flatMap(({ key }) => errors.get(`${name}.${index}.${key}`) ?? [])
  return found.length === 0 ? null : <p className="training-fault">{found.join('')}</p>
}

interface CellProps {
  readonly column: RowColumn
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

interface DrawnProps extends CellProps {
  readonly shared: { readonly 'aria-label': string }
}
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const drawn: Readonly<Record<NonNullable<RowColumn['kind']>, (props: DrawnProps) => ReactNode>> = {
  text: ({ shared, value, onChange }) => (
    <Input {...shared} value={textOf(value)} onChange={(event) => onChange(event.target.value || undefined)} />
  ),
  area: ({ shared, value, onChange }) => (
    <Input.TextArea {...shared} autoSize value={textOf(value)} onChange={(event) => onChange(event.target.value || undefined)} />
  ),
  date: ({ shared, value, onChange }) => (
    <DateField {...shared} value={textOf(value) || null} onChange={(day) => onChange(day ?? undefined)} />
  ),
  number: ({ shared, column, value, onChange }) => (
    <InputNumber
      {...shared}
      min={0}
      step={column.step ?? 1}
      {...(column.most !== undefined && { max: column.most })}
      style={{ width: '100%' }}
      value={typeof value === 'number' ? value : null}
      onChange={(typed) => onChange(typed ?? undefined)}
    />
  ),
  select: ({ shared, column, value, onChange }) => (
    <Select
      {...shared}
      style={{ width: '100%' }}
      value={value ?? null}
      options={[...(column.options ?? [])]}
      onChange={(chosen: unknown) => onChange(chosen)}
    />
  ),
}

function Cell(props: CellProps) {
  const shared = { 'aria-label': props.label }
  return (
    <div className="training-cell">
      <small aria-hidden="true">{props.column.title}</small>
      {drawn[props.column.kind ?? 'text']({ ...props, shared })}
    </div>
  )
}

/** Without what was left empty, so that an optional field is absent rather than blank. */
export const filled = (rows: readonly Row[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null && value !== '')),
  )
