import { SaxParser, type SaxTag } from '@cj-tech-master/excelts/xml'
import { Problem } from '../errors/problem.ts'
import type { WorkbookArchive } from './workbook-archive.ts'

/** The first visible sheet, where its rows stand, and what is needed to read them. */
export interface SheetPlace {
  readonly name: string
  readonly part: string
  readonly sharedStringsPart: string | undefined
  /** Serial dates count from 1904 instead of 1900. */
  readonly date1904: boolean
  /** Names of the other sheets, which are not read. */
  readonly others: readonly string[]
}

/** What the small parsers below listen to. Names come without their namespace prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** A parser that is fed by chunk and fails on anything that is not well-formed. */
export function xmlParser(listener: XmlListener): SaxParser {
  // Declarations of entities are refused before; counting &amp; and its like would only refuse honest large sheets.
  const parser = new SaxParser({ position: false, invalidCharHandling: 'skip', maxEntityExpansions: 0 })
  parser.on('opentag', (tag: SaxTag) => listener.open?.(localName(tag.name), tag.attributes))
  parser.on('text', (text: string) => listener.text?.(text))
  parser.on('cdata', (text: string) => listener.text?.(text))
  parser.on('closetag', (tag: SaxTag) => listener.close?.(localName(tag.name)))
  parser.on('error', (error: Error) => {
    throw new Problem('files.workbook_broken', { cause: error })
  })
  return parser
}

/** Runs a part through a listener; yields after each chunk so that the caller can hand on what has gathered. */
export async function* parsePart(archive: WorkbookArchive, part: string, listener: XmlListener): AsyncGenerator<number> {
  const parser = xmlParser(listener)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of archive.read(part)) {
      parser.write(decoder.decode(chunk, { stream: true }))
      yield chunk.length
    }
    parser.write(decoder.decode())
    parser.close()
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('files.workbook_broken', { cause: error })
  }
}

async function parseWhole(archive: WorkbookArchive, part: string, listener: XmlListener): Promise<void> {
  for await (const _bytes of parsePart(archive, part, listener)) continue
}

interface Relationship {
  readonly id: string
  readonly type: string
  readonly target: string
}

function folderOf(part: string): string {
  return part.slice(0, part.lastIndexOf('/') + 1)
}

/** A relationship's target as a part name: absolute from the package root, otherwise relative to the source's folder. */
function resolveTarget(source: string, target: string): string {
  return new URL(target.replaceAll('\\', '/'), `file:///${folderOf(source)}`).pathname.slice(1).toLowerCase()
}

async function relationshipsOf(archive: WorkbookArchive, source: string): Promise<Relationship[]> {
  const folder = folderOf(source)
  const part = `${folder}_rels/${source.slice(folder.length)}.rels`
  const found: Relationship[] = []
  await parseWhole(archive, part, {
    open(name, a) {
      if (name !== 'Relationship' || !a.Id || !a.Type || a.TargetMode === 'External') return
      found.push({ id: a.Id, type: a.Type.slice(a.Type.lastIndexOf('/') + 1), target: resolveTarget(source, a.Target ?? '') })
    },
  })
  return found
}

interface SheetEntry {
  readonly name: string
  readonly relationship: string
  readonly hidden: boolean
}

async function sheetsOf(archive: WorkbookArchive, workbook: string): Promise<{ sheets: SheetEntry[]; date1904: boolean }> {
  const sheets: SheetEntry[] = []
  let date1904 = false
  await parseWhole(archive, workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const relationship = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      sheets.push({ name: attributes.name ?? '', relationship, hidden: /hidden/i.test(attributes.state ?? '') })
    },
  })
  return { sheets, date1904 }
}

/** Follows the package's relationships to the first visible sheet. */
export async function findFirstSheet(archive: WorkbookArchive): Promise<SheetPlace> {
  const workbook = (await relationshipsOf(archive, '')).find((one) => one.type === 'officeDocument')?.target
  if (!workbook?.endsWith('.xml')) throw new Problem('files.workbook_not_xlsx')
  const { sheets, date1904 } = await sheetsOf(archive, workbook)
  if (sheets.length === 0) throw new Problem('files.workbook_not_xlsx')
  const relationships = await relationshipsOf(archive, workbook)
  const worksheets = new Map(relationships.filter((one) => one.type === 'worksheet').map((one) => [one.id, one.target]))
  const first = sheets.find((sheet) => !sheet.hidden && archive.parts.has(worksheets.get(sheet.relationship) ?? ''))
  if (!first) throw new Problem('files.workbook_empty')
  const strings = relationships.find((one) => one.type === 'sharedStrings')?.target
  return {
    name: first.name,
    part: worksheets.get(first.relationship) ?? '',
    sharedStringsPart: strings !== undefined && archive.parts.has(strings) ? strings : undefined,
    date1904,
    others: sheets.filter((sheet) => sheet !== first).map((sheet) => sheet.name),
  }
}

/** `_x000D_` stands for a character that XML cannot hold; `_x005F_` for the underscore that would otherwise begin one. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The workbook's table of texts. A text is kept only a little beyond `maxLength`, enough to be refused where it is used. */
export async function readSharedStrings(archive: WorkbookArchive, part: string, maxLength: number): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let inText = false
  let inPhonetic = false
  await parseWhole(archive, part, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inPhonetic = true
    },
    text(text) {
      if (inText && !inPhonetic && current.length <= maxLength) current += text.slice(0, maxLength + 1)
    },
    close(name) {
      if (name === 'si') strings.push(decodeEscapes(current))
      else if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
    },
  })
  return strings
}
