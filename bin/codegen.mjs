// Writes src/kernel/database/schema.generated.ts from a migrated database; with --verify, fails when it is stale.
// Usage: node bin/codegen.mjs <database url> [--verify]
import { spawnSync } from 'node:child_process'

const [url, verify] = process.argv.slice(2)
if (!url) {
  process.stderr.write('请给出已迁移的数据库地址。\n')
  process.exit(1)
}
const schemas =
  '(kernel|ledger|directory|rulebook|ballots|orglife|learning|service|membership|supervision|appraisal|honours|portal|desk).*'
const result = spawnSync(
  process.execPath,
  [
    'node_modules/kysely-codegen/dist/cli/bin.js',
    '--dialect=postgres',
    `--url=${url}`,
    '--out-file=src/kernel/database/schema.generated.ts',
    '--date-parser=string',
    '--type-only-imports',
    `--include-pattern=${schemas}`,
    '--type-mapping={"int8":"number","numeric":"number"}',
    ...(verify === '--verify' ? ['--verify'] : []),
  ],
  { stdio: 'inherit' },
)
process.exit(result.status ?? 1)
