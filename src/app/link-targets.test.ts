import { readdirSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { entryKinds } from '../modules/orglife/entries/kinds.contract.ts'
import { recordAddress } from '../modules/rulebook/web/addresses.rules.ts'

const source = fileURLToPath(new URL('../', import.meta.url))
/** Pages outside the router: the letter box that needs no account, and the places of the server. */
const elsewhere = /^\/(api|assets|letter|health|sign-in|proc|openapi)\b/

interface Target {
  readonly file: string
  readonly path: string
}

function productFiles(): string[] {
  return readdirSync(`${source}modules`, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && /\.tsx?$/.test(one.name) && !/\.test\.tsx?$/.test(one.name))
    .map((one) => relative(source, `${one.parentPath}/${one.name}`).split(sep).join('/'))
}

/** The addresses of pages that a file writes, each `${…}` read as an identifier, without the search. */
function targetsIn(file: string, text: string): Target[] {
  const found: string[] = []
  new Visitor({
    Literal: (node) => {
      if (typeof node.value === 'string') found.push(/[^/]\/$/.test(node.value) ? `${node.value}x` : node.value)
    },
    TemplateLiteral: (node) => void found.push(node.quasis.map((part) => part.value.cooked ?? '').join('\u0000')),
  }).visit(parseSync(file, text).program)
  return found
    .map((one) => one.split(/[?#]/)[0] ?? '')
    .filter((one) => /^\/[a-z][a-z-]*(\/|$|\u0000)/.test(one) && !one.includes('$') && !/\s/.test(one))
    .map((one) => one.replaceAll('/\u0000', '/x').replaceAll('\u0000', ''))
    .filter((path) => !elsewhere.test(path))
    .map((path) => ({ file, path }))
}

async function routedPaths(): Promise<string[]> {
  const modules = readdirSync(`${source}modules`)
  const doors = await Promise.all(
    modules.map((one) => import(`../modules/${one}/web/index.ts`) as Promise<{ pages: { path: string }[] }>),
  )
  return doors.flatMap((door) => door.pages.map((page) => page.path))
}

const leadsNowhere = (targets: readonly Target[], paths: readonly string[]) => {
  const routes = paths.map((path) => new RegExp(`^${path.replace(/\$[a-z]+/gi, '[^/]+')}$`))
  return targets.filter((target) => !routes.some((route) => route.test(target.path)))
}

describe('every address that the product writes leads to a page', () => {
  test('notices, work items, search results, crumbs and tabs name pages that there are', async () => {
    const targets = productFiles().flatMap((file) => targetsIn(file, readFileSync(source + file, 'utf8')))
    expect(leadsNowhere(targets, await routedPaths())).toEqual([])
    expect(targets.length).toBeGreaterThan(400)
  })

  test('a record that a figure counted opens, whatever its kind', async () => {
    const named = productFiles().flatMap((file) => [
      ...readFileSync(source + file, 'utf8').matchAll(/declareRecordKind\(\s*'([a-z-]+)'/g),
    ])
    const kinds = [...named.map(([, kind = '']) => kind), ...entryKinds.map(({ code }) => code)]
    const opened = kinds.map((kind) => ({ file: kind, path: recordAddress({ kind, id: 'x' }).split('?')[0] ?? '' }))
    expect(leadsNowhere(opened, await routedPaths())).toEqual([])
    expect(kinds.length).toBeGreaterThan(25)
  })

  test('an address without a page is found, whatever its form', () => {
    const text =
      'const a = `/plans/${id}`; const b = { link: "/papers/" + id }; const c = `/tasks?open=${id}`; const d = "/gone/new"'
    const lost = leadsNowhere(targetsIn('a.ts', text), ['/plans', '/tasks', '/papers/$id']).map(({ path }) => path)
    expect(lost.toSorted()).toEqual(['/gone/new', '/plans/x'])
  })
})
