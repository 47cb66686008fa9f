import { readdirSync, readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'
import type { Import, ImportForm, SourceFile, Tree } from './import-directions.rules.ts'

const roots = ['src', 'tests', 'bench', 'bin', 'rulebooks', 'db']
const readRoots = ['src/', 'tests/', 'bench/']

/** Reads the repository that stands at `top` (with a trailing slash): every file by name, the TypeScript under src, tests and bench by content. */
export function readTree(top: URL): Tree {
  const known = new Set<string>()
  for (const entry of readdirSync(top, { withFileTypes: true })) if (entry.isFile()) known.add(entry.name)
  for (const root of roots) for (const path of filesUnder(top, root)) known.add(path)
  const files = [...known].filter(isRead).map((path) => readSource(path, readFileSync(new URL(path, top), 'utf8')))
  return { files, known }
}

/** A tree made of texts, for fixtures: path → content. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const known = new Set(Object.keys(texts))
  const files = Object.entries(texts)
    .filter(([path]) => isRead(path))
    .map(([path, text]) => readSource(path, text))
  return { files, known }
}

function isRead(path: string): boolean {
  return readRoots.some((root) => path.startsWith(root)) && /\.tsx?$/.test(path)
}

function* filesUnder(top: URL, folder: string): Generator<string> {
  let entries
  try {
    entries = readdirSync(new URL(`${folder}/`, top), { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesUnder(top, path)
    else yield path
  }
}

/** Every import of one file, in all the forms TypeScript has, and whether it speaks of the engine's role. */
function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text)
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`)
  const imports: Import[] = []
  let namesEngine = false
  let declaresEngine = false
  const add = (form: ImportForm, specifier: string | null, start: number) =>
    imports.push({ form, specifier, line: text.slice(0, start).split('\n').length })
  new Visitor({
    ImportDeclaration: (node) => add(node.importKind === 'type' ? 'import type' : 'import', node.source.value, node.start),
    ExportAllDeclaration: (node) => add(node.exportKind === 'type' ? 'export type' : 'export', node.source.value, node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.exportKind === 'type' ? 'export type' : 'export', node.source.value, node.start)
    },
    ImportExpression: (node) => add('import()', literal(node.source), node.start),
    TSImportType: (node) => add("import('').T", node.source.value, node.start),
    TSExternalModuleReference: (node) => add('import', literal(node.expression), node.start),
    NewExpression: (node) => {
      const [first, second] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL' || !second || !first) return
      const specifier = literal(first)
      if (specifier && /^\..*\.tsx?$/.test(specifier)) add('new URL()', specifier, node.start)
    },
    CallExpression: (node) => {
      const callee = text.slice(node.callee.start, node.callee.end)
      const [first] = node.arguments
      if (callee === 'import.meta.glob') add('glob', first ? literal(first) : null, node.start)
      if (callee === 'require') add('import()', null, node.start)
    },
    FunctionDeclaration: (node) => {
      if (node.id?.name === 'asEngine') declaresEngine = true
    },
    Identifier: (node) => {
      if (node.name === 'asEngine') namesEngine = true
    },
    Literal: (node) => {
      if (node.value === 'asEngine') namesEngine = true
    },
  }).visit(parsed.program)
  return { path, imports, namesEngine, declaresEngine }
}

function literal(node: { type: string; value?: unknown; quasis?: { value: { cooked: string | null } }[] }): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral' && node.quasis?.length === 1) return node.quasis[0]?.value.cooked ?? null
  return null
}
