import { useEffect, useMemo, useRef, useState } from 'react'
import { organizationKinds } from '../organizations/organizations.contract.ts'
import { above, childrenOf, rowsOf, stepFor, type TreeNode, type TreeRow } from './organization-tree.rules.ts'
import './organizations.css'

export interface OrganizationTreeProps {
  readonly label: string
  readonly nodes: readonly TreeNode[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

/** The tree of organizations by keyboard and pointer: arrows go and unfold, Enter opens, letters are left to the search. */
export function OrganizationTree(props: OrganizationTreeProps) {
  const { nodes, selected, onSelect } = props
  const children = useMemo(() => childrenOf(nodes), [nodes])
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set((children.get(null) ?? []).map((node) => node.id)))
  const [focused, setFocused] = useState<string | null>(selected)
  const tree = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (selected === null) return
    setFocused(selected)
    setOpen((before) => new Set([...before, ...above(nodes, selected).map((node) => node.id)]))
  }, [selected, nodes])
  const rows = useMemo(() => rowsOf(children, open), [children, open])
  const reachable = rows.some((row) => row.node.id === focused) ? focused : (rows[0]?.node.id ?? null)
  const toggle = (id: string) => setOpen((before) => toggled(before, id))
  const press = (key: string, row: TreeRow): boolean => {
    if (key === 'Enter' || key === ' ') {
      onSelect(row.node.id)
      return true
    }
    const step = stepFor(key, rows, row.node.id)
    if (!step) return false
    if (step.focus) {
      setFocused(step.focus)
      tree.current?.querySelector<HTMLElement>(`[data-id="${step.focus}"]`)?.focus()
    } else toggle(row.node.id)
    return true
  }
  return (
    <ul ref={tree} role="tree" aria-label={props.label} className="org-tree">
      {rows.map((row) => (
        <TreeLine
          key={row.node.id}
          row={row}
          selected={row.node.id === selected}
          reachable={row.node.id === reachable}
          onSelect={onSelect}
          onToggle={toggle}
          onKey={press}
        />
      ))}
    </ul>
  )
}

function toggled(open: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(open)
  if (!next.delete(id)) next.add(id)
  return next
}

interface TreeLineProps {
  readonly row: TreeRow
  readonly selected: boolean
  readonly reachable: boolean
  readonly onSelect: (id: string) => void
  readonly onToggle: (id: string) => void
  readonly onKey: (key: string, row: TreeRow) => boolean
}

function TreeLine(props: TreeLineProps) {
  const { row } = props
  const { node } = row
  return (
    <li
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={props.selected}
      {...(row.expandable && { 'aria-expanded': row.open })}
      tabIndex={props.reachable ? 0 : -1}
      data-id={node.id}
      className="org-line"
      style={{ paddingLeft: `${(row.level - 1) * 1.15 + 0.3}em` }}
      onClick={() => props.onSelect(node.id)}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !props.onKey(event.key, row)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <span
        aria-hidden="true"
        className="org-fold"
        onClick={(event) => {
          if (!row.expandable) return
          event.stopPropagation()
          props.onToggle(node.id)
        }}
      >
        {row.expandable ? (row.open ? '▾' : '▸') : ''}
      </span>
      <span className="org-name">{node.name}</span>
      <span className="org-kind">{organizationKinds[node.kind]}</span>
    </li>
  )
}
