import { call } from '../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { SplitView } from '../../../ui/split-view.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { organizationFilter } from '../../directory/web/index.ts'
import { listReliefs, type Relief, showRelief } from '../relief/relief.contract.ts'
import { reliefKinds, reliefStates } from '../relief/relief.lifecycle.ts'
import { ReliefDetail, reliefSentence, ReliefTag } from './relief-acts.tsx'
import './relief.css'

const columns: readonly Column<Relief>[] = [
  { key: 'requirement', title: '要求', fixed: true, wrap: true, cell: (one) => `${one.requirement} ${one.title}` },
  { key: 'state', title: '状态', cell: (one) => <ReliefTag one={one} /> },
  { key: 'kind', title: '种类', cell: (one) => reliefKinds[one.kind] },
  { key: 'organization', title: '组织', wrap: true, cell: (one) => one.organization.name },
  { key: 'period', title: '期间', cell: (one) => periodInChinese(period(one.period)) },
  { key: 'sentence', title: '内容', wrap: true, cell: reliefSentence, phone: 'none' },
  { key: 'askedOn', title: '申请日期', cell: (one) => one.askedOn, phone: 'none' },
]

const optionsOf = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'mine', title: '由谁办', kind: 'select', width: 8, options: [{ value: 'to_decide', label: '等我决定' }] },
  { key: 'kind', title: '种类', kind: 'select', width: 7, options: optionsOf(reliefKinds) },
  { key: 'state', title: '状态', kind: 'select', width: 8, options: optionsOf(reliefStates) },
  organizationFilter,
]

/** 延期和停表: what was asked, what was decided, what still waits. */
export function ReliefsPage() {
  const [search, change] = useAddress()
  const open = search.open ?? null
  const close = () => change({ open: undefined })
  return (
    <Page title="延期和停表" crumbs={[{ label: '应办事项', to: '/obligations' }]}>
      <SplitView detail={open && <Beside key={open} id={open} />} detailTitle="延期和停表" onClose={close} width="half">
        <QueryTable<Relief>
          name="reliefs"
          caption="延期和停表"
          columns={columns}
          filters={filters}
          rowKey={(one) => one.id}
          query={({ mine, kind, state, under }, after, signal) =>
            call(
              listReliefs,
              { query: { ...({ mine, kind, state, under } as object), limit: 100, ...(after && { after }) } },
              { signal },
            )
          }
          onOpen={(one) => change({ open: one.id })}
          onClose={close}
          selected={open}
          empty={{ sentence: '没有延期或停表。在应办日历里点开一项未到期的事项，可以申请。' }}
        />
      </SplitView>
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showRelief, { params: { id } })
  return <Loaded query={found}>{(one) => <ReliefDetail one={one} />}</Loaded>
}
