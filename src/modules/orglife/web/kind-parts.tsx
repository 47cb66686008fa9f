import type { ComponentType } from 'react'

/** What a kind adds to the pages that every kind has. */
interface KindParts {
  /** Above the list. */
  readonly above?: ComponentType
}

/** By the code of the kind; a kind without a line has the common pages alone. */
export const kindParts: Readonly<Record<string, KindParts>> = {}
