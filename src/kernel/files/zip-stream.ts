import type { Writable } from 'node:stream'
import { createDeflateRaw, crc32 } from 'node:zlib'

/** A file to be packed: its name and its bytes as they come. */
export interface ZipPart {
  readonly name: string
  readonly content: Iterable<string> | AsyncIterable<string>
}

interface Packed {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808
const deflated = 8
/** 1980-01-01: the same content gives the same bytes. */
const noDate = 0x0021

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(deflated, 8)
  header.writeUInt16LE(noDate, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor(entry: Packed): Buffer {
  const block = Buffer.alloc(16)
  block.writeUInt32LE(0x08074b50, 0)
  block.writeUInt32LE(entry.crc, 4)
  block.writeUInt32LE(entry.packed, 8)
  block.writeUInt32LE(entry.unpacked, 12)
  return block
}

function directoryEntry(entry: Packed): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(flags, 8)
  header.writeUInt16LE(deflated, 10)
  header.writeUInt16LE(noDate, 14)
  header.writeUInt32LE(entry.crc, 16)
  header.writeUInt32LE(entry.packed, 20)
  header.writeUInt32LE(entry.unpacked, 24)
  header.writeUInt16LE(entry.name.length, 28)
  header.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([header, entry.name])
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const block = Buffer.alloc(22)
  block.writeUInt32LE(0x06054b50, 0)
  block.writeUInt16LE(count, 8)
  block.writeUInt16LE(count, 10)
  block.writeUInt32LE(size, 12)
  block.writeUInt32LE(offset, 16)
  return block
}

/** Text gathered to pieces that are worth a call of the compressor. */
async function* pieces(content: ZipPart['content']): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const text of content) {
    waiting += text
    if (waiting.length < 32_768) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting) yield Buffer.from(waiting)
}

/** Waits until the compressor takes more, or is closed because nobody takes its bytes any longer. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}

/** Deflates a part as it comes: never more than a piece in memory, and nothing is asked for before it is taken. */
async function* pack(part: ZipPart, offset: number): AsyncGenerator<Buffer, Packed> {
  const name = Buffer.from(part.name)
  const sums = { crc: 0, packed: 0, unpacked: 0 }
  yield localHeader(name)
  const deflate = createDeflateRaw({ level: 6 })
  const feeding = (async () => {
    try {
      for await (const piece of pieces(part.content)) {
        if (deflate.destroyed) return
        sums.crc = crc32(piece, sums.crc)
        sums.unpacked += piece.length
        if (!deflate.write(piece)) await drained(deflate)
      }
      deflate.end()
    } catch (error) {
      deflate.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  })()
  for await (const chunk of deflate) {
    const bytes = chunk as Buffer
    sums.packed += bytes.length
    yield bytes
  }
  await feeding
  const entry = { name, offset, ...sums }
  yield descriptor(entry)
  return entry
}

/** Packs parts one after another into the bytes of a zip file, below 4 GiB. */
export async function* zipStream(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const packing = pack(part, offset)
    let step = await packing.next()
    while (!step.done) {
      offset += step.value.length
      yield step.value
      step = await packing.next()
    }
    directory.push(directoryEntry(step.value))
  }
  const whole = Buffer.concat(directory)
  yield whole
  yield endOfDirectory(directory.length, whole.length, offset)
}
