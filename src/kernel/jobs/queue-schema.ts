import pg from 'pg'
import { PgBoss } from 'pg-boss'

/** The queue's own schema; made by the owner, used by the application's role. */
export const queueSchema = 'pgboss'

const grants = `
  grant usage on schema ${queueSchema} to biaoshuai_app, biaoshuai_engine;
  grant select, insert, update, delete on all tables in schema ${queueSchema} to biaoshuai_app, biaoshuai_engine;
  grant usage, select on all sequences in schema ${queueSchema} to biaoshuai_app, biaoshuai_engine;
  grant execute on all functions in schema ${queueSchema} to biaoshuai_app, biaoshuai_engine;`

/**
 * Creates the queue's schema or brings it to this version, and lets the application use it. Called by whoever migrates, with
 * the owner's address, after the roles exist. Safe when several processes start at once.
 */
export async function prepareQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(715004)')
    const boss = new PgBoss({
      connectionString: ownerUrl,
      schema: queueSchema,
      application_name: 'biaoshuai-queue-owner',
      max: 1,
      supervise: false,
      schedule: false,
      reindex: false,
    })
    boss.on('error', () => undefined)
    const before = await versionOf(client)
    await boss.start()
    await boss.stop({ graceful: false })
    if (before !== (await versionOf(client)) || !(await isGranted(client))) await client.query(grants)
  } finally {
    await client.end()
  }
}

async function versionOf(client: pg.Client): Promise<number | null> {
  const there = await client.query<{ there: boolean }>(`select to_regclass('${queueSchema}.version') is not null as there`)
  if (!there.rows[0]?.there) return null
  const version = await client.query<{ version: number }>(`select version from ${queueSchema}.version`)
  return version.rows[0]?.version ?? null
}

/** A start that was killed between creating and granting is made good by the next one. */
async function isGranted(client: pg.Client): Promise<boolean> {
  const granted = await client.query<{ granted: boolean }>(
    `select has_table_privilege('biaoshuai_app', '${queueSchema}.queue', 'update') as granted`,
  )
  return granted.rows[0]?.granted ?? false
}
