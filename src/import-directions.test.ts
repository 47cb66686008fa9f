import { describe, expect, test } from 'vitest'
import engineCallers from './engine-callers.json' with { type: 'json' }
import settings from './import-directions.json' with { type: 'json' }
import { readTree, treeOf } from './import-directions.reader.ts'
import { type HouseRules, type RuleName, ruleNames, violations } from './import-directions.rules.ts'
import order from './module-order.json' with { type: 'json' }

const house: HouseRules = { ...settings, order, engineCallers }

describe('the repository keeps its own directions', () => {
  const tree = readTree(new URL('../', import.meta.url))

  test('no import and no file breaks a rule of the house', () => {
    expect(violations(tree, house).map(({ rule, file, says }) => `${rule}  ${file}  ${says}`)).toEqual([])
  })

  // The floors keep a broken reader from passing with nothing read. When the tree has grown, raise each floor in
  // import-directions.json to about nine tenths of what the message of a failing run, or this test, counts.
  test('as much was read as there is to read', () => {
    const modules = new Set([...tree.known].map((path) => /^src\/modules\/([^/]+)\/./.exec(path)?.[1]).filter(Boolean))
    expect(tree.files.length).toBeGreaterThanOrEqual(settings.floors.files)
    expect(tree.files.flatMap((file) => file.imports).length).toBeGreaterThanOrEqual(settings.floors.imports)
    expect(modules.size).toBeGreaterThanOrEqual(settings.floors.modules)
  })
})

const low = 'src/modules/directory/units.queries.ts'
const high = 'src/modules/supervision/cases.queries.ts'
const upwardForms: Record<string, string> = {
  import: "import { cases } from '../supervision/index.ts'\ncases()",
  'side-effect import': "import '../supervision/index.ts'",
  'inline type import': "import { type Case } from '../supervision/index.ts'\nexport type Mine = Case",
  'import type': "import type { Case } from '../supervision/index.ts'\nexport type Mine = Case",
  export: "export { cases } from '../supervision/index.ts'",
  'export all': "export * from '../supervision/index.ts'",
  'export type': "export type { Case } from '../supervision/index.ts'",
  'import()': "export const load = () => import('../supervision/index.ts')",
  'import() of a template': 'export const load = () => import(`../supervision/index.ts`)',
  "import('').T": "export type Mine = import('../supervision/index.ts').Case",
  'new URL()': "export const at = new URL('../supervision/index.ts', import.meta.url)",
}

interface Fixture {
  readonly rule: RuleName
  readonly when: string
  readonly files: Record<string, string>
  readonly engineCallers?: string[]
}

