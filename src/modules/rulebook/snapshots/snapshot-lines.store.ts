import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/ledger/entry.rules.ts'
import type { CheckpointSigner } from '../../../kernel/ledger/checkpoint.rules.ts'
import { type SnapshotHead, type SnapshotSeal, type SnapshotSection, snapshotFormat } from './snapshot-file.contract.ts'

/** A part on its way into the file, or out of a recomputation. */
export interface SectionRows {
  readonly section: SnapshotSection['section']
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly unknown[]>
}

/** One row in its one spelling: flat values as JSON writes them, objects with sorted keys. */
export function rowLine(row: readonly unknown[]): string {
  return `[${row.map((cell) => (typeof cell === 'object' && cell !== null ? canonicalJson(cell) : JSON.stringify(cell ?? null))).join(',')}]`
}

/** The bytes that are signed: format and content, so that a seal never fits another kind of file. */
export function sealedBytes(content: string): Buffer {
  return Buffer.from(`${snapshotFormat}\n${content}\n`)
}

/** Lines of a whole snapshot in their order, the seal last. Nothing is held but the line at hand. */
export async function* snapshotLines(
  head: SnapshotHead,
  parts: AsyncIterable<SectionRows>,
  signer: CheckpointSigner,
): AsyncGenerator<string, SnapshotSeal> {
  const whole = createHash('sha256')
  const sections: SnapshotSection[] = []
  const noted = (line: string) => {
    whole.update(line)
    return line
  }
  yield noted(`${canonicalJson(head)}\n`)
  for await (const { section, name, columns, rows } of parts) {
    yield noted(`${canonicalJson({ section, name, columns: [...columns] })}\n`)
    const part = createHash('sha256')
    let count = 0
    for await (const row of rows) {
      const line = `${rowLine(row)}\n`
      part.update(line)
      count += 1
      yield noted(line)
    }
    const sha256 = part.digest('hex')
    sections.push({ section, name, rows: count, sha256 })
    yield noted(`${canonicalJson({ end: name, rows: count, sha256 })}\n`)
  }
  const content = whole.digest('hex')
  const signature = Buffer.from(signer.sign(sealedBytes(content))).toString('base64')
  const seal: SnapshotSeal = { sections, content, key: Buffer.from(signer.keyId).toString('hex'), signature }
  yield `${canonicalJson(seal)}\n`
  return seal
}
