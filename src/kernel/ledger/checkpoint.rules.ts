import { instantPattern } from './entry.rules.ts'

/**
 * What the log states about itself at one moment. `origin` names the log for ever (no spaces, no `+`), `root` has 32 bytes,
 * `time` is an instant with offset.
 */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly time: string
}

/** Signs checkpoints. `keyId` are the four bytes by which a reader finds the right public key. */
export interface CheckpointSigner {
  readonly keyId: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

/** Checks signatures of one key. */
export interface CheckpointVerifier {
  readonly keyId: Uint8Array
  verify(bytes: Uint8Array, signature: Uint8Array): boolean
}

/** A checkpoint as read, before anybody has looked at its signature. `body` is the signed text. */
export interface UnverifiedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly body: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/** Why a checkpoint was not accepted: not well formed, signed by another key, or the signature does not fit the text. */
export class CheckpointRefused extends Error {
  readonly reason: 'format' | 'key' | 'signature'

  constructor(reason: 'format' | 'key' | 'signature', detail: string) {
    super(`checkpoint refused: ${detail}`)
    this.reason = reason
  }
}

const keyIdLength = 4
const signatureLength = 64
const rootLength = 32
const originPattern = /^[^\s+]{1,200}$/u

/** The text that is signed: origin, size, root in base64 and the time, a line each. */
export function checkpointBody({ origin, size, root, time }: Checkpoint): string {
  const body = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\ntime ${time}\n`
  readBody(body.split('\n'))
  return body
}

/** The signed text: body, empty line, and a signature line as signed notes have it (`— origin base64(key id, signature)`). */
export function signCheckpoint(checkpoint: Checkpoint, signer: CheckpointSigner): string {
  const body = checkpointBody(checkpoint)
  const seal = Buffer.concat([signer.keyId, signer.sign(Buffer.from(body))])
  if (seal.length !== keyIdLength + signatureLength)
    throw new CheckpointRefused('format', 'key id or signature of a wrong length')
  return `${body}\n— ${checkpoint.origin} ${seal.toString('base64')}\n`
}

/** Reads a checkpoint text byte for byte, forgiving nothing; says nothing about the signature's truth. */
export function parseCheckpoint(text: string): UnverifiedCheckpoint {
  const lines = text.split('\n')
  if (lines.length !== 7 || lines[4] !== '' || lines[6] !== '') throw new CheckpointRefused('format', 'it must have six lines')
  const checkpoint = readBody(lines)
  const opening = `— ${checkpoint.origin} `
  const line = lines[5] ?? ''
  if (!line.startsWith(opening)) throw new CheckpointRefused('format', 'the signature line does not name the origin')
  const seal = readBase64(line.slice(opening.length), keyIdLength + signatureLength)
  return {
    checkpoint,
    body: `${lines.slice(0, 4).join('\n')}\n`,
    keyId: seal.subarray(0, keyIdLength),
    signature: seal.subarray(keyIdLength),
  }
}

/** Reads a checkpoint and vouches for its signature; throws `CheckpointRefused` otherwise. */
export function openCheckpoint(text: string, verifier: CheckpointVerifier): Checkpoint {
  const { checkpoint, body, keyId, signature } = parseCheckpoint(text)
  if (Buffer.compare(keyId, verifier.keyId) !== 0) throw new CheckpointRefused('key', 'it names another key')
  if (!verifier.verify(Buffer.from(body), signature))
    throw new CheckpointRefused('signature', 'the signature does not fit the text')
  return checkpoint
}

/** File name of an exported checkpoint. The size stands in it, so that an old one cannot pose as a new one. */
export function checkpointFileName(size: number): string {
  return `${String(size).padStart(12, '0')}.checkpoint`
}

function readBody(lines: readonly string[]): Checkpoint {
  const [origin = '', size = '', root = '', timeLine = ''] = lines
  if (!originPattern.test(origin) || !origin.isWellFormed()) {
    throw new CheckpointRefused('format', 'the origin is not a single word')
  }
  return { origin, size: readSize(size), root: readBase64(root, rootLength), time: readTime(timeLine) }
}

function readSize(text: string): number {
  const size = Number(text)
  if (String(size) !== text || !Number.isSafeInteger(size) || size < 0) {
    throw new CheckpointRefused('format', 'the size is not a count')
  }
  return size
}

function readTime(line: string): string {
  const time = line.startsWith('time ') ? line.slice(5) : ''
  if (!instantPattern.test(time) || Number.isNaN(Date.parse(time))) {
    throw new CheckpointRefused('format', 'the time is not an instant with offset')
  }
  return time
}

function readBase64(text: string, length: number): Buffer {
  const bytes = Buffer.from(text, 'base64')
  // Decoding is lenient, so only a text that encodes back to itself counts.
  if (bytes.length !== length || bytes.toString('base64') !== text) {
    throw new CheckpointRefused('format', `a value is not base64 of ${length} bytes`)
  }
  return bytes
}
