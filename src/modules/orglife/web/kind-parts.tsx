import type { ComponentType } from 'react'
import type { EntryContent } from '../entries/entry-kind.contract.ts'
import { heartTalks } from '../heart-talks/heart-talks.contract.ts'
import type { EntryForm } from '../entries/entry-endpoints.contract.ts'
import { dualLifeReports } from '../dual-life/dual-life.contract.ts'
import { ceremonies } from '../ceremonies/ceremonies.contract.ts'
import { BirthdaysPart } from './birthdays-part.tsx'
import { DualLifeProposal, DualLifeShown } from './dual-life-parts.tsx'
import { HeartTalkCoverage } from './heart-talk-coverage.tsx'

/** What a kind adds to the pages that every kind has. */
interface KindParts {
  /** Above the list. */
  readonly above?: ComponentType
  /** In the form, by what is chosen there. */
  readonly within?: ComponentType<{ form: EntryForm; values: Readonly<Record<string, unknown>> }>
  /** On the entry's page. */
  readonly shown?: ComponentType<{ content: EntryContent }>
}

/** By the code of the kind; a kind without a line has the common pages alone. */
export const kindParts: Readonly<Record<string, KindParts>> = {
  [ceremonies.code]: { above: BirthdaysPart },
  [dualLifeReports.code]: { within: DualLifeProposal, shown: DualLifeShown },
  [heartTalks.code]: { above: HeartTalkCoverage },
}
