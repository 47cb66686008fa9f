import type { ComponentType } from 'react'
import { heartTalks } from '../heart-talks/heart-talks.contract.ts'
import { HeartTalkCoverage } from './heart-talk-coverage.tsx'

/** What a kind adds to the pages that every kind has. */
interface KindParts {
  /** Above the list. */
  readonly above?: ComponentType
}

/** By the code of the kind; a kind without a line has the common pages alone. */
export const kindParts: Readonly<Record<string, KindParts>> = {
  [heartTalks.code]: { above: HeartTalkCoverage },
}
