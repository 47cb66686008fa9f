import { type RawBuilder, sql } from 'kysely'

/** Which tree a figure is read by. */
export type Tree = 'as_was' | 'as_is'

/** Joins `a` (organization_no, ancestor_no): all above `organization` by the tree of the day `ends`, or by today's. */
export const above = (tree: Tree, { organization, ends }: { organization: RawBuilder<unknown>; ends: RawBuilder<unknown> }) =>
  tree === 'as_was'
    ? sql`join directory.organization_ancestry a on a.organization_no = ${organization} and a.valid @> ${ends}`
    : sql`join directory.present_ancestry a on a.organization_no = ${organization}`

/** Ties an ancestor to an organization on the day that the reading goes by. */
export const stoodUnder = (tree: Tree, ends: RawBuilder<unknown>) =>
  tree === 'as_was' ? sql`a.valid @> ${ends}` : sql`upper_inf(a.valid)`
