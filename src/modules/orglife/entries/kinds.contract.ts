import { ceremonies } from '../ceremonies/ceremonies.contract.ts'
import { dualLifeReports } from '../dual-life/dual-life.contract.ts'
import { heartTalks } from '../heart-talks/heart-talks.contract.ts'
import { ideologyReports } from '../ideology/duty-reports.contract.ts'
import { talks } from '../talks/talks.contract.ts'
import type { EntryKind } from './entry-kind.contract.ts'

/** The register of kinds: one line each. */
export const entryKinds: readonly EntryKind[] = [ceremonies, talks, heartTalks, ideologyReports, dualLifeReports]
