import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'

/** A path into a rulebook file, such as `['requirements', 0, 'valid_from']`. */
export type RulebookPath = readonly (string | number)[]

/** One mistake in a rulebook file: where it stands, and a Chinese sentence that says how to put it right. */
export interface RulebookMistake {
  readonly line: number
  readonly column: number
  /** `requirements.0.valid_from`; empty for the file as a whole. */
  readonly path: string
  readonly message: string
}

/** Finds the line and column (from 1) of a path; of its nearest standing ancestor when the path itself is missing. */
export type Locate = (path: RulebookPath, at?: 'key' | 'value') => { line: number; column: number }

export interface RulebookSource {
  readonly value: unknown
  readonly locate: Locate
  readonly mistakes: readonly RulebookMistake[]
  /** False when the text could not be understood as YAML, or must not be expanded; `value` then says nothing. */
  readonly readable: boolean
}

const largestBytes = 256 * 1024
const reading = { schema: 'core', version: '1.2', uniqueKeys: false, resolveKnownTags: false, prettyErrors: false } as const

const tooDeep = '内容嵌套得太深，请检查缩进和括号是否成对。'

const syntaxRemedies: Record<string, string> = {
  TAB_AS_INDENT: '缩进用了制表符，请改成空格，每层两个。',
  BAD_INDENT: '缩进不对，请让同一层的内容左边对齐，每层两个空格。',
  MISSING_CHAR: '少了一个成对的符号，请补上引号、括号或冒号后的空格。',
  MULTIPLE_DOCS: '一个文件里只能有一份内容，请删去多出的“---”，或另存为一个文件。',
  MULTILINE_IMPLICIT_KEY: '这一行像是少了冒号，请写成“名称: 内容”，冒号后空一格。',
  BLOCK_AS_IMPLICIT_KEY: '这一行里有两个冒号，请把含有冒号的内容用引号括起来。',
  RESOURCE_EXHAUSTION: tooDeep,
  UNEXPECTED_TOKEN: '这里多出了读不懂的符号，请删去，或把整个内容用引号括起来。',
}

function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function step(node: unknown, part: string | number): { key: number | undefined; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => keyText(item) === String(part))
    return pair && { key: startOf(pair.key), value: pair.value }
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    return { key: startOf(node.items[part]), value: node.items[part] }
  }
  return undefined
}

function locator(root: unknown, lines: LineCounter): Locate {
  return (path, place = 'value') => {
    let [node, offset]: [unknown, number] = [root, startOf(root) ?? 0]
    for (const [index, part] of path.entries()) {
      const next = step(node, part)
      if (!next) break
      node = next.value
      const wantsValue = place === 'value' && index === path.length - 1 && isScalar(node) && node.source !== ''
      offset = (wantsValue ? startOf(node) : next.key) ?? offset
    }
    return at(lines, offset)
  }
}

function syntaxMistakes(document: Document.Parsed, lines: LineCounter): RulebookMistake[] {
  const wrong = document.errors.map((error) => ({
    ...at(lines, error.pos[0]),
    path: '',
    message: syntaxRemedies[error.code] ?? '这一行的写法读不懂，请对照相邻的行检查缩进、引号和冒号。',
  }))
  const odd = document.warnings.map((warning) => ({
    ...at(lines, warning.pos[0]),
    path: '',
    message: '不能使用 YAML 的标签或指令，请删去以“!”或“%”开头的部分，直接写内容。',
  }))
  return [...wrong, ...odd]
}

/** Anchors and aliases let a small file grow without bound when it is expanded; a rulebook has no need of them. */
function sharedNodes(document: Document.Parsed, lines: LineCounter): RulebookMistake[] {
  const found: RulebookMistake[] = []
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node) && !node.anchor) return
      const message = '不能使用锚点（&）和引用（*），请把内容原样再写一遍；如果是文字，请用引号括起来。'
      found.push({ ...at(lines, startOf(node) ?? 0), path: '', message })
    },
  })
  return found
}

function pathTo(ancestors: readonly unknown[], map: unknown): (string | number)[] {
  const chain = [...ancestors, map]
  return chain.flatMap((node, index): (string | number)[] => {
    if (isPair(node)) return [keyText(node)]
    return isSeq(node) ? [node.items.indexOf(chain[index + 1])] : []
  })
}

/** Our own check of repeated names: the parser's compares every pair with every other and can be made to run for minutes. */
function repeatedKeys(document: Document.Parsed, lines: LineCounter): RulebookMistake[] {
  const found: RulebookMistake[] = []
  visit(document, {
    Map(_key, map, ancestors) {
      const seen = new Map<string, number>()
      for (const pair of map.items) {
        const name = keyText(pair)
        const position = at(lines, startOf(pair.key) ?? 0)
        const earlier = seen.get(name)
        if (earlier === undefined) seen.set(name, position.line)
        else {
          const path = [...pathTo(ancestors, map), name].join('.')
          found.push({ ...position, path, message: `“${name}”在第 ${earlier} 行已经写过，请只留一处。` })
        }
      }
    },
  })
  return found
}

/** Names that are numbers, lists or nothing at all cannot become fields. */
function oddKeys(document: Document.Parsed, lines: LineCounter): RulebookMistake[] {
  const found: RulebookMistake[] = []
  visit(document, {
    Pair(_key, pair) {
      if (isScalar(pair.key) && typeof pair.key.value === 'string') return
      const offset = startOf(pair.key) ?? startOf(pair.value) ?? 0
      found.push({ ...at(lines, offset), path: '', message: '冒号前的名称必须是文字，请写成“名称: 内容”。' })
    },
  })
  return found
}

function unreadable(mistakes: RulebookMistake[]): RulebookSource {
  return { value: undefined, locate: () => ({ line: 1, column: 1 }), mistakes, readable: false }
}

function wholeFile(message: string): RulebookSource {
  return unreadable([{ line: 1, column: 1, path: '', message }])
}

function read(text: string): RulebookSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { ...reading, lineCounter: lines })
  const syntax = syntaxMistakes(document, lines)
  if (syntax.length > 0) return unreadable(syntax)
  const shared = sharedNodes(document, lines)
  const odd = oddKeys(document, lines)
  const keys = repeatedKeys(document, lines)
  if (shared.length + odd.length > 0) return unreadable([...shared, ...odd, ...keys])
  return { value: document.toJS({ maxAliasCount: 0 }), locate: locator(document.contents, lines), mistakes: keys, readable: true }
}

/** Reads the text as YAML 1.2 core, with a position for every node. Never throws and never expands an alias. */
export function readRulebookSource(text: string): RulebookSource {
  if (new TextEncoder().encode(text).length > largestBytes) return wholeFile('文件超过 256 KB，请拆成几个文件，每份制度一个。')
  if (text.trim() === '') return wholeFile('文件是空的，请从 document（文件）一节写起。')
  try {
    return read(text)
  } catch (error) {
    // The walks recurse: nesting that the parser just survived can still be too deep for them.
    if (error instanceof RangeError) return wholeFile(tooDeep)
    throw error
  }
}
