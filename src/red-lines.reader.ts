import { readdirSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'
import { isScalar, parseAllDocuments, visit } from 'yaml'
import type { Named } from './red-lines.rules.ts'
import { isTestFile } from './source-places.rules.ts'

/** Everything of the product that can carry a function: source, migrations, rulebooks; tests and the house's machinery not. */
export function readProduct(top: URL): Named[] {
  const paths = ['src', 'db', 'rulebooks'].flatMap((root) => {
    const entries = readdirSync(new URL(`${root}/`, top), { withFileTypes: true, recursive: true })
    const folder = fileURLToPath(top)
    return entries
      .filter((one) => one.isFile())
      .map((one) => relative(folder, `${one.parentPath}/${one.name}`).split(sep).join('/'))
  })
  return paths.filter((path) => !isTestFile(path)).map((path) => readNames(path, readFileSync(new URL(path, top), 'utf8')))
}

/** The words of one file that do something: names, texts the user reads, code without its comments. */
export function readNames(path: string, text: string): Named {
  const read = { path, identifiers: new Set([path]), texts: new Set<string>(), source: '' }
  if (/\.tsx?$/.test(path)) readTypeScript(read, text)
  else if (path.endsWith('.sql')) readSql(read, text)
  else if (/\.ya?ml$/.test(path)) readYaml(read, text)
  return { path, identifiers: [...read.identifiers], texts: [...read.texts], source: read.source }
}

interface Reading {
  readonly path: string
  readonly identifiers: Set<string>
  readonly texts: Set<string>
  source: string
}

function readTypeScript(read: Reading, text: string) {
  const parsed = parseSync(read.path, text)
  const addText = (value: string) => {
    read.texts.add(value)
    // A route, a code or a key has no blank; SQL is read word by word; an English sentence tells and does nothing.
    if (!/\s/.test(value)) for (const part of value.split(/[^\w-]+/)) read.identifiers.add(part)
    else if (/\b(select|insert|update|delete|create|alter|from|where|join)\b/i.test(value)) addWords(read, value)
  }
  new Visitor({
    Identifier: (node) => void read.identifiers.add(node.name),
    JSXIdentifier: (node) => void read.identifiers.add(node.name),
    PrivateIdentifier: (node) => void read.identifiers.add(node.name),
    Literal: (node) => typeof node.value === 'string' && addText(node.value),
    TemplateElement: (node) => addText(node.value.cooked ?? node.value.raw),
    JSXText: (node) => void read.texts.add(node.value),
  }).visit(parsed.program)
  read.source = blank(text, parsed.comments)
}

function readSql(read: Reading, text: string) {
  const bare = text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/--[^\n]*/g, ' ')
    .replace(/\bcomment\s+on\b[\s\S]*?\bis\s+'(?:[^']|'')*'/gi, ' ')
  addWords(read, bare)
  for (const [, value] of bare.matchAll(/'((?:[^']|'')*)'/g)) read.texts.add(value ?? '')
  read.source = bare
}

/** Of a rulebook the keys, the codes and the titles: what a document says in its clauses is a quotation. */
function readYaml(read: Reading, text: string) {
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Pair: (_, pair) => {
        const [key, value] = [scalar(pair.key), scalar(pair.value)]
        read.identifiers.add(key)
        if (/^[\w.-]+$/.test(value)) read.identifiers.add(value)
        if (key === 'title' || key === 'name') read.texts.add(value)
      },
    })
  }
}

function scalar(node: unknown): string {
  return isScalar(node) ? String(node.value) : ''
}

function addWords(read: Reading, text: string) {
  for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) read.identifiers.add(word)
}

function blank(text: string, comments: readonly { start: number; end: number }[]): string {
  return comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}
