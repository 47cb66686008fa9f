import { App, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { decideGrants, grantStates, listGrants } from '../grants/grants.contract.ts'
import { type Role, roles } from '../grants/roles.contract.ts'
import { dutyLimit } from './administrator-words.rules.ts'
import { EndGrantForm } from './grant-form.tsx'
import './organizations.css'

type GrantLine = Awaited<ReturnType<typeof readGrants>>['items'][number]
type State = keyof typeof grantStates

function readGrants(values: FilterValues, after: string | null, signal: AbortSignal) {
  const query = {
    limit: 200,
    ...(after && { after }),
    ...(values.text && { text: values.text }),
    ...(values.state && values.state !== 'all' && { state: values.state as State }),
    ...(values.role && { role: values.role as Role }),
  }
  return call(listGrants, { query }, { signal })
}

const filters: readonly Filter[] = [
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    initial: 'proposed',
    every: 'all',
    width: 8,
    options: [...Object.entries(grantStates).map(([value, label]) => ({ value, label })), { value: 'all', label: '全部' }],
  },
  {
    key: 'role',
    title: '角色',
    kind: 'select',
    width: 10,
    options: Object.entries(roles).map(([value, role]) => ({ value, label: role.name })),
  },
  { key: 'text', title: '姓名或用户名', kind: 'text', width: 10 },
]
const tones: Readonly<Record<State, Tone>> = { proposed: 'late', approved: 'done', refused: 'short', ended: 'none' }

const columns: readonly Column<GrantLine>[] = [
  { key: 'name', title: '姓名', cell: (row) => row.account.name, width: 7, phone: 'heading' },
  { key: 'username', title: '用户名', cell: (row) => row.account.username, width: 9 },
  { key: 'role', title: '角色', cell: (row) => row.roleName, fixed: true, width: 9 },
  { key: 'organization', title: '组织', cell: (row) => row.organization.name, wrap: true, width: 18 },
  { key: 'post', title: '来自职务', cell: (row) => row.postName ?? '专门提出', width: 9 },
  { key: 'span', title: '期限', cell: (row) => `${row.from ?? '批准日'} 至${row.to ? ` ${row.to} 前` : '今'}`, width: 13 },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={tones[row.state]}>{grantStates[row.state]}</StatusTag>,
    width: 6,
  },
]

type Decision = 'approve' | 'refuse'
const verbs: Readonly<Record<Decision, string>> = { approve: '批准', refuse: '不批准' }

/** Roles over organizations, proposed from posts: the security administrator approves, refuses, ends. */
export function GrantsPage() {
  const [address, change] = useAddress()
  const { account } = useSession()
  const mayDecide = useAbility('directory.grant.decide')
  const [rows, setRows] = useState<ReadonlyMap<string, GrantLine>>(new Map())
  const [visit] = useState(() => Date.now())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const waiting = [...rows.values()].filter((row) => row.state === 'proposed' && row.account.id !== account.id)
  const close = () => change({ id: undefined })
  const shown = address.id ? rows.get(address.id) : undefined
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  const boxes: Column<GrantLine> = {
    key: 'choose',
    title: '选',
    fixed: true,
    width: 3,
    phone: 'line',
    cell: (row) => (
      <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
        <Checkbox
          aria-label={`选 ${row.account.name} 的${row.roleName}`}
          disabled={row.state !== 'proposed' || row.account.id === account.id}
          checked={chosen.has(row.id)}
          onChange={(event) => choose(row.id, event.target.checked)}
        />
      </span>
    ),
  }
  return (
    <Page title="权限">
      {account.administrator && <p className="dir-sentence">{dutyLimit(account.administrator)}</p>}
      <SplitView
        width="half"
        detail={shown ? <GrantDetail key={shown.id} grant={shown} /> : null}
        detailTitle={shown ? `${shown.account.name}：${shown.roleName}` : ''}
        onClose={close}
      >
        <QueryTable
          name="grants"
          caption="权限"
          columns={mayDecide ? [boxes, ...columns] : columns}
          filters={filters}
          rowKey={(row) => row.id}
          query={async (values, after, signal) => {
            const page = await readGrants(values, after, signal)
            const held = new Map(page.items.map((row) => [row.id, row] as const))
            setRows((before) => (after ? new Map([...before, ...held]) : held))
            setChosen((before) => new Set([...before].filter((id) => held.get(id)?.state === 'proposed')))
            return page
          }}
          depends={[visit]}
          onOpen={(row) => change({ id: row.id })}
          onClose={close}
          selected={address.id ?? null}
          empty={{ sentence: '没有权限记录。任职登记后，相应权限会作为建议出现在这里。' }}
          actions={
            mayDecide &&
            waiting.length > 0 && (
              <Decide chosen={[...chosen]} waiting={waiting} onAll={() => setChosen(new Set(waiting.map((row) => row.id)))} />
            )
          }
        />
      </SplitView>
    </Page>
  )
}

