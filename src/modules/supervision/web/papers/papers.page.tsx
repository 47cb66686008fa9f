import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { RecordList } from '../../../../ui/record-list.tsx'
import { paperKinds } from '../../papers/paper-kinds.rules.ts'
import { listPapers, type PaperLine } from '../../papers/papers.contract.ts'
import { paperStates } from '../../papers/papers.lifecycle.ts'
import { SupervisionTabs } from '../tasks/supervision-tabs.tsx'
import { PaperDetail } from './paper-detail.tsx'

const options = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '题目或字号', kind: 'text', width: 12 },
  { key: 'state', title: '状态', kind: 'select', width: 8, options: options(paperStates) },
  {
    key: 'kind',
    title: '文种',
    kind: 'select',
    width: 10,
    options: Object.entries(paperKinds).map(([value, kind]) => ({ value, label: kind.name })),
  },
]

const columns: readonly Column<PaperLine>[] = [
  { key: 'title', title: '题目', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'number', title: '字号', cell: (row) => row.number ?? '－' },
  { key: 'kind', title: '文种', cell: (row) => row.kindName },
  { key: 'state', title: '状态', cell: (row) => paperStates[row.state] },
  { key: 'to', title: '主送', wrap: true, cell: (row) => row.to.join('、') || '－' },
  { key: 'organization', title: '发文', wrap: true, cell: (row) => row.organization.name, phone: 'none' },
  { key: 'issuedOn', title: '签发日期', cell: (row) => row.issuedOn ?? '－' },
]

type Query = z.input<(typeof listPapers)['query']>

/** 文书: what was drafted, issued and withdrawn; one opens beside the list. */
export function PapersPage() {
  return (
    <Page title="文书" crumbs={[{ label: '督办', to: '/cases' }]} bar={<SupervisionTabs now="papers" />}>
      <RecordList<PaperLine>
        name="papers"
        caption="文书"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listPapers, { query: query as Query }, { signal })}
        empty={{ sentence: '还没有文书。打开一个督办事项，点“出文书”就可以起草。' }}
        detailTitle="文书"
        detail={(id) => <PaperDetail key={id} id={id} />}
      />
    </Page>
  )
}
