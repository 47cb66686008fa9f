import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  append,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  type Hash,
  inclusionProof,
  leafHash,
  readFrontier,
  rootOf,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from './merkle.rules.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const grow = (leaves: readonly Uint8Array[], from: Frontier = emptyFrontier()) =>
  leaves.reduce((frontier, leaf) => append(sha256, frontier, leaf), from)
const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leafHash(sha256, Buffer.from(`entry ${at}`)))

/** The tree as RFC 9162, 2.1.1 defines it, word for word: the oracle. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array())
  if (leaves.length === 1) return leaves[0] ?? new Uint8Array()
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.concat([Buffer.of(1), defined(leaves.slice(0, k)), defined(leaves.slice(k))]))
}

const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte))

/** A size, a position inside it, and one more number to choose with. */
const places = fc
  .integer({ min: 1, max: 130 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }), pick: fc.nat() }))

describe('the published vectors', () => {
  const contents = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const leaves = contents.map((content) => leafHash(sha256, Buffer.from(content, 'hex')))
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]

  it.each(roots.map((root, size) => ({ root, size })))('give the published root for $size leaves', ({ root, size }) => {
    expect(hex(rootOf(sha256, grow(leaves.slice(0, size))))).toBe(root)
    expect(hex(rootOfLeaves(sha256, leaves.slice(0, size)))).toBe(root)
  })

  it('give the published inclusion and consistency proofs', () => {
    expect(inclusionProof(sha256, leaves, 0).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(consistencyProof(sha256, leaves, 6).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })
})

describe('the frontier', () => {
  it('reaches the defined root after any number of entries, also when it was stored and read back on the way', () => {
    fc.assert(
      fc.property(places, ({ size, index }) => {
        const leaves = leavesOf(size)
        const stored: unknown = JSON.parse(JSON.stringify(grow(leaves.slice(0, index))))
        const frontier = grow(leaves.slice(index), readFrontier(stored))
        expect(frontier.size).toBe(size)
        expect(hex(rootOf(sha256, frontier))).toBe(hex(defined(leaves)))
        expect(hex(rootOfLeaves(sha256, leaves))).toBe(hex(defined(leaves)))
      }),
    )
  })

  it('is refused when what was stored cannot be one', () => {
    const good = grow(leavesOf(7))
    for (const bad of [
      null,
      {},
      { ...good, size: 6 },
      { ...good, size: 7.5 },
      { ...good, size: -1 },
      { ...good, nodes: ['ab', 'cd', 'ef'] },
    ]) {
      expect(() => readFrontier(bad)).toThrow('frontier')
    }
  })
})

describe('tampering', () => {
  it('with an entry, or deleting, swapping, repeating or adding one anywhere, changes the root', () => {
    fc.assert(
      fc.property(places, fc.nat(), ({ size, index, pick }, other) => {
        const leaves = leavesOf(size)
        const at = (place: number) => leaves[place % size] ?? new Uint8Array()
        const honest = hex(rootOf(sha256, grow(leaves)))
        const tampered = [
          leaves.with(index, flip(at(index), pick)),
          leaves.toSpliced(0, 1),
          leaves.toSpliced(index, 1),
          leaves.slice(0, -1),
          leaves.toSpliced(index, 0, at(index)),
          leaves.toSpliced(index, 0, leafHash(sha256, Buffer.from('forged'))),
          [...leaves, at(index)],
          ...(other % size === index ? [] : [leaves.with(index, at(other)).with(other % size, at(index))]),
        ]
        for (const forged of tampered) expect(hex(rootOf(sha256, grow(forged)))).not.toBe(honest)
      }),
    )
  })
})

describe('an inclusion proof', () => {
  it('holds for every entry and fails for any other leaf, place, root or proof', () => {
    fc.assert(
      fc.property(places, ({ size, index, pick }) => {
        const leaves = leavesOf(size)
        const leaf = leaves[index] ?? new Uint8Array()
        const claim = { leaf, index, size, root: defined(leaves), proof: inclusionProof(sha256, leaves, index) }
        expect(verifyInclusion(sha256, claim)).toBe(true)
        const wrong = [
          { leaf: flip(leaf, pick) },
          { root: flip(claim.root, pick) },
          { index: size },
          { index: index + 0.5 },
          { index: -1 },
          ...(size > 1 ? [{ index: (index + 1) % size }] : []),
          { proof: [...claim.proof, leaf] },
          ...claim.proof.map((digest, at) => ({ proof: claim.proof.with(at, flip(digest, pick)) })),
          ...claim.proof.map((_, at) => ({ proof: claim.proof.toSpliced(at, 1) })),
        ]
        for (const change of wrong) expect(verifyInclusion(sha256, { ...claim, ...change })).toBe(false)
      }),
    )
  })

  it('cannot be asked for an entry that is not there', () => {
    expect(() => inclusionProof(sha256, leavesOf(3), 3)).toThrow(RangeError)
  })
})

describe('a consistency proof', () => {
  it('holds from every earlier size and fails for any other root, size or proof', () => {
    fc.assert(
      fc.property(places, ({ size, index, pick }) => {
        const leaves = leavesOf(size)
        const oldSize = index + 1
        const proof = consistencyProof(sha256, leaves, oldSize)
        const claim = { oldSize, newSize: size, oldRoot: defined(leaves.slice(0, oldSize)), newRoot: defined(leaves), proof }
        expect(verifyConsistency(sha256, claim)).toBe(true)
        const wrong = [
          { oldRoot: flip(claim.oldRoot, pick) },
          { newRoot: flip(claim.newRoot, pick) },
          { proof: [...proof, claim.oldRoot] },
          ...(oldSize < size ? [{ oldSize: size, newSize: oldSize, oldRoot: claim.newRoot, newRoot: claim.oldRoot }] : []),
          ...(oldSize < size ? [{ proof: [] }] : []),
          ...proof.map((digest, at) => ({ proof: proof.with(at, flip(digest, pick)) })),
          ...proof.map((_, at) => ({ proof: proof.toSpliced(at, 1) })),
        ]
        for (const change of wrong) expect(verifyConsistency(sha256, { ...claim, ...change })).toBe(false)
      }),
    )
  })

  it('never joins an earlier root to a history in which one earlier entry was edited or removed', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 20 }), ({ size, index, pick }, more) => {
        const leaves = leavesOf(size + more)
        const oldRoot = defined(leaves.slice(0, size))
        const edited = leaves.with(index, flip(leaves[index] ?? new Uint8Array(), pick))
        for (const forged of [edited, leaves.toSpliced(index, 1)]) {
          const claim = { oldSize: size, newSize: forged.length, oldRoot, newRoot: defined(forged) }
          expect(verifyConsistency(sha256, { ...claim, proof: consistencyProof(sha256, forged, size) })).toBe(false)
        }
      }),
    )
  })

  it('takes every tree as an extension of the empty one, and only of the true empty one', () => {
    const claim = { oldSize: 0, newSize: 3, oldRoot: sha256(new Uint8Array()), newRoot: defined(leavesOf(3)), proof: [] }
    expect(consistencyProof(sha256, leavesOf(3), 0)).toEqual([])
    expect(verifyConsistency(sha256, claim)).toBe(true)
    expect(verifyConsistency(sha256, { ...claim, oldRoot: claim.newRoot })).toBe(false)
    expect(() => consistencyProof(sha256, leavesOf(3), 4)).toThrow(RangeError)
  })
})
