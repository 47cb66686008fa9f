import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const top = fileURLToPath(new URL('../', import.meta.url))
const lines = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index)).join('\n')
const branches = lines(12, (index) => `  if (value === ${index}) return ${index}`)
const later = 'async function later(): Promise<number> {\n  return await Promise.resolve(1)\n}\n'
const component = (body: string) => `export function Part() {\n  return (${body})\n}\n`

/** One file for each rule that must be broken by it alone: rule → path and content. */
const defects: Record<string, [path: string, text: string]> = {
  'max-lines': ['src/kernel/long.ts', lines(301, (index) => `export const a${index} = ${index}`)],
  'max-lines (tsx)': ['src/ui/long.tsx', lines(401, (index) => `export const a${index} = ${index}`)],
  'max-lines-per-function': ['src/kernel/long-function.ts', `export function long() {\n${lines(61, () => '  // step')}\n}`],
  'max-lines-per-function (tsx)': ['src/ui/long-part.tsx', `export function Long() {\n${lines(151, () => '  // step')}\n}`],
  complexity: ['src/kernel/tangled.ts', `export function tangled(value: number) {\n${branches}\n  return -1\n}`],
  'max-params': ['src/kernel/params.ts', 'export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d'],
  'no-explicit-any': ['src/kernel/loose.ts', 'export const loose = (value: any) => String(value)'],
  'no-non-null-assertion': ['src/kernel/sure.ts', 'export const sure = (value?: string) => value!.trim()'],
  'no-floating-promises': ['src/kernel/floating.ts', `${later}export function start() {\n  later()\n}`],
  'no-misused-promises': ['src/kernel/misused.ts', `${later}export const start = () => (later() ? 1 : 2)`],
  'await-thenable': ['src/kernel/nothing-to-await.ts', 'export async function start() {\n  await 1\n}'],
  'consistent-type-imports': [
    'src/kernel/type-import.ts',
    "import { Loose } from './other.ts'\nexport const keep = (one: Loose) => one",
  ],
  'ban-ts-comment': ['src/kernel/silenced.ts', '// @ts-ignore\nexport const one: number = 1'],
  'switch-exhaustiveness-check': [
    'src/kernel/forgotten.ts',
    "export function word(of: 'met' | 'unmet') {\n  switch (of) {\n    case 'met':\n      return 1\n  }\n  return 2\n}",
  ],
  'no-default-export': ['src/kernel/default.ts', 'export default 1'],
  eqeqeq: ['src/kernel/equal.ts', 'export const equal = (a: string, b: string) => a == b'],
  'no-console': ['src/kernel/loud.ts', "console.log('loud')"],
  'no-unused-vars': ['src/kernel/unused.ts', 'const left = 1\nexport const right = 2'],
  'rules-of-hooks': [
    'src/ui/hook.tsx',
    "import { useState } from 'react'\nexport function Part(props: { on: boolean }) {\n  if (props.on) useState(1)\n  return null\n}",
  ],
  'exhaustive-deps': [
    'src/ui/deps.tsx',
    "import { useEffect } from 'react'\nexport function Part(props: { on: boolean }) {\n  useEffect(() => {\n    document.title = String(props.on)\n  }, [])\n  return null\n}",
  ],
  'jsx-key': ['src/ui/key.tsx', component('<ul>{[1, 2].map((one) => <li>{one}</li>)}</ul>')],
  'no-danger': ['src/ui/danger.tsx', component("<p dangerouslySetInnerHTML={{ __html: 'x' }} />")],
  'alt-text': ['src/ui/alt.tsx', component('<img src="a.png" />')],
  'click-events-have-key-events': ['src/ui/click.tsx', component('<div role="button" onClick={() => undefined}>x</div>')],
  'no-static-element-interactions': [
    'src/ui/static.tsx',
    component('<div onClick={() => undefined} onKeyDown={() => undefined}>x</div>'),
  ],
  'label-has-associated-control': ['src/ui/label.tsx', component('<label>x</label>')],
}
const allowed: Record<string, string> = {
  'src/app/loud.ts': "console.log('the composition may speak')",
  'vite.config.ts': 'export default {}',
}

const folder = mkdtempSync(join(tmpdir(), 'lint-'))
const reported = new Map<string, Set<string>>()

function write(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function lint(): { filename: string; code: string }[] {
  const oxlint = join(top, 'node_modules/oxlint/bin/oxlint')
  try {
    return JSON.parse(
      execFileSync(process.execPath, [oxlint, '--type-aware', '--format', 'json'], { cwd: folder, stdio: 'pipe' }).toString(),
    ).diagnostics
  } catch (failure) {
    const { stdout } = failure as { stdout: Buffer }
    return JSON.parse(stdout.toString()).diagnostics
  }
}

beforeAll(() => {
  symlinkSync(join(top, 'node_modules'), join(folder, 'node_modules'))
  cpSync(join(top, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const file of ['tsconfig.base.json', 'tsconfig.server.json', 'tsconfig.web.json'])
    cpSync(join(top, file), join(folder, file))
  write('src/kernel/other.ts', 'export interface Loose {\n  a: number\n}')
  for (const [path, text] of [...Object.values(defects), ...Object.entries(allowed)]) write(path, text)
  for (const { filename, code } of lint()) {
    const rule = /\(([^)]+)\)/.exec(code)?.[1] ?? code
    reported.set(filename, (reported.get(filename) ?? new Set()).add(rule))
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each(Object.keys(defects))('the linter reports a seeded defect by its name: %s', (name) => {
  const [path] = defects[name] ?? ['']
  expect([...(reported.get(path) ?? [])]).toContain(name.replace(/ .*$/, ''))
})

test('the linter is silent where the rules allow it', () => {
  for (const path of Object.keys(allowed)) expect([path, reported.get(path)]).toEqual([path, undefined])
})