function Decide(props: { chosen: readonly string[]; waiting: readonly GrantLine[]; onAll: () => void }) {
  const [decision, setDecision] = useState<Decision | null>(null)
  const none = props.chosen.length === 0
  return (
    <>
      <Button onClick={props.onAll}>全选 {props.waiting.length} 项</Button>
      <Button type="primary" disabled={none} onClick={() => setDecision('approve')}>
        批准所选 {props.chosen.length} 项
      </Button>
      <Button disabled={none} onClick={() => setDecision('refuse')}>
        不批准
      </Button>
      <DecideDialog ids={props.chosen} decision={decision} onClose={() => setDecision(null)} />
    </>
  )
}

function DecideDialog(props: { ids: readonly string[]; decision: Decision | null; onClose: () => void }) {
  const { message } = App.useApp()
  const { send } = useSubmit(decideGrants)
  const { decision, ids } = props
  const refusing = decision === 'refuse'
  return (
    <ConfirmReason
      open={decision !== null}
      title={decision ? `${verbs[decision]} ${ids.length} 项权限` : ''}
      sentence={refusing ? '不批准的权限不生效，提出的人能看到理由。' : '批准后马上生效。有一项不能办，则全部不办。'}
      confirmLabel={decision ? verbs[decision] : ''}
      least={refusing ? 2 : 0}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        if (!decision) return
        const { decided } = await send({ body: { ids: [...ids], decision, ...(reason && { reason }) } })
        void message.success(`已${verbs[decision]} ${decided} 项。`)
      }}
    />
  )
}

function GrantDetail({ grant }: { grant: GrantLine }) {
  const own = useSession().account.id === grant.account.id
  const mayDecide = useAbility('directory.grant.decide')
  const mayEnd = useAbility('directory.grant.end')
  const [decision, setDecision] = useState<Decision | null>(null)
  const [ending, setEnding] = useState(false)
  if (ending)
    return <EndGrantForm id={grant.id} name={`${grant.account.name}的${grant.roleName}`} onClose={() => setEnding(false)} />
  return (
    <div className="org-main">
      <Facts
        items={[
          { term: '账号', value: `${grant.account.name}（${grant.account.username}）` },
          { term: '角色', value: grant.roleName },
          { term: '组织', value: `${grant.organization.name}及其下级`, wide: true },
          { term: '来自职务', value: grant.postName ?? '专门提出' },
          { term: '提出', value: grant.proposedBy },
          { term: '自', value: grant.from },
          { term: '至', value: grant.to },
          { term: '状态', value: <StatusTag tone={tones[grant.state]}>{grantStates[grant.state]}</StatusTag> },
          { term: '办理', value: grant.decidedBy },
          { term: '理由', value: grant.reason, wide: true },
        ]}
      />
      <div className="dir-acts">
        {mayDecide && !own && grant.state === 'proposed' && (
          <>
            <Button type="primary" onClick={() => setDecision('approve')}>
              批准
            </Button>
            <Button onClick={() => setDecision('refuse')}>不批准</Button>
          </>
        )}
        {mayEnd && !own && grant.state === 'approved' && <Button onClick={() => setEnding(true)}>终止权限</Button>}
      </div>
      {own && <p className="dir-soft dir-plain">这是您自己的权限，须由另一位安全管理员办理。</p>}
      <DecideDialog ids={[grant.id]} decision={decision} onClose={() => setDecision(null)} />
    </div>
  )
}
