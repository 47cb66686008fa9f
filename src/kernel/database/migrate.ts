import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

/** Roles are the cluster's; passwords are set at each start so that a restored database fits its secrets. */
async function prepareRoles(client: pg.Client, appPassword: string | null): Promise<void> {
  await client.query(`select pg_advisory_lock(715001)`)
  try {
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'biaoshuai_engine') then create role biaoshuai_engine nologin; end if;
      if not exists (select 1 from pg_roles where rolname = 'biaoshuai_app') then create role biaoshuai_app login noinherit; end if;
    end $$`)
    if (appPassword !== null) await client.query(`alter role biaoshuai_app password ${client.escapeLiteral(appPassword)}`)
    await client.query(`grant biaoshuai_engine to biaoshuai_app`)
    await client.query(`do $$ begin execute format('grant connect on database %I to biaoshuai_app', current_database()); end $$`)
  } finally {
    await client.query(`select pg_advisory_unlock(715001)`)
  }
}

async function applyOne(client: pg.Client, name: string, text: string): Promise<void> {
  const hash = createHash('sha256').update(text).digest('hex')
  const known = await client.query<{ hash: string }>('select hash from migrations.applied where name = $1', [name])
  if (known.rows[0]) {
    if (known.rows[0].hash !== hash) throw new Error(`migration ${name} was changed after it had been applied`)
    return
  }
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migrations.applied (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/**
 * Brings a database to the newest schema: roles first, then each file of `folder` in order, each in one transaction.
 * An interrupted run goes on where it stopped; a changed old file is an error. Without a password the role's own stays: the roles
 * may belong to another installation on the same server.
 */
export async function migrate(ownerUrl: string, options: { folder: string; appPassword: string | null }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await prepareRoles(client, options.appPassword)
    await client.query('select pg_advisory_lock(715002)')
    await client.query('create schema if not exists migrations')
    await client.query(
      'create table if not exists migrations.applied (name text primary key, hash text not null, at timestamptz not null default now())',
    )
    const files = (await readdir(options.folder)).filter((file) => file.endsWith('.sql')).sort()
    for (const file of files) await applyOne(client, file, await readFile(`${options.folder}/${file}`, 'utf8'))
  } finally {
    await client.end()
  }
}
