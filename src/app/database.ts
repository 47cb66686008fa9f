import path from 'node:path'
import { StartProblem } from '../kernel/config/start-problem.ts'
import type { Secrets } from '../kernel/config/secrets.ts'
import type { Settings } from '../kernel/config/settings.ts'
import { startEmbeddedPostgres } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import { prepareQueue } from '../kernel/jobs/queue-schema.ts'

export interface RunningDatabase {
  readonly ownerUrl: string
  /** Address under the application's own role, which owns nothing. */
  readonly appUrl: string
  stop(): Promise<void>
}

function unreachable(url: string, cause: unknown): StartProblem {
  const { host, pathname } = new URL(url)
  const why = cause instanceof Error ? cause.message : String(cause)
  return new StartProblem(
    `连不上数据库 ${host}${pathname}：${why}\n请确认 DATABASE_URL 的主机、端口、库名、用户名和密码，并确认该用户可以建库表和角色。`,
  )
}

/** Starts the embedded database or takes the given one, and brings it to the newest schema. */
export async function openOwnDatabase(root: string, settings: Settings, secrets: Secrets): Promise<RunningDatabase> {
  const embedded =
    settings.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: path.join(settings.dataFolder, 'database') })
      : null
  const ownerUrl = settings.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrate(ownerUrl, { folder: path.join(root, 'db/migrations'), appPassword: secrets.appDatabasePassword })
    await prepareQueue(ownerUrl)
  } catch (cause) {
    await embedded?.stop()
    if (embedded || (cause instanceof Error && cause.message.startsWith('migration '))) throw cause
    throw unreachable(ownerUrl, cause)
  }
  const app = new URL(ownerUrl)
  app.username = 'biaoshuai_app'
  app.password = encodeURIComponent(secrets.appDatabasePassword)
  return { ownerUrl, appUrl: app.href, stop: async () => embedded?.stop() }
}
