import { App, Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { accountStates, approveAccount } from '../accounts/accounts.contract.ts'
import { administrators } from '../grants/roles.contract.ts'
import { AccountCreateForm } from './account-create-form.tsx'
import { type AccountLine, accountTones, readAccounts } from './accounts.client.ts'
import { AccountDetail } from './account-detail.tsx'
import { dutyLimit } from './administrator-words.rules.ts'
import './organizations.css'

const optionsOf = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '姓名或用户名', kind: 'text', width: 10 },
  { key: 'state', title: '状态', kind: 'select', options: optionsOf(accountStates), width: 8 },
  { key: 'administrator', title: '管理员', kind: 'select', options: optionsOf(administrators), width: 9 },
]

const columns: readonly Column<AccountLine>[] = [
  { key: 'username', title: '用户名', cell: (row) => row.username, fixed: true, width: 10 },
  { key: 'name', title: '姓名', cell: (row) => row.name, width: 8 },
  { key: 'posts', title: '职务', cell: (row) => row.posts.join('、') || '－', wrap: true, width: 16 },
  {
    key: 'administrator',
    title: '管理员',
    cell: (row) => (row.administrator ? administrators[row.administrator] : '－'),
    width: 8,
  },
  {
    key: 'state',
    title: '状态',
    width: 9,
    cell: (row) => (
      <>
        <StatusTag tone={accountTones[row.state]}>{accountStates[row.state]}</StatusTag>
        {row.locked && <StatusTag tone="short">已锁定</StatusTag>}
      </>
    ),
  },
  { key: 'second', title: '动态口令', cell: (row) => (row.secondFactorEnrolled ? '已绑定' : '未绑定'), width: 7 },
  { key: 'created', title: '建立', cell: (row) => row.createdOn, width: 8, extra: true },
]

/** The system administrator keeps the accounts; the security administrator approves and unlocks them. */
export function AccountsPage() {
  const [address, change] = useAddress()
  const { account } = useSession()
  const mayCreate = useAbility('directory.account.create')
  const mayApprove = useAbility('directory.account.approve')
  const [rows, setRows] = useState<ReadonlyMap<string, AccountLine>>(new Map())
  const [visit] = useState(() => Date.now())
  const creating = mayCreate && address.act === 'create'
  const close = () => change({ id: undefined, act: undefined })
  const shown = address.id ? rows.get(address.id) : undefined
  return (
    <Page
      title="账号"
      actions={
        mayCreate && (
          <Button type="primary" onClick={() => change({ act: 'create', id: undefined })}>
            建账号
          </Button>
        )
      }
    >
      {account.administrator && <p className="dir-sentence">{dutyLimit(account.administrator)}</p>}
      <SplitView width="half" {...opened(creating, shown, close)} onClose={close}>
        <QueryTable
          name="accounts"
          caption="账号"
          columns={columns}
          filters={filters}
          rowKey={(row) => row.id}
          query={async (values, after, signal) => {
            const page = await readAccounts(values, after, signal)
            setRows((before) => new Map([...before, ...page.items.map((row) => [row.id, row] as const)]))
            return page
          }}
          depends={[visit]}
          onOpen={(row) => change({ id: row.id, act: undefined })}
          onClose={close}
          selected={address.id ?? null}
          empty={{ sentence: '还没有账号。' }}
          actions={mayApprove && <ApproveWaiting rows={[...rows.values()].filter((row) => row.state === 'pending')} />}
        />
      </SplitView>
    </Page>
  )
}

function opened(creating: boolean, shown: AccountLine | undefined, close: () => void) {
  if (creating) return { detail: <AccountCreateForm onClose={close} />, detailTitle: '建账号' }
  if (!shown) return { detail: null, detailTitle: '' }
  return { detail: <AccountDetail key={shown.id} account={shown} />, detailTitle: shown.name }
}

/** New accounts wait for the security administrator; those shown can be approved together. */
function ApproveWaiting({ rows }: { rows: readonly AccountLine[] }) {
  const { message } = App.useApp()
  const own = useSession().account.id
  const [asked, setAsked] = useState(false)
  const { send } = useSubmit(approveAccount)
  const waiting = rows.filter((row) => row.id !== own)
  if (waiting.length === 0) return null
  return (
    <>
      <Button onClick={() => setAsked(true)}>批准待批账号 {waiting.length}</Button>
      <ConfirmReason
        open={asked}
        title="批准待批账号"
        sentence={`将启用 ${waiting.length} 个账号：${shortList(waiting)}。`}
        confirmLabel="批准"
        least={2}
        onClose={() => setAsked(false)}
        onConfirm={async (reason) => {
          for (const row of waiting) await send({ params: { id: row.id }, body: { reason } })
          void message.success(`已批准 ${waiting.length} 个账号。`)
        }}
      />
    </>
  )
}

/** The first ten by name, and that there are more. */
function shortList(rows: readonly AccountLine[]): string {
  const names = rows.slice(0, 10).map((row) => `${row.name}（${row.username}）`)
  return names.join('、') + (rows.length > names.length ? ' 等' : '')
}
