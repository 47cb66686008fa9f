import type { ReactNode } from 'react'
import type { SearchValues } from './address.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** The server sorts: the address carries `sort=key` or `sort=-key`. */
  readonly sortable?: boolean
  readonly align?: 'left' | 'right' | 'center'
  /** In characters of the type. */
  readonly width?: number
  /** Long text may take several lines; only the first column does unless told. */
  readonly wrap?: boolean
  /** Only shown when chosen. */
  readonly extra?: boolean
  /** Always shown. */
  readonly fixed?: boolean
  /** In the totals row, from all rows shown so far. */
  readonly total?: (rows: readonly Row[]) => ReactNode
  /** On a phone: the card's heading, a heading that is a link by itself, a line of it, or left out. The first column is the heading unless told. */
  readonly phone?: 'heading' | 'link' | 'line' | 'none'
}

export interface Filter {
  /** The key in the address and in the query. */
  readonly key: string
  readonly title: string
  readonly kind: 'text' | 'select' | 'several' | 'date' | 'custom'
  /** For `select` and `several`; the address carries the values, several parted by commas. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** Holds while the address says nothing. */
  readonly initial?: string
  /** The value under which a filter with an initial value leaves nothing out; one without it, such as an order, leaves nothing out at all. */
  readonly every?: string
  readonly width?: number
  /** For `custom`, such as an organization picker. */
  readonly render?: (control: { value: string; onChange: (value: string | undefined) => void; label: string }) => ReactNode
}

/** The filters' values, with `sort` when sorted. Empty ones are left out. */
export type FilterValues = SearchValues

export interface PageOf<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
  readonly total?: number | undefined
}

export interface QueryTableProps<Row> {
  /** Under which views, columns and what was read are kept; unique in the application. */
  readonly name: string
  /** What the list is, for those who hear it. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly filters?: readonly Filter[]
  readonly rowKey: (row: Row) => string
  readonly query: (filters: FilterValues, after: string | null, signal: AbortSignal) => Promise<PageOf<Row>>
  /** Read again when one of these changes, besides the filters. */
  readonly depends?: readonly unknown[]
  readonly onOpen?: (row: Row) => void
  readonly onClose?: () => void
  /** The key of the row whose detail is open. */
  readonly selected?: string | null
  /** Where the same list can be fetched as a file. */
  readonly exportHref?: (filters: FilterValues) => string
  readonly empty?: { readonly sentence: string; readonly next?: ReactNode }
  /** In the place of the views that are kept on the device. */
  readonly views?: ReactNode
  /** At the end of the filters' line. */
  readonly actions?: ReactNode
  /** Rows can be chosen, several at once. */
  readonly choosing?: Choosing<Row>
}

/** Acts on several rows: by the box before each row, or by x while the row has the focus. */
export interface Choosing<Row> {
  /** What a row is called, for those who hear it. */
  readonly nameOf: (row: Row) => string
  /** Rows for which none of the acts fits cannot be chosen. */
  readonly may?: (row: Row) => boolean
  /** The acts on what is chosen. What is chosen stays chosen under other filters, until `drop` lets it go. */
  readonly acts: (chosen: readonly Row[], drop: (keys: readonly string[]) => void) => ReactNode
}
