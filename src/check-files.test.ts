import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'

// Plain JavaScript without types, because it runs before anything is installed; the cast is its parsing edge.
const judgements = (await import(new URL('../bin/check-files.mjs', import.meta.url).href)) as Record<
  'faultsInLock' | 'faultsInMigrations' | 'faultsInPaths' | 'faultsInWaivers',
  (root: string) => string[]
>
const folder = mkdtempSync(join(tmpdir(), 'check-files-'))
const clean: Record<string, string> = {
  'package.json': '{ "dependencies": { "zod": "4.6.7" } }',
  'package-lock.json': '{ "packages": { "": {}, "node_modules/zod": { "version": "4.6.7" } } }',
  'waivers.json': '{ "most": 0 }',
  'src/module-order.json': '["directory"]',
  'db/migrations/202611230001-kernel-create-ledger.sql': 'select 1;',
  'db/migrations/202611230002-directory-create-organizations.sql': 'select 1;',
  'src/kernel/clean.ts': "export const route = '/api/v1/homework'\nexport const page = 'https://example.org/rooted'",
}
const silence = `// oxlint-${'disable'}-next-line no-console`

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

beforeEach(() => {
  rmSync(folder, { recursive: true })
  write(clean)
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(Object.keys(judgements))('%s finds nothing in a clean repository', (name) => {
  expect(judgements[name as keyof typeof judgements](folder)).toEqual([])
})

describe('a seeded defect is found', () => {
  test.each<[keyof typeof judgements, string, Record<string, string>]>([
    ['faultsInLock', 'has no version', { 'package-lock.json': '{ "packages": { "node_modules/zod": { "optional": true } } }' }],
    ['faultsInLock', 'is not pinned', { 'package.json': '{ "devDependencies": { "zod": "^4.6.7" } }' }],
    ['faultsInWaivers', 'src/kernel/loud.ts:1', { 'src/kernel/loud.ts': silence }],
    ['faultsInWaivers', 'set "most"', { 'waivers.json': '{ "most": 1 }' }],
    ['faultsInMigrations', 'the name is not', { 'db/migrations/202611230003-create-persons.sql': '' }],
    ['faultsInMigrations', 'the name is not', { 'db/migrations/202613230003-directory-create-persons.sql': '' }],
    ['faultsInMigrations', 'the name is not', { 'db/migrations/202611230003-gifts-create-gifts.sql': '' }],
    ['faultsInMigrations', 'the same minute', { 'db/migrations/202611230002-directory-create-persons.sql': '' }],
    ['faultsInPaths', 'docs/notes.md:1', { 'docs/notes.md': `see ${['', 'home', 'somebody', 'notes'].join('/')}` }],
    ['faultsInPaths', 'bin/a.mjs:2', { 'bin/a.mjs': `\nconst at = '${['', 'tmp', 'a.log'].join('/')}'` }],
    ['faultsInPaths', 'bin/a.mjs:1', { 'bin/a.mjs': `const at = '${['', 'root'].join('/')}'` }],
  ])('%s: %s', (name, sentence, files) => {
    write(files)
    expect(judgements[name](folder).join('\n')).toContain(sentence)
  })
})
