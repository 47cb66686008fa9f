import type { ReactNode } from 'react'
import { addressOf } from '../kernel/http/call.ts'
import { useAddress } from './address.ts'
import type { FilterValues, QueryTableProps } from './query-table-shape.ts'
import { QueryTable } from './query-table.tsx'
import { SplitView } from './split-view.tsx'

type Kept = 'rowKey' | 'query' | 'onOpen' | 'onClose' | 'selected'

export interface RecordListProps<Row> extends Omit<QueryTableProps<Row>, Kept> {
  /** One page of the list: the filters, and after which row it goes on. */
  readonly read: (query: FilterValues, signal: AbortSignal) => ReturnType<QueryTableProps<Row>['query']>
  /** By what a row is opened; its `id` unless told. */
  readonly idOf: (row: Row) => string
  /** What stands beside the list for an opened row. */
  readonly detail: (id: string) => ReactNode
  readonly detailTitle: string
  /** The path under which the same list is handed out as a file. */
  readonly exportPath?: string | undefined
}

/** A list with one record open beside it; which one, and the filters, stand in the address. */
export function RecordList<Row>({ read, idOf, detail, detailTitle, exportPath, ...table }: RecordListProps<Row>) {
  const [search, change] = useAddress()
  const open = search.open ?? null
  const close = () => change({ open: undefined })
  return (
    <SplitView detail={open && detail(open)} detailTitle={detailTitle} onClose={close} width="half">
      <QueryTable<Row>
        {...table}
        rowKey={idOf}
        query={(values, after, signal) => read({ ...values, ...(after && { after }) }, signal)}
        onOpen={(row) => change({ open: idOf(row) })}
        onClose={close}
        selected={open}
        {...(exportPath && { exportHref: (values) => addressOf(exportPath, { query: values }) })}
      />
    </SplitView>
  )
}
