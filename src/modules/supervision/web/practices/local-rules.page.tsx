import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { exportLocalRules, listLocalRules, type LocalRuleLine } from '../../local-rules/local-rules.contract.ts'
import { localRuleKinds, localRuleStates } from '../../local-rules/local-rules.lifecycle.ts'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '名称或文号', kind: 'text', width: 11 },
  { key: 'kind', title: '类别', kind: 'select', width: 9, options: optionsOf(localRuleKinds) },
  {
    key: 'due',
    title: '复核',
    kind: 'select',
    width: 9,
    options: [
      { value: 'soon', label: '三十天内到期' },
      { value: 'over', label: '已经过期' },
    ],
  },
  { key: 'state', title: '状态', kind: 'select', width: 7, options: optionsOf(localRuleStates) },
]

const columns: readonly Column<LocalRuleLine>[] = [
  {
    key: 'title',
    title: '制度',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => <Go to={`/local-rules/${row.id}`}>{row.title}</Go>,
  },
  { key: 'number', title: '文号', cell: (row) => row.number ?? '－' },
  { key: 'kind', title: '类别', cell: (row) => localRuleKinds[row.kind] },
  { key: 'organization', title: '制定单位', wrap: true, cell: (row) => row.organization.name },
  { key: 'inForceFrom', title: '施行日期', cell: (row) => row.inForceFrom },
  {
    key: 'reviewOn',
    title: '复核日期',
    cell: (row) => (
      <>
        {row.reviewOn} {row.reviewDue && <StatusTag tone="missing">该复核了</StatusTag>}
      </>
    ),
  },
  { key: 'state', title: '状态', cell: (row) => localRuleStates[row.state], phone: 'none' },
]

/** 制度: the register of lasting rules, those of the organizations above included. */
export function LocalRulesPage() {
  const navigate = useNavigate()
  const mayEnter = useAbility('supervision.local_rule.enter')
  return (
    <Page
      title="制度"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        mayEnter && (
          <GoButton to="/local-rules/new" type="primary">
            登记制度
          </GoButton>
        )
      }
    >
      <QueryTable<LocalRuleLine>
        name="local-rules"
        caption="制度"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listLocalRules,
            { query: { ...(values as z.input<(typeof listLocalRules)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/local-rules/${row.id}` })}
        exportHref={(values) => addressOf(exportLocalRules.path, { query: values })}
        empty={{ sentence: '还没有登记制度。管用的做法写成制度后在这里登记，到复核日期之前会提醒。' }}
      />
    </Page>
  )
}
