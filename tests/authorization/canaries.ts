import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../src/kernel/identity/ids.ts'
import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'

const marker = /zqk[a-z_.]+kqz/g

/** A text that occurs nowhere else, named after the field in which it is planted. */
export const canary = (field: string) => `zqk${field}kqz`

/** The fields whose canaries occur in a text, each once. */
export const canariesIn = (text: string): string[] => [...new Set(text.match(marker))].sort()

type Value = string | number | boolean | null | Date | object
const literal = (value: Value): RawBuilder<unknown> => {
  if (typeof value === 'string' && /^[[(]\d{4}-/.test(value)) return sql`${value}::daterange`
  if (typeof value === 'object' && value !== null && 'raw' in value) return sql.raw(String(value.raw))
  if (Array.isArray(value)) return sql`${value}::text[]`
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) return sql`${JSON.stringify(value)}::jsonb`
  return sql`${value}`
}

/** Plants a row behind the walls, as the owner. */
export async function row(
  platform: TestPlatform,
  table: string,
  values: Readonly<Record<string, Value>>,
): Promise<Record<string, unknown>> {
  const columns = sql.join(Object.keys(values).map((name) => sql.id(name)))
  const { rows } = await sql<Record<string, unknown>>`insert into ${sql.table(table)} (${columns})
    values (${sql.join(Object.values(values).map(literal))}) returning *`.execute(platform.owner.kysely)
  return rows[0] ?? {}
}

/** Prefixes of the public ids by table. */
const prefixes = {
  'directory.posts': 'pst',
  'directory.committees': 'com',
  'directory.roster_imports': 'ros',
  'orglife.meetings': 'mtg',
  'orglife.work_records': 'wrk',
  'orglife.request_reports': 'rrp',
  'orglife.circulars': 'cir',
  'orglife.ideology_keepers': 'ikp',
  'orglife.outlets': 'olt',
  'orglife.political_checks': 'pck',
  'orglife.year_plans': 'ypl',
  'orglife.year_plan_items': 'ypi',
  'orglife.entries': 'ent',
  'orglife.fact_corrections': 'fcr',
  'learning.classes': 'tcl',
  'learning.plans': 'tpl',
  'learning.study_records': 'lrn',
  'learning.correction_requests': 'hcr',
  'learning.reading_lists': 'rdl',
  'learning.reading_notes': 'rdn',
  'learning.study_plans': 'spl',
  'learning.study_units': 'sun',
  'learning.study_questions': 'sqn',
  'learning.articles': 'art',
  'learning.article_reviews': 'arv',
  'rulebook.determinations': 'det',
  'orglife.questions': 'qst',
  'orglife.announced_checks': 'chk',
  'supervision.cases': 'cas',
  'supervision.decisions': 'dcn',
  'supervision.decision_matters': 'pnt',
  'supervision.tasks': 'tsk',
  'supervision.task_evidence': 'evd',
  'supervision.unit_plans': 'pln',
  'supervision.papers': 'ppr',
  'supervision.inspections': 'ins',
  'supervision.inspection_lines': 'lin',
  'supervision.findings': 'fin',
  'supervision.key_projects': 'kpj',
  'supervision.problems': 'prb',
  'supervision.yellow_cards': 'ycd',
  'supervision.yellow_card_items': 'yci',
  'supervision.appeals': 'apl',
  'supervision.examples': 'exm',
  'supervision.example_links': 'exl',
  'supervision.local_rules': 'lrl',
  'rulebook.exemptions': 'exm',
  'rulebook.reliefs': 'rlf',
  'rulebook.declarations': 'dec',
  'rulebook.drafts': 'drf',
  'rulebook.snapshots': 'snp',
  'rulebook.data_requests': 'drq',
  'rulebook.data_answers': 'dan',
  'rulebook.snapshot_replays': 'rpl',
  'desk.notices': 'ntc',
  'desk.saved_views': 'viw',
  'kernel.files': 'fil',
  'kernel.jobs': 'job',
} as const

/** The same for a table whose rows have an inner number and a public id. */
export async function planted(
  platform: TestPlatform,
  table: keyof typeof prefixes,
  values: Readonly<Record<string, Value>>,
): Promise<Planted> {
  const made = await row(platform, table, { id: newId(prefixes[table]), ...values })
  return { no: Number(made['no']), id: String(made['id']) }
}

/** One number for everything that is stored, but what a request leaves behind by itself: sessions, its key, the ledger's word, the words of what it named. */
export async function contentsHash(platform: TestPlatform): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('kernel', 'directory', 'rulebook', 'orglife', 'learning', 'supervision', 'desk')
      and tablename !~ '_20\\d\\d$' and tablename not in ('sessions', 'idempotency_keys', 'jobs', 'periods', 'period_nesting', 'search_entries') order by 1`.execute(
    platform.owner.kysely,
  )
  const parts = tables.map(
    ({ name }) =>
      sql`select ${name} as part, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${sql.raw(name)} t`,
  )
  const { rows } = await sql<{
    hash: string
  }>`select md5(string_agg(part || sum, ',' order by part)) as hash from (${sql.join(parts, sql` union all `)}) all_tables`.execute(
    platform.owner.kysely,
  )
  return rows[0]?.hash ?? ''
}
