import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { RecordList } from '../../../ui/record-list.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import type { EntryLine } from '../entries/entry-endpoints.contract.ts'
import { type EntryKind, inWords, namesOf, titleOfField } from '../entries/entry-kind.contract.ts'
import { entryStates } from '../entries/entries.lifecycle.ts'
import { EntryActs, EntryShown } from './entry-shown.tsx'
import { kindParts } from './kind-parts.tsx'
import { RecordTabs } from './record-tabs.tsx'

type Named = readonly { readonly id: string; readonly name: string }[]

/** The field whose values are the labels, where the kind has one. */
function labelOptions(kind: EntryKind) {
  if (!kind.labelsOf) return []
  const named = Object.values(kind.content.shape as Record<string, z.ZodType>).find((schema) => namesOf(schema))
  return Object.entries(namesOf(named) ?? {}).map(([value, label]) => ({ value, label }))
}

function filtersFor(kind: EntryKind, organizations: Named): Filter[] {
  const places = organizations.map((one) => ({ value: one.id, label: one.name }))
  const labels = labelOptions(kind)
  return [
    { key: 'text', title: '标题或组织', kind: 'text', width: 11 },
    ...(labels.length > 0 ? [{ key: 'label', title: '类别', kind: 'select' as const, options: labels, width: 10 }] : []),
    { key: 'from', title: '自', kind: 'date', width: 9 },
    { key: 'to', title: '至', kind: 'date', width: 9 },
    {
      key: 'late',
      title: '是否补记',
      kind: 'select',
      options: [
        { value: 'yes', label: '只看补记' },
        { value: 'no', label: '不含补记' },
      ],
      width: 8,
    },
    ...(places.length > 1 ? [{ key: 'under', title: '组织', kind: 'select' as const, options: places, width: 14 }] : []),
  ]
}

function columnsFor(kind: EntryKind): Column<EntryLine>[] {
  return [
    { key: 'title', title: '标题', fixed: true, wrap: true, cell: (row) => row.title },
    {
      key: 'organization',
      title: '组织',
      wrap: true,
      cell: (row) => (row.together > 1 ? `${row.organization.name}等 ${row.together} 个` : row.organization.name),
    },
    ...kind.columns.map(
      (field): Column<EntryLine> => ({
        key: field,
        title: titleOfField(kind, field),
        wrap: true,
        cell: (row) => inWords(kind, field, row.content[field]) || '－',
      }),
    ),
    { key: 'heldOn', title: '日期', sortable: true, cell: (row) => row.heldOn },
    {
      key: 'recordedOn',
      title: '记录日期',
      sortable: true,
      cell: (row) => (
        <>
          {row.recordedOn} {row.late && <StatusTag tone="late">补记</StatusTag>}
        </>
      ),
    },
    {
      key: 'persons',
      title: kind.roles.length === 1 ? (kind.roles[0]?.title ?? '') : '人数',
      align: 'right',
      cell: (row) => (row.persons ? `${row.persons} 人` : '－'),
    },
    {
      key: 'state',
      title: '状态',
      cell: (row) => <StatusTag tone={row.state === 'recorded' ? 'done' : 'none'}>{entryStates[row.state]}</StatusTag>,
    },
  ]
}

/** All entries of a kind that the account may see; a record opens beside the list. */
export function EntryListPage({ kind }: { kind: EntryKind }) {
  const { organizations } = useSession()
  const mayRecord = useAbility(`${kind.permission}.record`)
  const Above = kindParts[kind.code]?.above
  const record = mayRecord && (
    <GoButton to={`/${kind.collection}/new`} type="primary">
      记{kind.noun}
    </GoButton>
  )
  return (
    <Page title={kind.noun} crumbs={[{ label: '会议', to: '/meetings' }]} actions={record}>
      <RecordTabs now={`/${kind.collection}`} />
      {Above && <Above />}
      <RecordList<EntryLine>
        name={kind.collection}
        caption={kind.noun}
        columns={columnsFor(kind)}
        filters={filtersFor(kind, organizations)}
        idOf={(row) => row.id}
        read={(query, signal) =>
          call(kind.endpoints.list, { query: query as z.input<EntryKind['endpoints']['list']['query']> }, { signal })
        }
        exportPath={kind.endpoints.sheet.path}
        empty={{ sentence: `还没有记录。${kind.purpose}`, next: record || undefined }}
        detailTitle={kind.noun}
        detail={(id) => <Detail kind={kind} key={id} id={id} />}
      />
    </Page>
  )
}

function Detail({ kind, id }: { kind: EntryKind; id: string }) {
  const entry = useCall(kind.endpoints.show, { params: { id } })
  return (
    <Loaded query={entry}>
      {(data) => (
        <div className="meeting-lines">
          <p style={{ margin: 0 }}>
            <Go to={`/${kind.collection}/${id}`}>{data.title}</Go>
          </p>
          <EntryActs kind={kind} entry={data} />
          <EntryShown kind={kind} entry={data} />
        </div>
      )}
    </Loaded>
  )
}
