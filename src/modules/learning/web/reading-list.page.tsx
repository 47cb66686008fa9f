import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { bookCategories, listReading, type ReadingLine, readingStates } from '../reading/reading.contract.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import { optionsOf } from './whole-form.tsx'

const filters: readonly Filter[] = [
  { key: 'text', title: '期名或书名', kind: 'text', width: 11 },
  { key: 'category', title: '类别', kind: 'select', options: optionsOf(bookCategories), width: 9 },
  { key: 'state', title: '状态', kind: 'select', options: optionsOf(readingStates), width: 8 },
]
const columns: readonly Column<ReadingLine>[] = [
  { key: 'title', title: '期名', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'organization', title: '推荐组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'issuedOn', title: '日期', cell: (row) => row.issuedOn },
  { key: 'categories', title: '类别', wrap: true, cell: (row) => row.categories.map((one) => bookCategories[one]).join('、') },
  { key: 'books', title: '书目', align: 'right', cell: (row) => `${row.books} 种` },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={row.state === 'recommended' ? 'done' : 'none'}>{readingStates[row.state]}</StatusTag>,
  },
]

/** Instalments recommended to us and by us. */
export function ReadingListPage() {
  const navigate = useNavigate()
  const create = useAbility('learning.reading.recommend') && (
    <GoButton to="/reading-lists/new" type="primary">
      荐一期书
    </GoButton>
  )
  return (
    <Page title="荐书" crumbs={crumbs} actions={create}>
      <TrainingTabs now="reading" />
      <QueryTable<ReadingLine>
        name="reading-lists"
        caption="荐书"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listReading,
            { query: { ...(values as z.input<(typeof listReading)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/reading-lists/${row.id}` })}
        empty={{ sentence: '还没有荐书。荐一期，本组织和下级的同志都能看到；读不读、读多久都不记。', next: create || undefined }}
      />
    </Page>
  )
}
