import { createHash, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointSigner, checkpointVerifier } from './checkpoint-key.ts'
import {
  type Checkpoint,
  CheckpointRefused,
  checkpointFileName,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.rules.ts'

const origin = 'biaoshuai.example/ledger'
const aKey = () =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const key = aKey()
const signer = checkpointSigner(key.privateKey, origin)
const verifier = checkpointVerifier(key.publicKey, origin)
const root = createHash('sha256').update('root').digest()
const aCheckpoint = (change: Partial<Checkpoint> = {}): Checkpoint => ({
  origin,
  size: 1234,
  root,
  time: '2026-11-23T09:30:00+08:00',
  ...change,
})

const reasonFor = (text: string) => {
  try {
    openCheckpoint(text, verifier)
    return 'accepted'
  } catch (error) {
    return error instanceof CheckpointRefused ? error.reason : error
  }
}

describe('a checkpoint', () => {
  it('states origin, size, root and time in lines that a person can read, and comes back as it was signed', () => {
    const text = signCheckpoint(aCheckpoint(), signer)
    expect(text.startsWith(`${origin}\n1234\n${root.toString('base64')}\ntime 2026-11-23T09:30:00+08:00\n\n— ${origin} `)).toBe(
      true,
    )
    expect(openCheckpoint(text, verifier)).toEqual(aCheckpoint())
    expect(parseCheckpoint(text).body).toBe(text.slice(0, text.indexOf('\n\n') + 1))
  })

  it('is refused after any change to any byte of it', () => {
    const bytes = Buffer.from(signCheckpoint(aCheckpoint(), signer))
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const forged = Buffer.from(bytes)
        forged[at] = (forged[at] ?? 0) ^ mask
        expect(reasonFor(forged.toString('utf8'))).not.toBe('accepted')
      }),
      { numRuns: 500 },
    )
  })

  it('signed by another key is refused, also when it claims the right key', () => {
    const foreign = checkpointSigner(aKey().privateKey, origin)
    expect(reasonFor(signCheckpoint(aCheckpoint(), foreign))).toBe('key')
    expect(reasonFor(signCheckpoint(aCheckpoint(), { ...foreign, keyId: signer.keyId }))).toBe('signature')
  })

  it('of another log is refused even when the same key signed it', () => {
    const other = 'biaoshuai.example/other'
    expect(reasonFor(signCheckpoint(aCheckpoint({ origin: other }), checkpointSigner(key.privateKey, other)))).toBe('key')
  })

  it('cannot borrow the signature of an earlier one', () => {
    const old = signCheckpoint(aCheckpoint({ size: 10 }), signer)
    const now = signCheckpoint(aCheckpoint(), signer)
    expect(reasonFor(now.replace(/— .*\n$/u, old.slice(old.indexOf('— '))))).toBe('signature')
  })

  it.each([
    ['a missing last line feed', (text: string) => text.slice(0, -1)],
    ['a line too many', (text: string) => `${text}\n`],
    ['windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a size with a leading zero', (text: string) => text.replace('1234', '01234')],
    ['a size below zero', (text: string) => text.replace('1234', '-1234')],
    ['a size beyond what can be counted', (text: string) => text.replace('1234', '9007199254740993')],
    ['a root without padding', (text: string) => text.replace(root.toString('base64'), root.toString('base64').slice(0, -1))],
    ['a time without offset', (text: string) => text.replace('+08:00', '')],
    ['a month that does not exist', (text: string) => text.replace('2026-11', '2026-13')],
    ['no signature line', (text: string) => text.replace(/— .*\n/u, '\n')],
    ['nothing in it', () => ''],
  ])('with %s is refused as malformed', (_, change) => {
    expect(reasonFor(change(signCheckpoint(aCheckpoint(), signer)))).toBe('format')
  })

  it.each([
    { origin: 'two words' },
    { origin: 'a\nb' },
    { origin: '' },
    { size: 1.5 },
    { size: -1 },
    { root: root.subarray(1) },
    { time: 'now' },
  ])('is not signed with %o', (change) => {
    expect(() => signCheckpoint(aCheckpoint(change), signer)).toThrow(CheckpointRefused)
  })

  it('is only signed by an Ed25519 key', () => {
    const { publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    expect(() => checkpointVerifier(publicKey, origin)).toThrow('Ed25519')
  })

  it('is filed under its size, so that files sort by age', () => {
    expect(checkpointFileName(1234)).toBe('000000001234.checkpoint')
  })
})
