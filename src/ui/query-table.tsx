import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useRef } from 'react'
import { useAddress } from './address.ts'
import { FilterLine } from './query-table-filters.tsx'
import { ChoiceBar, useChoice } from './query-table-choice.tsx'
import { RowCards, RowTable } from './query-table-rows.tsx'
import type { Column, Filter, FilterValues, QueryTableProps } from './query-table-shape.ts'
import { TableTools, useColumnChoice } from './query-table-tools.tsx'
import styles from './query-table.module.css'
import { usePhone } from './screen.ts'
import { Empty, Loading, Refused } from './states.tsx'
import { useKeys } from './use-keys.ts'
import { words } from './words.ts'

/**
 * The dense list: filters in one line with their state in the address, saved views, column choice, server-side sort,
 * keyboard (j k x Enter Esc while the focus is in it), sticky header, totals, more by cursor, export, acts on several rows.
 * Cards on a phone.
 */
export function QueryTable<Row>(props: QueryTableProps<Row>) {
  const phone = usePhone()
  const [search, change] = useAddress()
  const own = props.filters ?? none
  const filters = useMemo(() => filterValues(own, search), [own, search])
  const [shown, choose] = useColumnChoice(props.name, props.columns)
  const read = useInfiniteQuery({
    queryKey: ['table', props.name, filters, ...(props.depends ?? [])],
    queryFn: ({ pageParam, signal }) => props.query(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => (read.data?.pages ?? []).flatMap((page) => page.items), [read.data])
  const body = useRef<HTMLDivElement>(null)
  const choice = useChoice(props, rows)
  useKeys(body, (event) => {
    moveByKey(event, body.current, props.onClose)
    if (event.key === 'x' && plain(event)) choice?.toggleByKey(rowAt(event.target)?.dataset.row)
  })
  const Rows = phone ? RowCards : RowTable
  const filtered = own.some((filter) => narrows(filter, filters[filter.key]))
  return (
    <div className={styles.table}>
      <div className={styles.line}>
        <FilterLine filters={own} values={filters} phone={phone} onChange={change} />
        <div className={styles.tools}>
          {props.actions}
          <TableTools
            name={props.name}
            columns={props.columns}
            shown={shown}
            onChoose={choose}
            filters={own}
            search={search}
            onChange={change}
            href={props.exportHref?.(filters)}
            views={props.views}
          />
        </div>
      </div>
      {choice && <ChoiceBar choice={choice} acts={props.choosing?.acts} />}
      <div
        ref={body}
        aria-busy={read.isPlaceholderData}
        className={`${styles.rows} ${read.isPlaceholderData ? styles.stale : ''}`}
      >
        {rows.length > 0 && (
          <Rows
            {...props}
            columns={visible(props.columns, shown)}
            rows={rows}
            sort={filters.sort}
            onSort={(sort) => change({ sort })}
            choice={choice}
          />
        )}
        <State read={read} rows={rows.length} filtered={filtered} empty={props.empty} onClear={() => change(widened(own))} />
      </div>
      {rows.length > 0 && (
        <Foot read={read} rows={rows.length} keys={!phone && props.onOpen !== undefined} chooses={choice !== null} />
      )}
    </div>
  )
}

const none: readonly Filter[] = []

interface More {
  readonly data: { readonly pages: readonly { readonly total?: number | undefined }[] } | undefined
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

function Foot(props: { read: More; rows: number; keys: boolean; chooses: boolean }) {
  const { read } = props
  return (
    <div className={styles.foot}>
      <span role="status">{words.more(props.rows, read.data?.pages[0]?.total)}</span>
      {read.hasNextPage && (
        <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
          {words.loadMore}
        </Button>
      )}
      {props.keys && <span className={styles.keys}>{props.chooses ? words.keys + words.chooseKey : words.keys}</span>}
    </div>
  )
}

interface Reading {
  readonly isPending: boolean
  readonly isError: boolean
  readonly error: unknown
  readonly refetch: () => unknown
}

function State<Row>(props: {
  read: Reading
  rows: number
  filtered: boolean
  empty: QueryTableProps<Row>['empty'] | undefined
  onClear: () => void
}) {
  if (props.read.isError) return <Refused error={props.read.error} onRetry={() => void props.read.refetch()} />
  if (props.read.isPending) return <Loading />
  if (props.rows > 0) return null
  if (!props.filtered) return <Empty {...props.empty} />
  return <Empty sentence={words.nothingFound} next={<Button onClick={props.onClear}>{words.clearFilters}</Button>} />
}

function visible<Row>(columns: readonly Column<Row>[], shown: ReadonlySet<string>): readonly Column<Row>[] {
  return columns.filter((column) => column.fixed || shown.has(column.key))
}

/** What the query gets: the address's filters, else their initial values, and the sort. */
function filterValues(filters: readonly Filter[], search: FilterValues): FilterValues {
  const values: Record<string, string> = {}
  for (const filter of filters) {
    const value = search[filter.key] ?? filter.initial
    if (value) values[filter.key] = value
  }
  if (search.sort) values.sort = search.sort
  return values
}

/** Whether a filter leaves rows out, also by its initial value. */
const narrows = ({ initial, every }: Filter, value: string | undefined): boolean =>
  value !== undefined && (initial === undefined || (every !== undefined && value !== every))

/** Filters that leave nothing out: the initial value too gives way, or the list would stay as empty as it was. */
function widened(filters: readonly Filter[]): Record<string, string | undefined> {
  return Object.fromEntries(filters.map((filter) => [filter.key, filter.every]))
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

const plain = (event: KeyboardEvent): boolean => !(event.ctrlKey || event.metaKey || event.altKey)

/** j and k only while a row has the focus (WCAG 2.1.4); Enter is the row's own. */
function moveByKey(event: KeyboardEvent, body: HTMLElement | null, onClose: (() => void) | undefined): void {
  if (event.key === 'Escape' && onClose) return onClose()
  const step = plain(event) ? steps[event.key] : undefined
  const row = rowAt(event.target)
  if (step === undefined || !row || !body) return
  const all = [...body.querySelectorAll<HTMLElement>('[data-row]')]
  const next = all[all.indexOf(row) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
}

/** The row in which a key was pressed, unless it was typed into something. */
function rowAt(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement) || target.matches('input,textarea,select')) return null
  return target.closest<HTMLElement>('[data-row]')
}
