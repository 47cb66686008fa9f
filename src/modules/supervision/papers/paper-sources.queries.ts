import type { Actor } from '../../../kernel/access/actor.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Composed, PaperKindName } from './paper-kinds.rules.ts'
import './papers.contract.ts'

/** An object as papers are made of it. */
export interface PaperSource {
  /** How it stands; a draft about an earlier standing is not issued. */
  readonly revision: number
  /** Who signs, and whom the paper speaks to. */
  readonly issuerNo: number
  readonly addresseeNos: readonly number[]
  /** Kinds that can be made of it as it stands, each with its text. */
  readonly offers: Partial<Record<PaperKindName, () => Composed>>
}

export interface PaperAsking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** Reads an object under the reader's scopes; throws its own not-found problem. */
type Reader = (read: Read, id: string, asking: PaperAsking) => Promise<PaperSource>

const readers = new Map<string, Reader>()

/** Declares of what papers are made, such as `case`. Throws at start-up when a kind of object is declared twice. */
export function declarePaperSource(objectKind: string, reader: Reader): void {
  if (readers.has(objectKind)) throw new Error(`papers of ${objectKind} are declared twice`)
  readers.set(objectKind, reader)
}

export interface PaperObject {
  readonly kind: string
  readonly id: string
}

/** The object that a paper speaks of; throws `supervision.paper_object_unknown` for a kind that makes no papers. */
export async function paperSource(read: Read, object: PaperObject, asking: PaperAsking): Promise<PaperSource> {
  const reader = readers.get(object.kind)
  if (!reader) throw new Problem('supervision.paper_object_unknown')
  return reader(read, object.id, asking)
}
