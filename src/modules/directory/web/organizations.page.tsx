import { Button, Input, Segmented } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { useAddress } from '../../../ui/address.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { Page } from '../../../ui/page.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Failed, Loaded } from '../../../ui/states.tsx'
import { type Organization, organizationKinds } from '../organizations/organizations.contract.ts'
import { OrganizationDetail } from './organization-detail.tsx'
import { OrganizationTree } from './organization-tree.tsx'
import { above, type TreeNode } from './organization-tree.rules.ts'
import { type OrganizationsRead, useOrganizationSearch, useOrganizations } from './organizations.client.ts'
import { workplaceOf } from './workplace.rules.ts'
import './organizations.css'

/** The tree of organizations, today's or a day's, with the chosen one beside it. */
export function OrganizationsPage() {
  const session = useSession()
  const phone = usePhone()
  const [address, change] = useAddress()
  const asOf = address.asOf ?? null
  const read = useOrganizations(asOf)
  const chosen = address.id ?? (phone ? null : (workplaceOf(session) ?? read.data?.items[0]?.id ?? null))
  const open = (id: string) => change({ id, act: undefined })
  return (
    <Page title="组织" bar={<AsOfBar />}>
      <div className="org-split">
        <nav className="org-side" aria-label="组织树" hidden={phone && chosen !== null}>
          <Loaded query={read}>{(found) => <Side read={found} asOf={asOf} chosen={chosen} onOpen={open} />}</Loaded>
        </nav>
        <div className="org-main" hidden={phone && chosen === null}>
          <Beside chosen={chosen} asOf={asOf} {...(phone && { onBack: () => change({ id: undefined, act: undefined }) })} />
        </div>
      </div>
    </Page>
  )
}

function Beside(props: { chosen: string | null; asOf: string | null; onBack?: () => void }) {
  if (props.chosen === null) return <Empty sentence="从左边选一个组织。" />
  return (
    <>
      {props.onBack && (
        <p className="dir-plain">
          <Button onClick={props.onBack}>返回组织树</Button>
        </p>
      )}
      <OrganizationDetail key={props.chosen} id={props.chosen} asOf={props.asOf} />
    </>
  )
}

/** Today's tree, or a day's. */
function AsOfBar() {
  const { today } = useSession()
  const [address, change] = useAddress()
  const [past, setPast] = useState(address.asOf !== undefined)
  return (
    <>
      <Segmented
        aria-label="按哪天的建制看"
        value={past ? 'then' : 'now'}
        options={[
          { value: 'now', label: '现在的建制' },
          { value: 'then', label: '某天的建制' },
        ]}
        onChange={(value) => {
          setPast(value === 'then')
          if (value === 'now') change({ asOf: undefined })
        }}
      />
      {past && (
        <DateField
          aria-label="哪一天"
          placeholder="选一天"
          latest={today}
          value={address.asOf ?? null}
          onChange={(date) => change({ asOf: date ?? undefined, act: undefined })}
        />
      )}
    </>
  )
}

interface SideProps {
  readonly read: OrganizationsRead
  readonly asOf: string | null
  readonly chosen: string | null
  readonly onOpen: (id: string) => void
}

function Side({ read, asOf, chosen, onOpen }: SideProps) {
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim())
  return (
    <>
      <div className="org-search">
        <Input
          aria-label="按名称或拼音找组织"
          placeholder="名称或拼音"
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') focusFirst(event)
          }}
        />
      </div>
      <div className="org-scroll">
        {text ? (
          <Hits text={text} asOf={asOf} nodes={read.items} chosen={chosen} onOpen={onOpen} />
        ) : (
          <>
            {read.items.length === 0 && <Empty sentence="那一天还没有设立组织。请换一个日期。" />}
            {!read.whole && <p className="org-note">组织很多，这里只列出前面一部分。其余的请按名称或拼音查找。</p>}
            <OrganizationTree label="组织" nodes={read.items} selected={chosen} onSelect={onOpen} />
          </>
        )}
      </div>
    </>
  )
}

/** From the search to the first line below it. */
function focusFirst(event: KeyboardEvent<HTMLElement>): void {
  const side = event.currentTarget.closest('.org-side')
  const first = side?.querySelector<HTMLElement>('.org-hit, [role="treeitem"][tabindex="0"]')
  if (!first) return
  event.preventDefault()
  first.focus()
}

/** The text once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function Hits(props: {
  text: string
  asOf: string | null
  nodes: readonly TreeNode[]
  chosen: string | null
  onOpen: (id: string) => void
}) {
  const read = useOrganizationSearch({ text: props.text, ...(props.asOf && { asOf: props.asOf }) })
  if (read.isError) return <Failed error={read.error} onRetry={() => void read.refetch()} />
  const items = read.data?.items ?? []
  if (read.data && items.length === 0) return <Empty sentence="没有找到。请换个名称或拼音，也可以清空后从组织树里找。" />
  return (
    <>
      <ul className="org-found">
        {items.map((one) => (
          <Hit key={one.id} one={one} nodes={props.nodes} current={one.id === props.chosen} onOpen={props.onOpen} />
        ))}
      </ul>
      {read.data?.more && <p className="org-note">还有更多，请再多写几个字。</p>}
      <p className="org-note" role="status">
        {read.data ? `找到 ${items.length} 个` : '正在查找'}
      </p>
    </>
  )
}

function Hit(props: { one: Organization; nodes: readonly TreeNode[]; current: boolean; onOpen: (id: string) => void }) {
  const { one, nodes } = props
  const path = useMemo(
    () =>
      above(nodes, one.id)
        .toReversed()
        .map((node) => node.shortName ?? node.name)
        .join(' › '),
    [nodes, one.id],
  )
  return (
    <li>
      <button
        type="button"
        className="org-hit"
        aria-current={props.current}
        onClick={() => props.onOpen(one.id)}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (!step) return
          const hits = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('.org-hit') ?? [])]
          event.preventDefault()
          hits[hits.indexOf(event.currentTarget) + step]?.focus()
        }}
      >
        {one.name} <span className="org-kind">{organizationKinds[one.kind]}</span>
        {path && <small>{path}</small>}
      </button>
    </li>
  )
}
