import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { accessSchema } from './embedded-cluster.ts'

/**
 * Owner's address of the embedded database in `folder` when it is running, started by another process of the product; null
 * when it is not.
 */
export async function attachEmbeddedPostgres(folder: string): Promise<string | null> {
  const access = readAccess(path.join(folder, 'access.json'))
  if (access?.port === undefined) return null
  const url = `postgres://postgres:${encodeURIComponent(access.password)}@127.0.0.1:${access.port}/biaoshuai`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const place = await client.query<{ data_directory: string }>('show data_directory')
    // Another database may have taken the remembered port; the password keeps it out, this makes sure.
    return place.rows[0]?.data_directory === path.resolve(folder, 'cluster') ? url : null
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}

function readAccess(file: string) {
  try {
    return accessSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
