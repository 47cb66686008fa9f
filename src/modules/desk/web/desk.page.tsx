import { Button } from 'antd'
import type { z } from 'zod'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { itemStages } from '../../../kernel/work-items/owned-items.contract.ts'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { CountChips } from '../../../ui/count-chips.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Choosing, Column, Filter } from '../../../ui/query-table-shape.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { organizationFilter } from '../../directory/web/index.ts'
import { SupervisionTabs } from '../../supervision/web/index.ts'
import { countItems, exportItems, type Heap, heaps, listItems, type OwnedItem } from '../items/items.contract.ts'
import { DeskBulk } from './desk-bulk.tsx'
import { DeskFunnel } from './desk-funnel.tsx'
import { DeskViews } from './desk-views.tsx'

const filtersFor = (kinds: readonly { kind: string; line: string }[]): readonly Filter[] => [
  { key: 'text', title: '标题', kind: 'text', width: 10 },
  {
    key: 'heap',
    title: '哪一堆',
    kind: 'select',
    width: 8,
    options: Object.entries(heaps).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'kind',
    title: '类别',
    kind: 'select',
    width: 8,
    options: kinds.map(({ kind, line }) => ({ value: kind, label: line })),
  },
  {
    key: 'stage',
    title: '阶段',
    kind: 'select',
    width: 8,
    options: Object.entries(itemStages).map(([value, label]) => ({ value, label })),
  },
  { key: 'waiting', title: '等上级', kind: 'select', width: 8, options: [{ value: 'yes', label: '在等上级' }] },
  organizationFilter,
]

function Standing({ item }: { item: OwnedItem }) {
  return (
    <>
      {item.overdueDays > 0 && <StatusTag tone="short">逾期 {item.overdueDays} 天</StatusTag>}
      {item.waiting && <StatusTag tone="pending">在等上级</StatusTag>}{' '}
      <StatusTag tone={item.stage === 'closed' ? 'done' : item.mine ? 'late' : 'none'}>
        {item.mine ? `${item.stateName}，等我办` : item.stateName}
      </StatusTag>
    </>
  )
}

const columns: readonly Column<OwnedItem>[] = [
  { key: 'title', title: '事项', fixed: true, wrap: true, cell: (row) => <Go to={row.link}>{row.title}</Go> },
  { key: 'line', title: '类别', cell: (row) => row.line },
  {
    key: 'state',
    title: '状态',
    wrap: true,
    cell: (row) => <Standing item={row} />,
    total: (rows) => `逾期 ${rows.filter((row) => row.overdueDays > 0).length} 项`,
  },
  { key: 'unit', title: '单位', wrap: true, cell: (row) => row.unit?.name ?? row.organization.name },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name, extra: true, phone: 'none' },
  { key: 'owner', title: '责任人', cell: (row) => row.owner?.name ?? '－' },
  { key: 'dueOn', title: '完成时限', cell: (row) => row.dueOn ?? '－' },
  { key: 'openedOn', title: '提出日期', cell: (row) => row.openedOn, phone: 'none' },
  { key: 'ageDays', title: '已历天数', align: 'right', cell: (row) => row.ageDays, phone: 'none' },
]

type Query = z.input<(typeof listItems)['query']>

const keyOf = (item: Pick<OwnedItem, 'kind' | 'id'>) => `${item.kind} ${item.id}`

const choosing: Choosing<OwnedItem> = {
  nameOf: (row) => row.title,
  may: (row) => row.acts.length > 0,
  acts: (chosen, drop) => <DeskBulk chosen={chosen} drop={drop} />,
}

/** 督办台: everything with an owner that is not over, of all kinds, in four heaps; acts on several, funnel and ages. */
export function DeskPage() {
  const [search, change] = useAddress()
  const counts = useCall(countItems, { query: search.under ? { under: search.under } : {} }, { keepPrevious: true })
  const shows = search.figures === 'yes'
  return (
    <Page
      title="督办台"
      bar={
        <>
          <SupervisionTabs now="desk" />
          <Heaps counts={counts.data} heap={search.heap} onPick={(heap) => change({ heap })} />
        </>
      }
      actions={
        <Button aria-expanded={shows} onClick={() => change({ figures: shows ? undefined : 'yes' })}>
          {shows ? '收起漏斗和时长' : '漏斗和时长'}
        </Button>
      }
    >
      {shows && <DeskFunnel under={search.under} kind={search.kind} onPick={change} />}
      <QueryTable<OwnedItem>
        name="desk-items"
        caption="督办台"
        columns={columns}
        filters={filtersFor(counts.data?.kinds ?? [])}
        rowKey={keyOf}
        query={(values, after, signal) =>
          call(listItems, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
        }
        exportHref={(values) => addressOf(exportItems.path, { query: values })}
        views={<DeskViews />}
        choosing={choosing}
        empty={{ sentence: '现在没有没办结的事项。立项督办、交办任务、受理问题后，会合在这里。' }}
      />
    </Page>
  )
}

interface HeapsProps {
  readonly counts: Readonly<Record<Heap, number>> | undefined
  readonly heap: string | undefined
  readonly onPick: (heap: string | undefined) => void
}

/** How many stand in each heap. */
function Heaps({ counts, heap, onPick }: HeapsProps) {
  if (!counts) return null
  const chips = (Object.keys(heaps) as Heap[]).map((one) => ({ key: one, name: heaps[one], count: counts[one] }))
  return <CountChips label="四堆各多少，点一下只看这一堆" chips={chips} picked={heap} onPick={onPick} />
}
