import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { type Category, type CreditingRule, type CreditingRuleCode, creditingRules } from './categories.contract.ts'

export async function categoriesDefined(read: Read): Promise<Category[]> {
  const rows = await reading<'learning'>(read)
    .selectFrom('learning.categories')
    .select(['code', 'title', 'political_theory as politicalTheory'])
    .orderBy('position')
    .orderBy('code')
    .execute()
  return rows
}

/** Adds a category after the others; false when code or title is taken. */
export async function insertCategory(work: Work, given: Category): Promise<boolean> {
  const { rows } = await sql`insert into learning.categories (code, title, political_theory, position, added_at, added_by)
    select ${given.code}, ${given.title}, ${given.politicalTheory}, coalesce(max(position), 0) + 1, ${work.now}, ${work.actor.accountNo}::bigint
    from learning.categories on conflict do nothing returning code`.execute(writing<'learning'>(work.tx))
  return rows.length > 0
}

export async function creditingRulesHeld(read: Read): Promise<CreditingRule[]> {
  const { rows } = await sql<{ code: CreditingRuleCode; value: number; enabled: boolean; reason: string | null }>`
    select code, value::float8 as value, enabled, reason from learning.crediting_rules order by code`.execute(
    reading<'learning'>(read),
  )
  return rows.map((row) => ({ ...row, title: creditingRules[row.code].title, unit: creditingRules[row.code].unit }))
}

/** The value of a rule that is on; null when it is off. */
export async function creditingValue(read: Read, code: CreditingRuleCode): Promise<number | null> {
  const rule = (await creditingRulesHeld(read)).find((each) => each.code === code)
  return rule?.enabled ? rule.value : null
}

export async function updateCreditingRule(
  work: Work,
  { code, value, enabled, reason }: { code: CreditingRuleCode; value: number; enabled: boolean; reason: string },
): Promise<boolean> {
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.crediting_rules')
    .set({ value, enabled, reason, changed_at: work.now, changed_by: work.actor.accountNo })
    .where('code', '=', code)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
