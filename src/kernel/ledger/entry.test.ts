import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalEntry, canonicalJson, entryLeaf, exportLine, type LedgerEntry, saltedHash } from './entry.rules.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const salt = Buffer.alloc(16, 7)

const anEntry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  v: 1,
  id: 'led_1',
  at: '2026-11-23T09:30:00.000+08:00',
  action: 'orglife.meeting.record',
  actor: { account: 'acc_1', kind: 'person' },
  objects: [{ kind: 'meeting', id: 'mtg_1' }],
  organizations: ['org_1', 'org_2'],
  outcome: 'done',
  fields: { title: 'a'.repeat(64) },
  requestId: 'req_1',
  ...change,
})

describe('canonical JSON', () => {
  it('spells a value in one way, whatever the order its keys were written in', () => {
    expect(canonicalJson({ 乙: [1, -0, 1e21, null], b: { d: 'é\n"', c: true }, a: '\u2028' })).toBe(
      '{"a":"\u2028","b":{"c":true,"d":"é\\n\\""},"乙":[1,0,1e+21,null]}',
    )
    const written = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true })
    fc.assert(
      fc.property(written, (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
      }),
    )
  })

  it.each([
    ['undefined', undefined],
    ['undefined', { a: { b: undefined } }],
    ['undefined', Array(1)],
    ['NaN', [Number.NaN]],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['function', { a: () => 1 }],
    ['bigint', 1n],
    ['symbol', { [Symbol('s')]: 1 }],
    ['not plain', new Date(0)],
    ['not plain', new Map()],
    ['half a character', '\ud800'],
    ['half a character', { '\udc00': 1 }],
  ])('refuses %s', (what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
    expect(() => canonicalJson(value)).toThrow(what)
  })

  it('refuses a value that contains itself, naming the place of any fault', () => {
    const knot: { inside?: unknown } = {}
    knot.inside = knot
    expect(() => canonicalJson(knot)).toThrow('nested too deep')
    expect(() => canonicalJson({ a: [0, { b: undefined }] })).toThrow('a.1.b')
  })
})

describe('an entry', () => {
  it('has a leaf hash that anybody can recompute from its text', () => {
    const text =
      '{"action":"orglife.meeting.record","actor":{"account":"acc_1","kind":"person"},"at":"2026-11-23T09:30:00.000+08:00",' +
      `"fields":{"title":"${'a'.repeat(64)}"},"id":"led_1","objects":[{"id":"mtg_1","kind":"meeting"}],` +
      '"organizations":["org_1","org_2"],"outcome":"done","requestId":"req_1","v":1}'
    expect(canonicalEntry(anEntry())).toBe(text)
    expect(Buffer.from(entryLeaf(sha256, anEntry()))).toEqual(createHash('sha256').update('\0').update(text).digest())
  })

  it('has another leaf hash as soon as anything in it differs', () => {
    const changes: Partial<LedgerEntry>[] = [
      {},
      { id: 'led_2' },
      { at: '2026-11-23T09:30:00.001+08:00' },
      { action: 'orglife.meeting.correct' },
      { actor: { account: null, kind: 'person' } },
      { actor: { account: 'acc_1', kind: 'job' } },
      { objects: [] },
      { organizations: ['org_2', 'org_1'] },
      { outcome: 'denied' },
      { fields: {} },
      { fields: { title: 'b'.repeat(64) } },
      { requestId: null },
    ]
    const leaves = changes.map((change) => Buffer.from(entryLeaf(sha256, anEntry(change))).toString('hex'))
    expect(new Set(leaves).size).toBe(changes.length)
  })

  it.each([
    ['a field with its text instead of a digest', { fields: { title: '三季度党员大会' } }],
    ['a time without offset', { at: '2026-11-23T09:30:00' }],
    ['an unknown outcome', { outcome: 'perhaps' }],
    ['something nobody declared', { body: 'text' }],
    ['an empty id', { id: '' }],
  ])('is refused with %s', (_, change) => {
    expect(() => canonicalEntry({ ...anEntry(), ...(change as Partial<LedgerEntry>) })).toThrow()
  })

  it('leaves the house as one line in canonical form', () => {
    const entry = canonicalEntry(anEntry())
    const line = exportLine({ seq: 1, entry, leaf: 'c'.repeat(64) })
    expect(line).toBe(`${canonicalJson({ seq: 1, entry: anEntry(), leaf: 'c'.repeat(64) })}\n`)
    expect(() => exportLine({ seq: 0, entry, leaf: 'c'.repeat(64) })).toThrow(RangeError)
    expect(() => exportLine({ seq: 1, entry, leaf: 'short' })).toThrow()
  })
})

describe('a salted hash', () => {
  it('can be recomputed with the value and the salt, and differs for any other value or salt', () => {
    const recorded = saltedHash(sha256, salt, '430602199001011234')
    expect(saltedHash(sha256, salt, '430602199001011234')).toBe(recorded)
    expect(saltedHash(sha256, salt, '430602199001011235')).not.toBe(recorded)
    expect(saltedHash(sha256, Buffer.alloc(16, 8), '430602199001011234')).not.toBe(recorded)
    expect(saltedHash(sha256, Buffer.alloc(17, 7), '430602199001011234')).not.toBe(recorded)
    expect(saltedHash(sha256, salt, 1)).not.toBe(saltedHash(sha256, salt, '1'))
  })

  it('is refused with a salt short enough to guess', () => {
    expect(() => saltedHash(sha256, Buffer.alloc(15), 'x')).toThrow(RangeError)
  })
})
