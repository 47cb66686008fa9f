import { open } from 'node:fs/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Problem } from '../errors/problem.ts'
import type { WorkbookLimits } from './workbook-limits.ts'

/** The parts of a workbook by lower-case name: names in the package format are case-insensitive. */
export interface WorkbookArchive {
  readonly parts: ReadonlyMap<string, Entry>
  /** The inflated bytes of a part. Fails as soon as more or fewer come out than the directory declares. */
  read(part: string): AsyncGenerator<Buffer>
  close(): void
}

const zipMagic = 'PK\u0003\u0004'
const compoundFileMagic = '\u00d0\u00cf\u0011\u00e0'

async function refuseForeignFormat(path: string, limits: WorkbookLimits): Promise<void> {
  await using file = await open(path)
  const { size } = await file.stat()
  const head = Buffer.alloc(4)
  await file.read(head, 0, 4, 0)
  const magic = head.toString('latin1')
  if (magic === compoundFileMagic) throw new Problem('files.workbook_old_or_locked')
  if (magic !== zipMagic) throw new Problem('files.workbook_not_xlsx')
  if (size > limits.maxFileBytes) {
    throw new Problem('files.workbook_too_large', {
      detail: `工作簿超过 ${Math.floor(limits.maxFileBytes / 1024 / 1024)} MB。请删去空白行、图片和无关工作表，或分成几份后分别上传。`,
    })
  }
}

async function listParts(zip: ZipFile, limits: WorkbookLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) throw new Problem('files.workbook_bomb')
  const parts = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    if (parts.has(name)) throw new Problem('files.workbook_broken', { cause: new Error(`part ${name} occurs twice`) })
    if (entry.isEncrypted()) throw new Problem('files.workbook_old_or_locked')
    parts.set(name, entry)
  }
  return parts
}

/** Judges the directory alone, before a byte is inflated. */
function refuseBomb(entries: readonly Entry[], limits: WorkbookLimits): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0)
  if (unpacked > limits.maxUnpackedBytes) throw new Problem('files.workbook_bomb')
  if (unpacked > limits.ratioFloorBytes && unpacked > packed * limits.maxRatio) throw new Problem('files.workbook_bomb')
  // Parts that share the same compressed bytes inflate many times what the file holds.
  const byPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of byPlace.entries()) {
    const next = byPlace[index + 1]
    const ends = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameRaw.length + entry.compressedSize
    if (next && ends > next.relativeOffsetOfLocalHeader) throw new Problem('files.workbook_bomb')
  }
}

async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await zip.openReadStreamPromise(entry)
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    // The directory lied about the size, or the data is damaged; either way nothing more is inflated.
    const code = String(error).includes('too many bytes') ? 'files.workbook_bomb' : 'files.workbook_broken'
    throw error instanceof Problem ? error : new Problem(code, { cause: error })
  } finally {
    stream.destroy()
  }
}

/** Opens a workbook as a bag of parts after judging its first bytes and its directory. Throws a Problem `files.workbook_…`. */
export async function openWorkbookArchive(path: string, limits: WorkbookLimits): Promise<WorkbookArchive> {
  await refuseForeignFormat(path, limits)
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
    const opened = zip
    const parts = await listParts(opened, limits)
    refuseBomb([...parts.values()], limits)
    return {
      parts,
      read(part) {
        const entry = parts.get(part.toLowerCase())
        if (!entry) throw new Problem('files.workbook_broken', { cause: new Error(`part ${part} is missing`) })
        return inflate(opened, entry)
      },
      close: () => opened.close(),
    }
  } catch (error) {
    zip?.close()
    throw error instanceof Problem ? error : new Problem('files.workbook_broken', { cause: error })
  }
}
