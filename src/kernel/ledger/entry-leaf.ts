import { canonicalEntry, canonicalJson, type LedgerEntry } from './entry.rules.ts'
import { type Hash, leafHash } from './merkle.rules.ts'

/** The canonical text of an entry as it lies in the database, whatever somebody may have made of it; null when it has none. */
export function textOfStored(entry: unknown): string | null {
  try {
    return canonicalEntry(entry as LedgerEntry)
  } catch {
    return spelled(entry)
  }
}

function spelled(entry: unknown): string | null {
  try {
    return canonicalJson(entry)
  } catch {
    return null
  }
}

/** Leaf hash in hex of an entry as it lies in the database; an empty text when it cannot be hashed. */
export function leafOfStored(hash: Hash, entry: unknown): string {
  const text = textOfStored(entry)
  return text === null ? '' : Buffer.from(leafHash(hash, Buffer.from(text))).toString('hex')
}
