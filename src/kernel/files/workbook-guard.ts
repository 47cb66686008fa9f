import type { WorkbookArchive } from './workbook-archive.ts'
import type { WorkbookLimits } from './workbook-limits.ts'
import { Problem } from '../errors/problem.ts'

const activeParts =
  /vbaproject|vbadata|\/externallinks\/|\/embeddings\/|\/activex\/|\/ctrlprops\/|\/macrosheets\/|\/dialogsheets\/|(^|\/)connections\.xml$|\/querytables\//
const nestedArchives = /\.(zip|xlsx|xlsm|docx|jar|7z|rar|gz)$/
const activeContentTypes = /macroEnabled|vbaProject|oleObject|activeX/i
const xmlParts = /\.(xml|rels|vml)$/
/** Long enough to see a declaration that was cut in two by a chunk's end. */
const overlap = 16
const wholeTextLimit = 16 * 1024 * 1024

function refuseActiveParts(archive: WorkbookArchive): void {
  for (const name of archive.parts.keys()) {
    if (activeParts.test(name)) throw new Problem('files.workbook_active_content')
    if (nestedArchives.test(name)) throw new Problem('files.workbook_bomb')
  }
  if (!archive.parts.has('[content_types].xml') || !archive.parts.has('_rels/.rels')) throw new Problem('files.workbook_not_xlsx')
}

/** XML that is not UTF-8 could say DOCTYPE in bytes that the search below does not see. */
function refuseForeignEncoding(head: Buffer): void {
  const start = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  const text = head.subarray(start, start + 200).toString('latin1')
  if (!text.trimStart().startsWith('<') || text.includes('\0')) throw new Problem('files.workbook_doctype')
  const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw new Problem('files.workbook_doctype')
}

function refuseDeclarations(text: string): void {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY') || /<!(doctype|entity)/i.test(text)) {
    throw new Problem('files.workbook_doctype')
  }
}

/** Inflates a part once, to its end, keeping its text only where it is needed whole. Answers the bytes and that text. */
async function inspect(archive: WorkbookArchive, part: string): Promise<{ bytes: number; text: string }> {
  const keepWhole = part.endsWith('.rels') || part === '[content_types].xml'
  const isXml = xmlParts.test(part)
  let bytes = 0
  let tail = ''
  let text = ''
  for await (const chunk of archive.read(part)) {
    if (bytes === 0) {
      if (chunk.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') throw new Problem('files.workbook_bomb')
      if (isXml) refuseForeignEncoding(chunk)
    }
    bytes += chunk.length
    if (!isXml) continue
    const seen = tail + chunk.toString('latin1')
    refuseDeclarations(seen)
    tail = seen.slice(-overlap)
    if (keepWhole) text += chunk.toString('latin1')
    if (text.length > wholeTextLimit) throw new Problem('files.workbook_too_large')
  }
  return { bytes, text }
}

/** A link in a cell is only text to us; any other outside target would be fetched by whoever opens the file. */
function refuseOutsideTargets(relationships: string): void {
  for (const [tag] of relationships.matchAll(/<[^<>]*Relationship\s[^<>]*>/g)) {
    const outside = /TargetMode\s*=\s*["']External["']/i.test(tag)
    const type = /\bType\s*=\s*["']([^"']*)["']/.exec(tag)?.[1] ?? ''
    if (outside && !type.endsWith('/hyperlink')) throw new Problem('files.workbook_active_content')
    if (/(oleObject|package|vbaProject|externalLink|control|attachedTemplate)$/i.test(type)) {
      throw new Problem('files.workbook_active_content')
    }
  }
}

/**
 * Inflates every part of an opened workbook once under the limits and refuses what must not reach a parser:
 * macros, embedded objects, outside targets, nested archives, DOCTYPE, encodings other than UTF-8. Throws a Problem.
 */
export async function guardArchive(archive: WorkbookArchive, limits: WorkbookLimits): Promise<void> {
  refuseActiveParts(archive)
  let unpacked = 0
  for (const part of archive.parts.keys()) {
    if (part.endsWith('/')) continue
    const { bytes, text } = await inspect(archive, part)
    unpacked += bytes
    if (unpacked > limits.maxUnpackedBytes) throw new Problem('files.workbook_bomb')
    if (part === '[content_types].xml' && activeContentTypes.test(text)) throw new Problem('files.workbook_active_content')
    if (part.endsWith('.rels')) refuseOutsideTargets(text)
  }
}
