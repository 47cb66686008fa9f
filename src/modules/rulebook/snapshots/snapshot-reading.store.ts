import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { canonicalJson } from '../../../kernel/ledger/entry.rules.ts'
import type { CheckpointVerifier } from '../../../kernel/ledger/checkpoint.rules.ts'
import {
  sectionEnd,
  sectionStart,
  type SnapshotHead,
  snapshotHead,
  type SnapshotSeal,
  snapshotSeal,
  type SnapshotSection,
} from './snapshot-file.contract.ts'
import { sealedBytes } from './snapshot-lines.store.ts'

/** A file that can be read from its beginning as often as needed. */
export type Opened = () => Promise<Readable>

/** Why a file is not taken for what it says it is; a sentence for the reader. */
export class SnapshotRefused extends Error {}

const longestLine = 4_194_304

/** Lines as they stand, each with its line feed: nothing is translated, so that every byte counts. */
export async function* linesOf(content: Readable): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of content) {
    let bytes = Buffer.concat([rest, Buffer.from(chunk as Uint8Array)])
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
      yield bytes.subarray(0, at + 1).toString('utf8')
      bytes = bytes.subarray(at + 1)
    }
    if (bytes.length > longestLine) throw new SnapshotRefused('文件里有一行太长，不是冻结文件。')
    rest = bytes
  }
  if (rest.length > 0) throw new SnapshotRefused('文件在一行的中间断了，内容不完整。')
}

function parsed<Shape>(schema: { safeParse(value: unknown): { success: boolean; data?: Shape } }, line: string): Shape | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** Head and seal of a file whose every byte was checked against the signature. */
export interface Sealed {
  readonly head: SnapshotHead
  readonly seal: SnapshotSeal
  readonly bytes: number
}

/** Reads a file once from end to end and checks hash, order and signature; throws a SnapshotRefused with the reason. */
export async function verifySnapshot(open: Opened, verifier: CheckpointVerifier): Promise<Sealed> {
  const whole = createHash('sha256')
  const parts = partReader()
  let [first, last, bytes]: [string | null, string | null, number] = [null, null, 0]
  // The line at hand is held back: only when another follows is it not the seal.
  for await (const line of linesOf(await open())) {
    if (last !== null) whole.update(last)
    if (last !== null && first !== null) parts.take(last)
    first ??= last
    last = line
    bytes += Buffer.byteLength(line)
  }
  const head = parsed(snapshotHead, first ?? '')
  const seal = parsed(snapshotSeal, last ?? '')
  if (!head || !seal) throw new SnapshotRefused('文件首行或末行不是冻结文件的写法，不能核验。')
  judgeSeal(seal, { line: last, content: whole.digest('hex'), sections: parts.sections, verifier })
  return { head, seal, bytes }
}

interface Found {
  readonly line: string | null
  readonly content: string
  readonly sections: readonly SnapshotSection[]
  readonly verifier: CheckpointVerifier
}

function judgeSeal(seal: SnapshotSeal, { line, content, sections, verifier }: Found): void {
  if (`${canonicalJson(seal)}\n` !== line || content !== seal.content)
    throw new SnapshotRefused('文件内容与签名时不一致：至少有一个字节被改过。')
  if (seal.key !== Buffer.from(verifier.keyId).toString('hex')) throw new SnapshotRefused('文件不是用这把公钥对应的密钥签的。')
  if (!verifier.verify(sealedBytes(seal.content), Buffer.from(seal.signature, 'base64')))
    throw new SnapshotRefused('签名不成立：文件或签名被改过。')
  if (canonicalJson(sections) !== canonicalJson(seal.sections)) throw new SnapshotRefused('文件各部分与末行所列的不一致。')
}

/** Follows the parts of a file while its lines go by. */
function partReader(): { readonly sections: SnapshotSection[]; take(line: string): void } {
  const sections: SnapshotSection[] = []
  let open: { section: SnapshotSection['section']; name: string; rows: number; hash: ReturnType<typeof createHash> } | null = null
  return {
    sections,
    take(line) {
      if (line.startsWith('[')) {
        if (!open) throw new SnapshotRefused('文件里有一行数据不属于任何部分。')
        open.rows += 1
        open.hash.update(line)
        return
      }
      if (!open) {
        const start = parsed(sectionStart, line)
        if (!start) throw new SnapshotRefused('文件里有一行不是冻结文件的写法。')
        open = { section: start.section, name: start.name, rows: 0, hash: createHash('sha256') }
        return
      }
      const [end, sha256] = [parsed(sectionEnd, line), open.hash.digest('hex')]
      if (end?.end !== open.name || end.rows !== open.rows || end.sha256 !== sha256)
        throw new SnapshotRefused(`${open.name} 这一部分的行数或摘要不对。`)
      sections.push({ section: open.section, name: open.name, rows: open.rows, sha256 })
      open = null
    },
  }
}

/** A part of a verified file, with its rows in batches. */
export interface ReadPart {
  readonly section: SnapshotSection['section']
  readonly name: string
  readonly columns: readonly string[]
  /** Rows as their lines, without translation. */
  readonly lines: readonly string[]
}

const atOnce = 2_000

/** The rows of a verified file, some thousands at a time, in their order; a part without rows comes once, empty. */
export async function* partsOf(open: Opened): AsyncGenerator<ReadPart> {
  let part: ReturnType<typeof sectionStart.parse> | null = null
  let lines: string[] = []
  let given = 0
  for await (const line of linesOf(await open())) {
    if (line.startsWith('[')) lines.push(line)
    if (part && (lines.length === atOnce || (!line.startsWith('[') && (lines.length > 0 || given === 0)))) {
      yield { ...part, lines }
      given += 1
      lines = []
    }
    if (!line.startsWith('[')) {
      part = part ? null : parsed(sectionStart, line)
      given = 0
    }
  }
}
