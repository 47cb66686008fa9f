import { sql } from 'kysely'
import { health } from './health.contract.ts'
import { type Route, route } from '../kernel/http/route.ts'

export const healthRoutes: readonly Route[] = [
  route(health, {
    permission: 'public',
    handle: async ({ platform }) => {
      await sql`select 1`.execute(platform.database.kysely)
      return { status: 'ok' as const, today: platform.clock.today() }
    },
  }),
]
