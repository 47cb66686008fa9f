import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { RecordList } from '../../../ui/record-list.tsx'
import { organizationFilter } from '../../directory/web/index.ts'
import { exportInspections, type InspectionLine, listInspections } from '../inspections/inspections.contract.ts'
import { inspectionStates, manners } from '../inspections/inspections.lifecycle.ts'
import { InspectionBeside } from './inspection-record.tsx'

const options = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '检查或组织', kind: 'text', width: 11 },
  { key: 'mine', title: '谁去', kind: 'select', width: 8, options: [{ value: 'yes', label: '我参加的' }] },
  { key: 'state', title: '状态', kind: 'select', width: 8, options: options(inspectionStates) },
  { key: 'manner', title: '方式', kind: 'select', width: 8, options: options(manners) },
  organizationFilter,
]

const columns: readonly Column<InspectionLine>[] = [
  { key: 'title', title: '检查', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'organization', title: '被检查组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'visitOn', title: '检查日期', cell: (row) => row.visitOn },
  { key: 'state', title: '状态', cell: (row) => inspectionStates[row.state] },
  { key: 'manner', title: '方式', cell: (row) => manners[row.manner] },
  {
    key: 'inspectors',
    title: '检查人',
    wrap: true,
    cell: (row) => row.inspectors.map(({ name }) => name).join('、'),
    phone: 'none',
  },
  {
    key: 'findings',
    title: '发现',
    cell: (row) => `${row.findings} 条${row.serious > 0 ? `，严重 ${row.serious} 条` : ''}`,
  },
]

type Query = z.input<(typeof listInspections)['query']>

/** 检查: visits that the account may know of; one opens beside the list. */
export function InspectionsPage() {
  const mayPlan = useAbility('supervision.inspection.plan')
  const mayExport = useAbility('supervision.inspection.read')
  return (
    <Page
      title="检查"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        <>
          <GoButton to="/inspections/kit">离线检查</GoButton>
          {mayPlan && (
            <GoButton to="/inspections/new" type="primary">
              安排检查
            </GoButton>
          )}
        </>
      }
    >
      <RecordList<InspectionLine>
        name="inspections"
        caption="检查"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listInspections, { query: query as Query }, { signal })}
        {...(mayExport && { exportPath: exportInspections.path })}
        empty={{ sentence: '还没有检查。安排了检查，或有检查通知到本组织，会列在这里。' }}
        detailTitle="检查"
        detail={(id) => <InspectionBeside key={id} id={id} />}
      />
    </Page>
  )
}
