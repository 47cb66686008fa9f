import type { z } from 'zod'
import { defineSheet } from '../../orglife/imports/imports.contract.ts'
import { attendClass, createClassBody } from '../classes/classes.contract.ts'

/** A class that is over, with who came to it and who missed what. */
export const oldClass = createClassBody
  .pick({ title: true, targetGroup: true, sessions: true, offDuty: true, exceptionReason: true, personIds: true })
  .extend({ absent: attendClass.body.shape.absent })
export type OldClass = z.output<typeof oldClass>

export const oldClassesSheet = defineSheet(
  { path: '/api/v1/training-class-imports', noun: '培训班', measure: '个', most: 60 },
  oldClass,
)
