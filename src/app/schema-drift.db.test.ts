import { spawnSync } from 'node:child_process'
import { expect, inject, it } from 'vitest'

it('the generated types are those of the migrated database', () => {
  const run = spawnSync(process.execPath, ['bin/codegen.mjs', inject('databaseUrl'), '--verify'], { encoding: 'utf8' })
  expect(`${run.stdout}${run.stderr}`).toContain('up-to-date')
  expect(run.status).toBe(0)
})
