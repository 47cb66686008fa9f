import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { type KeyboardEvent, type MouseEvent, useState } from 'react'
import { type Choice, ChooseAll, ChooseRow } from './query-table-choice.tsx'
import type { Column, QueryTableProps } from './query-table-shape.ts'
import styles from './query-table.module.css'
import { words } from './words.ts'

interface RowsProps<Row> extends QueryTableProps<Row> {
  readonly rows: readonly Row[]
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
  readonly choice: Choice<Row> | null
}

/** The rows as a table. One row takes the Tab key, j and k move from there. */
export function RowTable<Row>(props: RowsProps<Row>) {
  const { columns, rows } = props
  const [last, setLast] = useState(0)
  const stop = Math.min(last, rows.length - 1)
  return (
    <div className={styles.scroll}>
      <table aria-label={props.caption}>
        <thead>
          <tr>
            {props.choice && (
              <th scope="col" className={styles.choose}>
                <ChooseAll choice={props.choice} />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const key = props.rowKey(row)
            return (
              <tr
                key={key}
                data-row={key}
                tabIndex={at === stop ? 0 : -1}
                onFocus={() => setLast(at)}
                {...(key === props.selected && { 'aria-current': 'true' as const })}
                {...(props.onOpen && {
                  onClick: opener(row, props.onOpen),
                  onKeyDown: keyOpener(row, props.onOpen),
                  'data-opens': true,
                })}
              >
                {props.choice && (
                  <td className={styles.choose}>
                    <ChooseRow choice={props.choice} row={row} />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={cellClass(column, columns)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
        {columns.some((column) => column.total) && (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td
                  key={column.key}
                  className={column.align && styles[column.align]}
                  {...(props.choice && at === 0 && { colSpan: 2 })}
                >
                  {column.total ? column.total(rows) : at === 0 ? words.totals : null}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function cellClass<Row>(column: Column<Row>, columns: readonly Column<Row>[]): string {
  const wraps = column.wrap ?? column === columns[0]
  return [column.align && styles[column.align], wraps && styles.wrap].filter(Boolean).join(' ')
}

interface HeadProps<Row> {
  readonly column: Column<Row>
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
}

function Head<Row>(props: HeadProps<Row>) {
  const { column } = props
  const direction = sortOf(props)
  return (
    <th
      scope="col"
      className={column.align && styles[column.align]}
      style={column.width === undefined ? undefined : { width: `${column.width}em` }}
      {...(column.sortable && { 'aria-sort': direction })}
    >
      {column.sortable ? <SortButton {...props} direction={direction} /> : column.title}
    </th>
  )
}

type Direction = 'ascending' | 'descending' | 'none'

function sortOf<Row>({ column, sort }: HeadProps<Row>): Direction {
  if (sort === column.key) return 'ascending'
  return sort === `-${column.key}` ? 'descending' : 'none'
}

/** Up, down, then as the server orders by itself. */
function SortButton<Row>({ column, onSort, direction }: HeadProps<Row> & { direction: Direction }) {
  const next = { none: column.key, ascending: `-${column.key}`, descending: undefined }[direction]
  return (
    <button type="button" onClick={() => onSort(next)}>
      {column.title}
      <span className={styles.carets} aria-hidden="true">
        {direction !== 'descending' && <CaretUpOutlined className={direction === 'none' ? undefined : styles.on} />}
        {direction !== 'ascending' && <CaretDownOutlined className={direction === 'none' ? undefined : styles.on} />}
      </span>
    </button>
  )
}

/** The same rows as cards, for a phone. */
export function RowCards<Row>(props: RowsProps<Row>) {
  const heading = props.columns.find((column) => column.phone === 'heading' || column.phone === 'link') ?? props.columns[0]
  const lines = props.columns.filter((column) => column !== heading && column.phone !== 'none')
  return (
    <>
      <ul className={styles.cards} aria-label={props.caption}>
        {props.rows.map((row) => {
          const key = props.rowKey(row)
          const { onOpen } = props
          return (
            <li key={key} className={styles.card} {...(onOpen && { onClick: opener(row, onOpen) })}>
              {props.choice && <ChooseRow choice={props.choice} row={row} />}
              {onOpen && heading?.phone !== 'link' ? (
                <button type="button" data-row={key} className={styles.cardTitle} onClick={() => onOpen(row)}>
                  {heading?.cell(row)}
                </button>
              ) : (
                <div className={styles.cardTitle}>{heading?.cell(row)}</div>
              )}
              <dl>
                {lines.map((column) => (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{column.cell(row)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          )
        })}
      </ul>
      <CardTotals columns={props.columns} rows={props.rows} />
    </>
  )
}

function CardTotals<Row>(props: { columns: readonly Column<Row>[]; rows: readonly Row[] }) {
  const summed = props.columns.filter((column) => column.total)
  if (summed.length === 0) return null
  return (
    <div className={styles.card}>
      <div className={styles.cardTitle}>{words.totals}</div>
      <dl>
        {summed.map((column) => (
          <div key={column.key}>
            <dt>{column.title}</dt>
            <dd>{column.total?.(props.rows)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** A click anywhere on the row opens it, but for links and buttons in it and for marking text. */
function opener<Row>(row: Row, open: (row: Row) => void) {
  return (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Element) || event.target.closest('a,button,input,label')) return
    if (getSelection()?.toString()) return
    open(row)
  }
}

function keyOpener<Row>(row: Row, open: (row: Row) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) open(row)
  }
}
