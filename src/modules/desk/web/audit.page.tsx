import { addressOf, call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { administratorLimit } from '../../directory/web/index.ts'
import { type AuditEntry, auditOutcomeNames, exportAuditEntries, listAuditEntries } from '../audit/audit.contract.ts'
import { SealsPanel } from '../../rulebook/web/index.ts'
import { actionWords } from './audit-words.rules.ts'
import { AuditVerify } from './audit-verify.tsx'

type Outcome = AuditEntry['outcome']
const tones: Readonly<Record<Outcome, Tone>> = { done: 'done', denied: 'short', failed: 'late', viewed: 'none' }
const moment = new Intl.DateTimeFormat('zh-CN', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
  timeZone: 'Asia/Shanghai',
})

const filters: readonly Filter[] = [
  { key: 'from', title: '从哪天', kind: 'date' },
  { key: 'to', title: '到哪天', kind: 'date' },
  {
    key: 'outcome',
    title: '结果',
    kind: 'select',
    width: 7,
    options: Object.entries(auditOutcomeNames).map(([value, label]) => ({ value, label })),
  },
  { key: 'action', title: '动作代码开头', kind: 'text', width: 12 },
  { key: 'account', title: '账号编号', kind: 'text', width: 10 },
  { key: 'object', title: '对象编号', kind: 'text', width: 10 },
]

const columns: readonly Column<AuditEntry>[] = [
  { key: 'at', title: '时间', cell: (row) => moment.format(new Date(row.at)), fixed: true, width: 13 },
  { key: 'account', title: '谁', cell: (row) => row.account?.name ?? '没有登录', width: 8 },
  { key: 'action', title: '做了什么', cell: (row) => actionWords(row), wrap: true, width: 14 },
  {
    key: 'outcome',
    title: '结果',
    cell: (row) => <StatusTag tone={tones[row.outcome]}>{auditOutcomeNames[row.outcome]}</StatusTag>,
    width: 5,
  },
  { key: 'organizations', title: '组织', cell: (row) => namesOf(row), wrap: true, width: 16 },
  {
    key: 'objects',
    title: '对象',
    cell: (row) => row.objects.map((one) => one.id).join('、') || '－',
    wrap: true,
    width: 14,
    phone: 'none',
  },
  { key: 'seq', title: '序号', cell: (row) => row.seq ?? '待编号', align: 'right', width: 6, phone: 'none' },
]

function namesOf(row: AuditEntry): string {
  const names = row.organizations.slice(0, 3).map((one) => one.name)
  const more = row.organizations.length - names.length
  return names.length === 0 ? '－' : names.join('、') + (more > 0 ? ` 等 ${row.organizations.length} 个` : '')
}

function query(values: FilterValues) {
  return {
    ...(values.from && { from: values.from }),
    ...(values.to && { to: values.to }),
    ...(values.outcome && { outcome: values.outcome as Outcome }),
    ...(values.action && { action: values.action }),
    ...(values.account && { account: values.account }),
    ...(values.object && { object: values.object }),
  }
}

/** The auditor's desk: search the ledger, see one entry, verify the whole. */
export function AuditPage() {
  const [, change] = useAddress()
  const { account } = useSession()
  const [shown, setShown] = useState<AuditEntry | null>(null)
  const close = () => setShown(null)
  return (
    <Page title="审计台账">
      {account.administrator && <Limit administrator={account.administrator} />}
      <AuditVerify />
      <SealsPanel />
      <Panel title="检索台账" note="检索本身也记入台账">
        <SplitView
          width="narrow"
          detail={shown && <Entry entry={shown} onFilter={(part) => change(part)} />}
          detailTitle="一条记录"
          onClose={close}
        >
          <QueryTable
            name="audit"
            caption="台账记录，新的在前"
            columns={columns}
            filters={filters}
            rowKey={(row) => row.id}
            query={(values, after, signal) =>
              call(listAuditEntries, { query: { ...query(values), limit: 100, ...(after && { after }) } }, { signal })
            }
            onOpen={setShown}
            onClose={close}
            selected={shown?.id ?? null}
            exportHref={(values) => addressOf(exportAuditEntries.path, { query: query(values) })}
            empty={{ sentence: '台账里还没有记录。' }}
          />
        </SplitView>
      </Panel>
    </Page>
  )
}

function Limit({ administrator }: { administrator: 'system' | 'security' | 'audit' }) {
  return (
    <p style={{ margin: 0, borderLeft: '3px solid var(--edge)', padding: '6px 12px', background: 'var(--hair)' }}>
      {administratorLimit(administrator)}
    </p>
  )
}

const actorKinds: Readonly<Record<string, string>> = { account: '账号', system: '系统自动', anonymous: '没有登录' }

function Entry(props: { entry: AuditEntry; onFilter: (part: Record<string, string>) => void }) {
  const { entry } = props
  const { account } = entry
  return (
    <>
      <Facts
        items={[
          { term: '时间', value: moment.format(new Date(entry.at)) },
          { term: '序号', value: entry.seq ?? '待编号，一般一秒内编好' },
          {
            term: '谁',
            value: account ? (
              <Space wrap>
                {account.name}
                <Button size="small" onClick={() => props.onFilter({ account: account.id })}>
                  只看此账号
                </Button>
              </Space>
            ) : (
              (actorKinds[entry.actorKind] ?? entry.actorKind)
            ),
          },
          { term: '做了什么', value: `${actionWords(entry)}（${entry.action}）`, wide: true },
          { term: '结果', value: <StatusTag tone={tones[entry.outcome]}>{auditOutcomeNames[entry.outcome]}</StatusTag> },
          { term: '组织', value: entry.organizations.map((one) => one.name).join('、'), wide: true },
          { term: '涉及的栏目', value: entry.fields.join('、'), wide: true },
          { term: '请求编号', value: entry.requestId, wide: true },
        ]}
      />
      {entry.objects.map((one) => (
        <p key={one.kind + one.id} style={{ margin: '6px 0 0' }}>
          {one.id}{' '}
          <Button size="small" onClick={() => props.onFilter({ object: one.id })} aria-label={`只看此对象 ${one.id}`}>
            只看此对象
          </Button>
        </p>
      ))}
    </>
  )
}
