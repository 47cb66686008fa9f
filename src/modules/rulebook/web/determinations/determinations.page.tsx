import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { type DeterminationLine, listDeterminations, showDetermination } from '../../determinations/determinations.contract.ts'
import { determinationStates } from '../../determinations/determinations.lifecycle.ts'
import { DeterminationActs } from './determination-acts.tsx'
import { DeterminationShown, Verdict } from './determination-shown.tsx'

const columns: readonly Column<DeterminationLine>[] = [
  { key: 'organization', title: '组织', fixed: true, wrap: true, cell: (row) => row.organization.name },
  { key: 'requirement', title: '要求', wrap: true, cell: (row) => `${row.requirement.code} ${row.requirement.title}` },
  { key: 'period', title: '期间', cell: (row) => periodInChinese(period(row.period)) },
  { key: 'met', title: '认定', cell: (row) => <Verdict met={row.met} /> },
  { key: 'state', title: '状态', cell: (row) => determinationStates[row.state] },
  { key: 'seenOn', title: '哪天看的', cell: (row) => row.seenOn },
  { key: 'by', title: '认定人', cell: (row) => row.by, extra: true },
]

/** All determinations that the account may see; one opens beside the list. */
export function DeterminationsPage() {
  const { organizations } = useSession()
  const mayMake = useAbility('rulebook.determination.make')
  const options = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, label]) => ({ value, label }))
  const filters: Filter[] = [
    { key: 'state', title: '状态', kind: 'select', options: options(determinationStates), width: 12 },
    ...(organizations.length > 1
      ? [
          {
            key: 'under',
            title: '组织',
            kind: 'select' as const,
            options: organizations.map(({ id, name }) => ({ value: id, label: name })),
            width: 14,
          },
        ]
      : []),
  ]
  const make = mayMake && (
    <GoButton to="/determinations/new" type="primary">
      作出认定
    </GoButton>
  )
  return (
    <Page title="认定" crumbs={[{ label: '应办事项', to: '/obligations' }]} actions={make}>
      <RecordList<DeterminationLine>
        name="determinations"
        caption="认定"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) =>
          call(listDeterminations, { query: query as z.input<(typeof listDeterminations)['query']> }, { signal })
        }
        empty={{ sentence: '还没有认定。由人认定的要求，有权的同志实地看过或查过资料后在这里写明。', next: make || undefined }}
        detailTitle="认定"
        detail={(id) => <Detail key={id} id={id} />}
      />
    </Page>
  )
}

function Detail({ id }: { id: string }) {
  const read = useCall(showDetermination, { params: { id } })
  return (
    <Loaded query={read}>
      {(page) => (
        <>
          <p style={{ margin: '0 0 12px' }}>
            <Go to={`/determinations/${id}`}>
              {page.requirement.code} {page.requirement.title}
            </Go>
          </p>
          <DeterminationActs page={page} />
          <DeterminationShown page={page} />
        </>
      )}
    </Loaded>
  )
}
