import { describe, expect, it } from 'vitest'
import { testPlatform } from '../kernel/testing/test-platform.ts'

const platform = await testPlatform('2026-11-23')
const ask = async <Row>(text: string): Promise<Row[]> => (await platform.owner.pool.query(text)).rows as Row[]

const schemas = `('kernel', 'ledger', 'directory', 'rulebook', 'orglife', 'learning', 'supervision', 'desk')`
const [app, engine] = ['biaoshuai_app', 'biaoshuai_engine']

/** Tables without a wall of their own, each with what makes that right. A partition is only reached through its parent. */
const withoutWall: Readonly<Record<string, string>> = {
  'kernel.settings': 'single values of the installation, open to read, written by the engine alone',
  'rulebook.documents': 'governing documents are open to everybody signed in; written by the engine alone',
  'rulebook.clauses': 'as the documents',
  'rulebook.requirements': 'as the documents',
  'rulebook.periods': 'a calendar',
  'rulebook.period_nesting': 'a calendar',
}
/** Tables that the application never reads or writes under its own name, so that only the engine has a policy. */
const engineOnly = [
  'directory.sessions',
  'directory.sign_in_failures',
  'directory.sign_in_addresses',
  'kernel.search_entries',
  'kernel.search_kinds',
  'rulebook.cell_deltas',
  'rulebook.reminders',
  'supervision.case_numbers',
  'supervision.paper_numbers',
  'orglife.minutes_sketches',
  'orglife.minutes_bands',
  'orglife.minutes_passages',
  'learning.article_prints',
]
/** Facts that are only ever added to. */
const insertOnly = `(n.nspname = 'ledger' or c.relname ~ '_revisions$' or c.relname = 'case_steps')`

interface Walled {
  readonly name: string
  readonly secured: boolean
  readonly roles: string[]
}

describe('每张表都有第二道墙', () => {
  it('has row-level security with a policy for the application and one for the engine, or a written reason', async () => {
    const tables = await ask<Walled>(`select format('%s.%s', n.nspname, c.relname) as name, c.relrowsecurity as secured,
        array(select distinct r.rolname::text from pg_policy p cross join unnest(p.polroles) as held (role) join pg_roles r on r.oid = held.role where p.polrelid = c.oid) as roles
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ${schemas} and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
    expect(tables.length).toBeGreaterThan(45)
    const open = tables.filter(({ secured }) => !secured).map(({ name }) => name)
    expect(open).toEqual(Object.keys(withoutWall).sort())
    const secured = tables.filter((table) => table.secured)
    expect(secured.filter(({ roles }) => !roles.includes(engine)).map(({ name }) => name)).toEqual([])
    expect(
      secured
        .filter(({ roles }) => !roles.includes(app))
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...engineOnly].sort())
  })

  it('grants nobody a partition behind the wall of its parent', async () => {
    const reached = await ask<{
      name: string
    }>(`select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ${schemas} and c.relispartition and has_table_privilege('${app}', c.oid, 'select, insert, update, delete, truncate')`)
    expect(reached).toEqual([])
  })

  it('shows every view with the eyes of whoever asks', async () => {
    const views = await ask<{
      name: string
    }>(`select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ${schemas} and c.relkind in ('v', 'm') and not coalesce(array_to_string(c.reloptions, ',') like '%security_invoker=true%', false)`)
    expect(views).toEqual([])
  })
})

describe('应用的角色', () => {
  it('owns nothing, is no superuser and passes no wall by', async () => {
    expect(
      await ask(
        `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('${app}', '${engine}')`,
      ),
    ).toEqual([])
    expect(
      await ask(
        `select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in ('${app}', '${engine}')`,
      ),
    ).toEqual([])
    expect(
      await ask(
        `select rolname from pg_roles where rolname in ('${app}', '${engine}') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
      ),
    ).toEqual([])
    expect(
      await ask(`select nspname from pg_namespace where nspname in ${schemas} and has_schema_privilege('${app}', oid, 'create')`),
    ).toEqual([])
  })

  it('can change or delete nothing in the ledger, in a revision and in a step of a case', async () => {
    const broken = await ask<{
      name: string
      role: string
    }>(`select format('%s.%s', n.nspname, c.relname) as name, r.rolname as role
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
      where ${insertOnly} and c.relkind = 'r' and r.rolname in ('${app}', '${engine}')
        and (has_any_column_privilege(r.rolname, c.oid, 'update') or has_table_privilege(r.rolname, c.oid, 'delete, truncate'))`)
    // What waits for its number and the tree's right edge are the sequencer's working memory; the entries are not.
    expect(broken.filter(({ role }) => role === app)).toEqual([])
    expect(broken.map(({ name }) => name).sort()).toEqual(['ledger.frontier', 'ledger.pending'])
    const kept = await ask(
      `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${insertOnly} and c.relkind = 'r' and n.nspname in ${schemas}`,
    )
    expect(kept.length).toBeGreaterThan(6)
  })

  it('sees nothing at all when a request set no scopes', async () => {
    const client = await platform.database.pool.connect()
    const seen: string[] = []
    try {
      for (const table of [
        'directory.persons',
        'directory.organizations',
        'directory.accounts',
        'orglife.meetings',
        'supervision.cases',
        'rulebook.obligations',
        'desk.notices',
        'kernel.files',
      ]) {
        if ((await client.query(`select 1 from ${table} limit 1`)).rows.length > 0) seen.push(table)
      }
    } finally {
      client.release()
    }
    expect(seen).toEqual([])
  })

  it('runs no function with its owner’s rights whose search path another could bend', async () => {
    const bent =
      await ask(`select format('%s.%s', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${schemas} and p.prosecdef and not exists (select 1 from unnest(p.proconfig) as setting where setting like 'search_path=%')`)
    expect(bent).toEqual([])
    const open =
      await ask(`select format('%s.%s', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${schemas} and p.prosecdef and has_function_privilege('public', p.oid, 'execute')`)
    expect(open).toEqual([])
  })
})
