import type { z } from 'zod'
import { workRecordBody } from '../work-records/work-records.contract.ts'
import { defineSheet } from './imports.contract.ts'

/** A work record of the sheet as it would be recorded. */
export const oldWork = workRecordBody.omit({ organizationIds: true, fileIds: true, links: true })
export type OldWork = z.output<typeof oldWork>

export const oldWorkSheet = defineSheet(
  { path: '/api/v1/work-record-imports', noun: '工作纪实', measure: '条', most: 300 },
  oldWork,
)
