import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testPlatform } from '../testing/test-platform.ts'
import { forgetOldAnswers } from './idempotency.jobs.ts'

it('answers are kept for a week and then forgotten', async () => {
  const platform = await testPlatform('2026-11-23')
  await sql`insert into kernel.idempotency_keys (account_no, key, request_hash, created_at)
    values (1, 'last-week', 'h', '2026-11-15T08:00:00+08:00'), (1, 'this-week', 'h', '2026-11-17T08:00:00+08:00')`.execute(
    platform.owner.kysely,
  )
  await forgetOldAnswers(platform)
  const left = await sql<{ key: string }>`select key from kernel.idempotency_keys`.execute(platform.owner.kysely)
  expect(left.rows).toEqual([{ key: 'this-week' }])
})
