import type { Actor } from '../access/actor.ts'
import type { Read } from '../database/handles.ts'
import type { CivilDate } from '../time/civil-date.ts'
import type { PaperBlock } from './paper.contract.ts'

/** What is put together from the records of all modules, in one Word file. */
export const collections = { workbook: '工作手册', summary: '工作情况', handover: '交接清单' } as const
export type Collection = keyof typeof collections

export interface CollectionAsked {
  readonly actor: Actor
  readonly organization: { readonly no: number; readonly id: string; readonly name: string; readonly kind: string }
  readonly year: number
  readonly today: CivilDate
}

/** A module's part of a collection. `blocks` answers what stands below the title; nothing where there is nothing to say. */
export interface CollectionSection {
  readonly in: readonly Collection[]
  /** Sections come in this order, whatever module declares them. */
  readonly order: number
  readonly title: string
  readonly blocks: (read: Read, asked: CollectionAsked) => Promise<readonly PaperBlock[]>
}

const sections: CollectionSection[] = []

/** Declares a part of the collections. */
export function declareSection(section: CollectionSection): void {
  sections.push(section)
}

/** The parts of a collection in their order. */
export function sectionsOf(collection: Collection): CollectionSection[] {
  return sections.filter((section) => section.in.includes(collection)).toSorted((one, other) => one.order - other.order)
}
