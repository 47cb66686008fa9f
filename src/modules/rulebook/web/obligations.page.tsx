import { useState } from 'react'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { periodIn } from '../../../ui/period-in.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { listOrganizations } from '../../directory/organizations/organizations.contract.ts'
import {
  type Dimension,
  dimensions,
  exportObligations,
  listObligations,
  type Obligation,
  statuses,
  strengths,
} from '../obligations/obligations.contract.ts'
import { listRequirements } from '../requirements/requirements.contract.ts'
import { DutyDetail } from './duty-detail.tsx'
import { toneOf } from './figures.rules.ts'

const optionsOf = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))

const columns: readonly Column<Obligation>[] = [
  { key: 'organization', title: '组织', cell: (duty) => duty.organization.name, fixed: true },
  {
    key: 'requirement',
    title: '要求',
    cell: (duty) => `${duty.requirement} ${duty.title}${duty.subject.kind === 'person' ? `（${duty.subject.name}）` : ''}`,
    wrap: true,
  },
  { key: 'status', title: '状态', cell: (duty) => <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag> },
  { key: 'period', title: '期间', cell: (duty) => periodInChinese(period(duty.period)) },
  { key: 'due', title: '到期', cell: (duty) => duty.due },
  { key: 'value', title: '计入 / 应达', align: 'right', cell: (duty) => `${duty.value.numerator} / ${duty.value.denominator}` },
  { key: 'strength', title: '约束', cell: (duty) => strengths[duty.strength], phone: 'none' },
  { key: 'dimension', title: '维度', cell: (duty) => dimensions[duty.dimension as Dimension] ?? duty.dimension, phone: 'none' },
  { key: 'evidence', title: '记录', align: 'right', cell: (duty) => duty.evidence.length, phone: 'none' },
  { key: 'lateAfter', title: '迟办界限', cell: (duty) => duty.lateAfter, extra: true },
]

const keyOf = (duty: Obligation) =>
  [duty.requirement, duty.strength, duty.period, duty.organization.id, duty.subject.id].join(' ')

// Not due and not applicable are worked out for one subject at a time, so the list over many cannot filter by them.
const { not_due: _notDue, not_applicable: _notApplicable, ...listed } = statuses

/** Filters whose choices are read: which requirement, under which organization. */
function useFilters(): readonly Filter[] {
  const rules = useCall(listRequirements, { query: {} })
  const organizations = useCall(listOrganizations, { query: { limit: 500 } })
  const codes = new Map((rules.data?.items ?? []).map((rule) => [rule.code, `${rule.code} ${rule.title}`]))
  return [
    {
      key: 'under',
      title: '组织及其下级',
      kind: 'select',
      width: 16,
      options: (organizations.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    { key: 'requirement', title: '要求', kind: 'select', width: 14, options: optionsOf(Object.fromEntries(codes)) },
    { key: 'dimension', title: '维度', kind: 'select', width: 8, options: optionsOf(dimensions) },
    { key: 'status', title: '状态', kind: 'select', width: 8, options: optionsOf(listed) },
    { key: 'strength', title: '约束', kind: 'select', width: 7, options: optionsOf(strengths) },
  ]
}

/** What the server is asked: only keys that it knows, so that an old address does not fail. */
const asked = (filters: FilterValues, within: string) => {
  const { under, requirement, dimension, status, strength } = filters
  return { period: within, under, requirement, dimension, status, strength } as never
}

/** Every duty under an organization: filters in the address, the duty beside its list, export of the same. */
export function ObligationsPage() {
  const session = useSession()
  const [search, change] = useAddress()
  const [open, setOpen] = useState<Obligation | null>(null)
  const filters = useFilters()
  const within = periodIn(search, session.today)
  return (
    <Page
      title="应办事项"
      actions={
        <>
          <Go to="/calendar">应办日历</Go>
          <Go to="/reliefs">延期和停表</Go>
          <Go to="/exemptions">豁免</Go>
          <Go to="/determinations">认定</Go>
        </>
      }
      bar={<PeriodPicker value={within} today={session.today} onChange={(value) => change({ period: value })} />}
    >
      <SplitView
        width="half"
        detail={open && <DutyDetail key={keyOf(open)} duty={open} />}
        detailTitle={open ? `${open.requirement} ${open.title}` : ''}
        onClose={() => setOpen(null)}
      >
        <QueryTable
          name="obligations"
          caption="应办事项"
          columns={columns}
          filters={filters}
          rowKey={keyOf}
          depends={[within]}
          query={(values, after, signal) =>
            call(
              listObligations,
              { query: { ...(asked(values, within) as object), limit: 100, ...(after && { after }) } },
              { signal },
            )
          }
          onOpen={setOpen}
          onClose={() => setOpen(null)}
          selected={open && keyOf(open)}
          exportHref={(values) => addressOf(exportObligations.path, { query: asked(values, within) })}
          empty={{ sentence: '这一期没有已到期的应办事项。可以换一期看看。' }}
        />
      </SplitView>
    </Page>
  )
}