const fixtures: Fixture[] = [
  ...Object.entries(upwardForms).map(([form, text]): Fixture => {
    return {
      rule: 'upward-import',
      when: `a module imports to its right by ${form}`,
      files: { [low]: text, 'src/modules/supervision/index.ts': '' },
    }
  }),
  {
    rule: 'upward-import',
    when: 'the kernel imports a module',
    files: { 'src/kernel/jobs/queue.ts': "import '../../modules/directory/index.ts'", 'src/modules/directory/index.ts': '' },
  },
  {
    rule: 'upward-import',
    when: 'the kernel imports the composition',
    files: { 'src/kernel/jobs/queue.ts': "import '../../app/server.ts'", 'src/app/server.ts': '' },
  },
  {
    rule: 'upward-import',
    when: 'a module imports the composition',
    files: { [low]: "import '../../app/server.ts'", 'src/app/server.ts': '' },
  },
  {
    rule: 'upward-import',
    when: 'server code of a module imports a component',
    files: { [low]: "import '../../ui/query-table.tsx'", 'src/ui/query-table.tsx': '' },
  },
  {
    rule: 'upward-import',
    when: 'a component imports a module',
    files: {
      'src/ui/query-table.tsx': "import '../modules/directory/units.contract.ts'",
      'src/modules/directory/units.contract.ts': '',
    },
  },
  {
    rule: 'upward-import',
    when: 'a component imports a kernel file that is not pure',
    files: { 'src/ui/query-table.tsx': "import type { Tx } from '../kernel/database/tx.ts'", 'src/kernel/database/tx.ts': '' },
  },
  {
    rule: 'front-door',
    when: 'a module reaches past the front door of another',
    files: { [high]: "import '../directory/units.queries.ts'", [low]: '' },
  },
  {
    rule: 'front-door',
    when: "a module's test reaches past the front door of another",
    files: { 'src/modules/supervision/cases.db.test.ts': "import '../directory/units.queries.ts'", [low]: '' },
  },
  {
    rule: 'front-door',
    when: 'the composition reaches past a front door',
    files: { 'src/app/server.ts': "import '../modules/directory/units.queries.ts'", [low]: '' },
  },
  {
    rule: 'pure-files',
    when: 'rules import queries, even as a type',
    files: { 'src/modules/directory/units.rules.ts': "import type { Unit } from './units.queries.ts'", [low]: '' },
  },
  {
    rule: 'pure-files',
    when: 'a policy imports a builtin',
    files: { 'src/modules/directory/units.policy.ts': "import 'node:fs'" },
  },
  {
    rule: 'pure-files',
    when: 'a lifecycle imports the database',
    files: { 'src/modules/directory/units.lifecycle.ts': "import 'kysely'" },
  },
  {
    rule: 'pure-files',
    when: 'a contract imports a kernel file that is not listed as pure',
    files: { 'src/modules/directory/units.contract.ts': "import '../../kernel/database/tx.ts'", 'src/kernel/database/tx.ts': '' },
  },
  {
    rule: 'pure-files',
    when: 'a kernel file listed as pure imports a builtin',
    files: { 'src/kernel/time/period.ts': "import 'node:fs'" },
  },
  {
    rule: 'web-server-apart',
    when: 'a page imports queries',
    files: { 'src/modules/directory/web/unit-list.page.tsx': "import '../units.queries.ts'", [low]: '' },
  },
  {
    rule: 'web-server-apart',
    when: 'a page imports a policy, which only the server evaluates',
    files: {
      'src/modules/directory/web/unit-list.page.tsx': "import '../units.policy.ts'",
      'src/modules/directory/units.policy.ts': '',
    },
  },
  {
    rule: 'web-server-apart',
    when: 'a page imports a driver',
    files: { 'src/modules/directory/web/unit-list.page.tsx': "import 'pg'" },
  },
  { rule: 'web-server-apart', when: 'the web entry imports a builtin', files: { 'src/app/web/main.tsx': "import 'node:fs'" } },
  {
    rule: 'web-server-apart',
    when: 'the typed client, which the browser runs too, imports a builtin',
    files: { 'src/kernel/http/call.ts': "import 'node:fs'" },
  },
  {
    rule: 'web-server-apart',
    when: 'the typed client imports the database',
    files: { 'src/kernel/http/call.ts': "import '../database/tx.ts'", 'src/kernel/database/tx.ts': '' },
  },
  {
    rule: 'web-server-apart',
    when: 'a query imports a page',
    files: { [low]: "import './web/unit-list.page.tsx'", 'src/modules/directory/web/unit-list.page.tsx': '' },
  },
  { rule: 'web-server-apart', when: 'server code imports react', files: { 'src/app/server.ts': "import 'react'" } },
  {
    rule: 'web-server-apart',
    when: 'server code imports a part of antd',
    files: { 'src/app/server.ts': "import 'antd/locale/zh_CN'" },
  },
  {
    rule: 'tests-out-of-product',
    when: 'product code imports a test',
    files: { [low]: "import './units.test.ts'", 'src/modules/directory/units.test.ts': '' },
  },
  {
    rule: 'tests-out-of-product',
    when: 'product code imports what serves only tests',
    files: { [low]: "import '../../kernel/testing/clone.ts'", 'src/kernel/testing/clone.ts': '' },
  },
  {
    rule: 'tests-out-of-product',
    when: 'product code imports a bench',
    files: { 'src/app/server.ts': "import '../../bench/run.ts'", 'bench/run.ts': '' },
  },
  {
    rule: 'no-cycles',
    when: 'three files load each other in a circle',
    files: {
      'src/kernel/jobs/a.ts': "import './b.ts'",
      'src/kernel/jobs/b.ts': "export * from './c.ts'",
      'src/kernel/jobs/c.ts': "import { type A } from './a.ts'",
    },
  },
  { rule: 'module-not-in-order', when: 'a folder stands outside the order', files: { 'src/modules/gifts/index.ts': '' } },
  { rule: 'file-role', when: 'a name tells no role', files: { 'src/modules/directory/units.ts': '' } },
  { rule: 'file-role', when: 'a name tells a role that does not exist', files: { 'src/modules/directory/units.logic.ts': '' } },
  { rule: 'file-role', when: 'a file is a drawer', files: { 'src/kernel/time/date-utils.ts': '' } },
  { rule: 'file-role', when: 'a folder is a drawer', files: { 'src/modules/directory/helpers/units.rules.ts': '' } },
  { rule: 'file-role', when: 'a role is a drawer', files: { 'src/modules/service/projects.service.ts': '' } },
  {
    rule: 'file-role',
    when: 'a web file is neither page, form, component nor client',
    files: { 'src/modules/directory/web/units.state.ts': '' },
  },
  { rule: 'file-role', when: 'a file lies beside the modules', files: { 'src/modules/registry.ts': '' } },
  {
    rule: 'engine-callers',
    when: 'an unlisted module file takes the role of the engine',
    files: {
      [high]: "import { asEngine as quietly } from '../../kernel/database/tx.ts'\nquietly()",
      'src/kernel/database/tx.ts': 'export function asEngine() {}',
    },
  },
  {
    rule: 'engine-callers',
    when: 'it is reached through a namespace',
    files: {
      'src/app/jobs.ts': "import * as database from '../kernel/database/tx.ts'\ndatabase['asEngine']()",
      'src/kernel/database/tx.ts': '',
    },
  },
  {
    rule: 'engine-callers',
    when: 'a listed file calls it no longer',
    files: { [high]: '' },
    engineCallers: [high],
  },
  { rule: 'unresolved-import', when: 'a path names no file', files: { [low]: "import './nowhere.ts'" } },
  {
    rule: 'unresolved-import',
    when: 'a path leaves its ending out',
    files: { [low]: "import './units.rules'", 'src/modules/directory/units.rules.ts': '' },
  },
  {
    rule: 'unresolved-import',
    when: 'a path is computed',
    files: { [low]: 'export const load = (name: string) => import(name)' },
  },
  {
    rule: 'unresolved-import',
    when: 'the bundler globs a list of patterns',
    files: { 'src/app/web/main.tsx': "import.meta.glob(['../../modules/*/web/index.ts'])" },
  },
  {
    rule: 'unresolved-import',
    when: 'the bundler globs with braces, which are not read',
    files: { 'src/app/web/main.tsx': "import.meta.glob('../../modules/{directory,desk}/web/index.ts')" },
  },
  {
    rule: 'front-door',
    when: 'the bundler globs behind the front doors',
    files: {
      'src/app/web/main.tsx': "import.meta.glob('../../modules/**/*.page.tsx')",
      'src/modules/desk/web/home.page.tsx': '',
    },
  },
]

