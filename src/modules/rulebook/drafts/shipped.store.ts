import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asEngine, type Read, reading, type Tx } from '../../../kernel/database/handles.ts'
import type { RulebookFile } from '../documents/rulebook-file.contract.ts'
import { parseRulebookFile } from '../documents/rulebook-file.rules.ts'
import { plainBody } from './body.rules.ts'
import { insertEdition } from './compiled.store.ts'
import { insertDraft } from './drafts.store.ts'
import { reconstructed } from './reconstruction.queries.ts'

interface ShippedFile {
  readonly file: RulebookFile
  readonly hash: string
}

async function shippedFiles(folder: string): Promise<ShippedFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const read = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { parsed: parseRulebookFile(text, name), hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
  return read.flatMap(({ parsed, hash }) => (parsed.ok ? [{ file: parsed.rulebook, hash }] : []))
}

interface Loaded {
  readonly no: number
  readonly code: string
  readonly hash: string
  readonly edition: number | null
}

async function loadedDocuments(read: Read): Promise<Map<string, Loaded>> {
  const rows = await sql<Loaded>`select d.no, d.code, d.content_hash as hash,
      (select max(e.edition) from rulebook.editions e where e.document_no = d.no) as edition
    from rulebook.documents d`.execute(reading<'rulebook'>(read))
  return new Map(rows.rows.map((row) => [row.code, row]))
}

async function isKnown(read: Read, hash: string): Promise<boolean> {
  const rows = await sql`select 1 from rulebook.drafts where content_hash = ${hash}
    union all select 1 from rulebook.documents where content_hash = ${hash}`.execute(reading<'rulebook'>(read))
  return rows.rows.length > 0
}

/**
 * Compares the shipped files with what is loaded. What was loaded from a file becomes the document's first edition; a file that differs
 * from what is loaded, or is new, becomes a draft to compare, once. The rules that apply are never changed. Answers how many drafts
 * were made.
 */
export async function compareShipped(tx: Tx, given: { folder: string; at: Date }): Promise<number> {
  return asEngine(tx, async () => {
    const files = await shippedFiles(given.folder)
    for (const document of (await loadedDocuments(tx)).values()) {
      if (document.edition === null) await keepLoaded(tx, document, { files, at: given.at })
    }
    const loaded = await loadedDocuments(tx)
    let made = 0
    for (const { file, hash } of files) {
      if (await isKnown(tx, hash)) continue
      const document = loaded.get(file.document.code)
      await insertDraft(
        tx,
        {
          documentNo: document?.no ?? null,
          baseEdition: document?.edition ?? null,
          origin: 'shipped',
          body: plainBody(file),
          contentHash: hash,
        },
        { by: null, at: given.at },
      )
      made += 1
    }
    return made
  })
}

/** The first edition: the file that it was loaded from, or, where that has changed since, what the rows say. */
async function keepLoaded(tx: Tx, document: Loaded, given: { files: readonly ShippedFile[]; at: Date }): Promise<void> {
  const own = given.files.find(({ hash }) => hash === document.hash)
  const file = own?.file ?? (await reconstructed(tx, document.no))
  const begins = file.document.in_force_from
  const said = { what: 'loaded', reason: null, by: null, at: given.at } as const
  await insertEdition(tx, { documentNo: document.no, edition: 1, file, begins, ...said })
}
