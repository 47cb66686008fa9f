import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Go } from '../../../ui/go.tsx'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { Loading, sentenceOf } from '../../../ui/states.tsx'
import { type Trace, traceRecords } from '../indicators/indicators.contract.ts'
import { recordAddress } from './addresses.rules.ts'
import type { WhyQuery } from './why-panel.tsx'
import './why-panel.css'

interface RecordsProps {
  readonly figure: Trace
  readonly query: WhyQuery
  readonly unfolded: boolean
}

/** The records that the figure counts and those that it does not, each with its reason. */
export function WhyRecords(props: RecordsProps) {
  const { figure } = props
  if (figure.countedTotal + figure.notCountedTotal === 0) return <p className="why-muted">没有任何记录，计入和未计入的都没有。</p>
  return (
    <>
      <Folded
        {...props}
        counted="yes"
        title={`计入 ${asMany(figure.countedTotal, figure.countedMore)}记录`}
        total={figure.countedTotal}
        more={figure.countedMore}
      />
      <Folded
        {...props}
        counted="no"
        title={
          figure.notCountedTotal > 0
            ? `未计入 ${asMany(figure.notCountedTotal, figure.notCountedMore)}，各有理由`
            : '没有未计入的记录'
        }
        total={figure.notCountedTotal}
        more={figure.notCountedMore}
      />
    </>
  )
}

/** Many records are not counted to the last one. */
const asMany = (total: number, more: boolean) => (more ? `${total} 条以上` : `${total} 条`)

interface FoldedProps extends RecordsProps {
  readonly counted: 'yes' | 'no'
  readonly title: string
  readonly total: number
  /** There are more than `total`. */
  readonly more: boolean
}

function Folded(props: FoldedProps) {
  const [open, setOpen] = useState(props.unfolded)
  if (props.total === 0) return <p className="why-muted">{props.title}</p>
  return (
    <details className="why-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.title}</summary>
      {open && <Records {...props} />}
    </details>
  )
}

function Records(props: FoldedProps) {
  const { query, counted } = props
  const read = useInfiniteQuery({
    queryKey: ['why-records', query, counted],
    queryFn: ({ pageParam, signal }) =>
      call(traceRecords, { query: { ...query, counted, limit: 20, ...(pageParam && { after: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const rows = (read.data?.pages ?? []).flatMap((page) => page.items)
  if (read.isPending) return <Loading />
  return (
    <>
      <ul className="why-rows">
        {rows.map((row) => (
          <li key={`${row.id} ${row.requirement} ${row.period} ${row.organization.id}`}>
            <RecordLine row={row} />
          </li>
        ))}
      </ul>
      {read.isError && <p role="alert">{sentenceOf(read.error)}</p>}
      {read.hasNextPage && (
        <Button size="small" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
          再看一些（已列 {rows.length}
          {props.more ? '' : ` / ${props.total}`}）
        </Button>
      )}
    </>
  )
}

function RecordLine(props: { row: Trace['notCounted'][number] }): ReactNode {
  const { row } = props
  const late = row.heldOn === row.recordedOn ? '' : `，${inChinese(row.recordedOn)}记录`
  return (
    <>
      <p>
        <Go to={recordAddress(row)}>{row.title}</Go> · {row.organization.name}
      </p>
      <p className="why-muted">
        {row.kind === 'organization' || row.kind === 'person'
          ? ''
          : `${row.heldOn} ${row.kind === 'meeting' ? '召开' : '做'}${late} · `}
        {row.requirement}
        {row.reason && <> · 未计入：{row.reason}</>}
      </p>
    </>
  )
}