describe('each rule fails by its name', () => {
  test.each(fixtures)('$rule: $when', ({ rule, files, engineCallers: listed = [] }) => {
    const found = violations(treeOf(files), { ...house, engineCallers: listed })
    expect(new Set(found.map((one) => one.rule))).toContain(rule)
  })

  test('every rule has a fixture', () => {
    expect(new Set(fixtures.map((one) => one.rule))).toEqual(new Set(ruleNames))
  })
})

test('what the house allows passes: downward through the door, contracts, pages on contracts, tests on builders', () => {
  const tree = treeOf({
    'src/kernel/http/call.ts': "import '../time/period.ts'",
    'src/kernel/time/period.ts': "import { z } from 'zod'\nexport const period = z.string()",
    'src/kernel/database/tx.ts': 'export function asEngine() {}',
    'src/modules/directory/index.ts': "export { units } from './units/units.queries.ts'",
    'src/modules/directory/units/units.queries.ts':
      "import { sql } from 'kysely'\nimport { asEngine } from '../../../kernel/database/tx.ts'\nexport const units = [sql, asEngine]",
    'src/modules/directory/units/units.contract.ts':
      "import { period } from '../../../kernel/time/period.ts'\nexport const unit = period",
    'src/modules/directory/web/index.ts': "export * from './unit-picker.tsx'",
    'src/modules/directory/web/unit-picker.tsx':
      "import { Select } from 'antd'\nimport { unit } from '../units/units.contract.ts'\nimport { Empty } from '../../../ui/empty.tsx'\nexport const U = [Select, unit, Empty]",
    'src/ui/empty.tsx': "import 'react'\nimport '../kernel/time/period.ts'\nimport '../kernel/http/call.ts'",
    'src/modules/service/service.contract.ts': '',
    'src/modules/supervision/cases.actions.ts':
      "import { units } from '../directory/index.ts'\nimport type { unit } from '../directory/units/units.contract.ts'\nexport type Q = [typeof units, typeof unit]",
    'src/modules/supervision/cases.db.test.ts':
      "import './cases.actions.ts'\nimport '../../kernel/testing/clone.ts'\nimport 'vitest'",
    'src/modules/supervision/web/case-form.tsx': "import '../../directory/web/index.ts'",
    'src/kernel/testing/clone.ts': "import '../database/tx.ts'",
    'src/app/server.ts': "import '../modules/directory/index.ts'\nimport 'fastify'",
    'src/app/city.db.test.ts': "import '../modules/directory/units/units.queries.ts'",
    'src/app/web/main.tsx': "import.meta.glob('../../modules/*/web/index.ts', { eager: true })",
  })
  expect(violations(tree, { ...house, engineCallers: ['src/modules/directory/units/units.queries.ts'] })).toEqual([])
})
