import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { type CardLine, listCards } from '../../yellow-cards/cards.contract.ts'
import { cardStates } from '../../yellow-cards/cards.lifecycle.ts'

const filters: readonly Filter[] = [
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 9,
    options: Object.entries(cardStates).map(([value, label]) => ({ value, label })),
  },
  { key: 'history', title: '历史', kind: 'select', width: 9, options: [{ value: 'yes', label: '连同历史' }] },
]
const columns: readonly Column<CardLine>[] = [
  {
    key: 'organization',
    title: '组织',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => <Go to={`/yellow-cards/${row.id}`}>{row.organization.name}</Go>,
  },
  { key: 'state', title: '状态', cell: (row) => cardStates[row.state] },
  { key: 'grounds', title: '依据', wrap: true, cell: (row) => row.grounds },
  { key: 'items', title: '销号', cell: (row) => (row.items > 0 ? `${row.passed} / ${row.items} 条` : '－') },
  { key: 'proposedOn', title: '建议日期', cell: (row) => row.proposedOn, phone: 'none' },
  { key: 'decidedOn', title: '决定日期', cell: (row) => row.decidedOn ?? '－' },
  { key: 'isPublic', title: '公开', cell: (row) => (row.isPublic ? '公开' : '不公开'), phone: 'none' },
]

/** 黄牌警示, as far as the account may see; what has expired stands in the history. */
export function CardsPage() {
  const navigate = useNavigate()
  const mayPropose = useAbility('supervision.yellow_card.propose')
  return (
    <Page
      title="黄牌警示"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        <>
          <GoButton to="/yellow-cards/conditions">进入条件</GoButton>
          {mayPropose && (
            <GoButton to="/yellow-cards/new" type="primary">
              建议黄牌
            </GoButton>
          )}
        </>
      }
    >
      <QueryTable<CardLine>
        name="yellow-cards"
        caption="黄牌警示"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(listCards, { query: { ...(values as z.input<(typeof listCards)['query']>), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/yellow-cards/${row.id}` })}
        empty={{ sentence: '现在没有黄牌。工委设定了进入条件，系统才会建议；是否警示由工委决定。' }}
      />
    </Page>
  )
}
