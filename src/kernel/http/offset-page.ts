import '../errors/kernel.problems.ts'
import { Problem } from '../errors/problem.ts'

/** Where a page begins that is asked for by how many rows come before it; refuses a cursor that was never given out. */
export function offsetOf(after: string | undefined): number {
  if (after === undefined) return 0
  if (!/^\d{1,6}$/.test(after))
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  return Number(after)
}

/** A page of rows that each carry the `total` of the whole list; the total is told on the first page. */
export function offsetPage<Row extends { readonly total: number }>(
  rows: readonly Row[],
  from: number,
): { items: Omit<Row, 'total'>[]; next: string | null; total?: number } {
  const total = rows[0]?.total ?? 0
  const items = rows.map(({ total: _total, ...item }) => item)
  return { items, next: from + rows.length < total ? String(from + rows.length) : null, ...(from === 0 && { total }) }
}
