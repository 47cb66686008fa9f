import type { Organization } from '../organizations/organizations.contract.ts'

/** What the tree needs of an organization. */
export type TreeNode = Pick<Organization, 'id' | 'name' | 'shortName' | 'kind' | 'parentId'>

/** One line of the tree as it is shown. */
export interface TreeRow {
  readonly node: TreeNode
  /** 1 at the top. */
  readonly level: number
  readonly open: boolean
  readonly expandable: boolean
  /** Its place among its siblings, from 1, and how many they are. */
  readonly place: number
  readonly siblings: number
}

export type Children = ReadonlyMap<string | null, readonly TreeNode[]>

/** Nodes by their parent, in the order given; one whose parent is not in the list stands at the top (key null). */
export function childrenOf(nodes: readonly TreeNode[]): Children {
  const known = new Set(nodes.map((node) => node.id))
  const found = new Map<string | null, TreeNode[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
    const siblings = found.get(parent)
    if (siblings) siblings.push(node)
    else found.set(parent, [node])
  }
  return found
}

/** The lines to show when the nodes in `open` are unfolded, top down. */
export function rowsOf(children: Children, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (parent: string | null, level: number) => {
    const siblings = children.get(parent) ?? []
    siblings.forEach((node, at) => {
      const expandable = children.has(node.id)
      const unfolded = expandable && open.has(node.id)
      rows.push({ node, level, open: unfolded, expandable, place: at + 1, siblings: siblings.length })
      if (unfolded) walk(node.id, level + 1)
    })
  }
  walk(null, 1)
  return rows
}

/** The nodes above one, nearest first. */
export function above(nodes: readonly TreeNode[], id: string): TreeNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found: TreeNode[] = []
  let next = byId.get(id)?.parentId ?? null
  while (next !== null) {
    const node = byId.get(next)
    if (!node || found.includes(node)) break
    found.push(node)
    next = node.parentId
  }
  return found
}

/** What a key does in the tree: where the focus goes, what unfolds or folds. */
export interface TreeStep {
  readonly focus?: string
  readonly unfold?: string
  readonly fold?: string
}

type Here = { rows: readonly TreeRow[]; at: number }

const focusOn = ({ rows }: Here, at: number): TreeStep | null => {
  const row = rows[at]
  return row ? { focus: row.node.id } : null
}

function right(here: Here): TreeStep | null {
  const row = here.rows[here.at]
  if (!row?.expandable) return null
  return row.open ? focusOn(here, here.at + 1) : { unfold: row.node.id }
}

function left(here: Here): TreeStep | null {
  const row = here.rows[here.at]
  if (!row) return null
  if (row.open) return { fold: row.node.id }
  return focusOn(
    here,
    here.rows.findLastIndex((one, index) => index < here.at && one.level < row.level),
  )
}

const keys: Readonly<Record<string, (here: Here) => TreeStep | null>> = {
  ArrowDown: (here) => focusOn(here, here.at + 1),
  ArrowUp: (here) => focusOn(here, here.at - 1),
  ArrowRight: right,
  ArrowLeft: left,
  Home: (here) => focusOn(here, 0),
  End: (here) => focusOn(here, here.rows.length - 1),
}

/** The step for a key pressed on a line (WAI-ARIA tree pattern), or null when the key is not the tree's. */
export function stepFor(key: string, rows: readonly TreeRow[], focused: string): TreeStep | null {
  const at = rows.findIndex((row) => row.node.id === focused)
  return at < 0 ? null : (keys[key]?.({ rows, at }) ?? null)
}
