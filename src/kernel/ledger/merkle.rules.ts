/** A digest function such as SHA-256, handed in so that the tree knows nothing of the crypto provider. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/**
 * The right edge of a tree: the roots of its perfect subtrees, largest first, in lower-case hex. Their number is the number
 * of one-bits in `size`. It is all that a sequencer has to keep to go on, and it is plain JSON.
 */
export interface Frontier {
  readonly size: number
  readonly nodes: readonly string[]
}

/** A claim that `leaf` stands at `index` (from 0) of the tree of `size` leaves with this `root`. */
export interface InclusionClaim {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** A claim that the tree of `newSize` leaves only adds leaves behind the tree of `oldSize` leaves. */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

const leafPrefix = 0x00
const nodePrefix = 0x01

/** Digest of a leaf's content (RFC 9162, 2.1.1). The prefix keeps a node from being passed off as a leaf. */
export function leafHash(hash: Hash, content: Uint8Array): Uint8Array {
  return hash(Buffer.concat([Buffer.of(leafPrefix), content]))
}

/** Digest of an inner node from its two children (RFC 9162, 2.1.1). */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(Buffer.concat([Buffer.of(nodePrefix), left, right]))
}

/** The frontier of the tree without leaves. */
export function emptyFrontier(): Frontier {
  return { size: 0, nodes: [] }
}

/** The frontier after one more leaf; `leaf` is the result of `leafHash`. The given frontier stays as it is. */
export function append(hash: Hash, frontier: Frontier, leaf: Uint8Array): Frontier {
  const nodes = [...frontier.nodes]
  let last = leaf
  // Each trailing one-bit of the old size is a perfect subtree that the new leaf completes to one twice as large.
  for (let size = frontier.size; isOdd(size); size = half(size)) {
    last = nodeHash(hash, fromHex(nodes.pop() ?? missing('a frontier node')), last)
  }
  return { size: frontier.size + 1, nodes: [...nodes, toHex(last)] }
}

/** Root of the tree behind a frontier; of the empty tree it is the digest of nothing. */
export function rootOf(hash: Hash, frontier: Frontier): Uint8Array {
  const last = frontier.nodes.at(-1)
  if (last === undefined) return hash(new Uint8Array())
  return frontier.nodes.slice(0, -1).reduceRight((right, left) => nodeHash(hash, fromHex(left), right), fromHex(last))
}

/** Reads a frontier that was stored as JSON; throws when the node count or a digest cannot belong to the size. */
export function readFrontier(stored: unknown): Frontier {
  const { size, nodes } = Object(stored) as { size: unknown; nodes: unknown }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new Error('frontier: size is not a count')
  if (!Array.isArray(nodes) || nodes.length !== oneBits(size)) throw new Error(`frontier: wrong number of nodes for size ${size}`)
  const digests = nodes.map((node: unknown) => {
    if (typeof node !== 'string' || !/^[0-9a-f]{64}$/.test(node)) throw new Error('frontier: a node is not a digest in hex')
    return node
  })
  return { size, nodes: digests }
}

/** Root of the tree over these leaf hashes. */
export function rootOfLeaves(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves
  while (level.length > 1) level = parents(hash, level)
  return level[0] ?? hash(new Uint8Array())
}

/** The sibling digests that lead from the leaf at `index` to the root, from below (RFC 9162, 2.1.3.1). */
export function inclusionProof(hash: Hash, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf at ${index}`)
  const proof: Uint8Array[] = []
  let level = leaves
  for (let at = index; level.length > 1; at = half(at)) {
    const sibling = level[isOdd(at) ? at - 1 : at + 1]
    if (sibling) proof.push(sibling)
    level = parents(hash, level)
  }
  return proof
}

/** Whether an inclusion claim holds (RFC 9162, 2.1.3.2). */
export function verifyInclusion(hash: Hash, claim: InclusionClaim): boolean {
  if (!isCount(claim.size) || !isCount(claim.index) || claim.index >= claim.size) return false
  let node = claim.leaf
  let [at, last] = [claim.index, claim.size - 1]
  for (const sibling of claim.proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      node = nodeHash(hash, sibling, node)
      ;[at, last] = skipLevelsWithoutSibling(at, last)
    } else {
      node = nodeHash(hash, node, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(node, claim.root)
}

/** The digests that show the tree of the first `oldSize` leaves inside the tree of all (RFC 9162, 2.1.4.1). */
export function consistencyProof(hash: Hash, leaves: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  if (!isCount(oldSize) || oldSize > leaves.length) throw new RangeError(`no tree of ${oldSize} leaves`)
  if (oldSize === 0) return []
  const fromAbove: Uint8Array[] = []
  let [start, end] = [0, leaves.length]
  while (end !== oldSize) {
    const middle = start + largestPowerOfTwoBelow(end - start)
    if (oldSize <= middle) {
      fromAbove.push(rootOfLeaves(hash, leaves.slice(middle, end)))
      end = middle
    } else {
      fromAbove.push(rootOfLeaves(hash, leaves.slice(start, middle)))
      start = middle
    }
  }
  // At start 0 this subtree is the old tree itself, whose root the verifier holds already.
  if (start > 0) fromAbove.push(rootOfLeaves(hash, leaves.slice(start, end)))
  return fromAbove.reverse()
}

/** Whether a consistency claim holds (RFC 9162, 2.1.4.2). Every tree extends the empty one. */
export function verifyConsistency(hash: Hash, claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false
  if (oldSize === 0 && !isSame(oldRoot, hash(new Uint8Array()))) return false
  if (oldSize === newSize) return claim.proof.length === 0 && isSame(oldRoot, newRoot)
  if (oldSize === 0) return claim.proof.length === 0
  return climbBoth(hash, claim)
}

function climbBoth(hash: Hash, claim: ConsistencyClaim): boolean {
  let [at, last] = [claim.oldSize - 1, claim.newSize - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  // Now 0 only when the old tree is perfect: then its own root starts the way up.
  const [first, ...rest] = at === 0 ? [claim.oldRoot, ...claim.proof] : claim.proof
  if (!first || claim.proof.length === 0) return false
  let [oldNode, newNode] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      oldNode = nodeHash(hash, sibling, oldNode)
      newNode = nodeHash(hash, sibling, newNode)
      ;[at, last] = skipLevelsWithoutSibling(at, last)
    } else {
      newNode = nodeHash(hash, newNode, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(oldNode, claim.oldRoot) && isSame(newNode, claim.newRoot)
}

function parents(hash: Hash, level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = []
  for (let at = 0; at < level.length; at += 2) {
    const left = level[at] ?? missing('a node')
    const right = level[at + 1]
    above.push(right ? nodeHash(hash, left, right) : left)
  }
  return above
}

/** A last node without a sibling rises unchanged: its level takes no digest from the proof. */
function skipLevelsWithoutSibling(at: number, last: number): [number, number] {
  let [index, end] = [at, last]
  while (index !== 0 && !isOdd(index)) [index, end] = [half(index), half(end)]
  return [index, end]
}

function largestPowerOfTwoBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function oneBits(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = half(rest)) count += rest % 2
  return count
}

// Division instead of shifts: shifts would cut sizes to 32 bits.
const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex')

function missing(what: string): never {
  throw new Error(`ledger tree: ${what} is missing`)
}
