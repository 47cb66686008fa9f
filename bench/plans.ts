import pg from 'pg'

/** One statement as it ran: its text, PostgreSQL's plan of it under the role and scopes of the moment, its times in milliseconds. */
export interface Plan {
  readonly statement: string
  readonly plan: readonly string[]
  readonly planning: number
  readonly execution: number
}

const explained = /^\s*(select|with|insert|update|delete)\b/i

function isText(given: unknown): given is string {
  return typeof given === 'string'
}

const timeIn = (plan: readonly string[], which: 'Planning' | 'Execution') =>
  Number(plan.map((line) => new RegExp(`^${which} Time: ([\\d.]+)`).exec(line)?.[1]).find(Boolean) ?? 0)

/**
 * Runs work and explains every statement of it inside its own transaction, right before it really runs, so that role, scopes
 * and data are those of the product. What the explaining itself wrote is taken back first.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = []
  const inside = new Set<pg.Client>()
  const original = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown
  async function explain(this: pg.Client, text: string, values: unknown): Promise<void> {
    const within = inside.has(this)
    if (within) await original.call(this, 'savepoint plan')
    const result = (await original.call(this, `explain (analyze, buffers) ${text}`, values)) as pg.QueryResult<{
      'QUERY PLAN': string
    }>
    if (within) await original.call(this, 'rollback to plan')
    const plan = result.rows.map((row) => row['QUERY PLAN'])
    plans.push({
      statement: text.replaceAll(/\s+/g, ' '),
      plan,
      planning: timeIn(plan, 'Planning'),
      execution: timeIn(plan, 'Execution'),
    })
  }
  function query(this: pg.Client, ...given: unknown[]): unknown {
    const [text, values] = given
    if (!isText(text)) return original.apply(this, given)
    if (/^(begin|start transaction)/i.test(text)) inside.add(this)
    if (/^(commit|rollback)$/i.test(text)) inside.delete(this)
    if (!explained.test(text) || given.at(-1) instanceof Function) return original.apply(this, given)
    return explain.call(this, text, values).then(() => original.apply(this, given))
  }
  pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query
  }
  return plans
}
