import { z } from 'zod'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

/** Fields that an entry of every kind has. */
export const common = {
  organizationIds: z
    .array(organizationId)
    .min(1, { error: '请选择是哪个组织做的。' })
    .max(50)
    .meta({ title: '组织', help: '几个组织一起做的都选上，第一个为主' }),
  heldOn: civilDate.meta({ title: '日期' }),
  title: z
    .string()
    .trim()
    .max(100, { error: '标题不超过 100 个字。' })
    .optional()
    .meta({ title: '标题', help: '不写则按内容自拟' }),
  place: z.string().trim().max(100).optional().meta({ title: '地点' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '附件', help: '可不传' }),
}
export type CommonShape = typeof common
export type CommonInput = z.output<z.ZodObject<CommonShape>>

export const late = {
  lateReason: z.string().trim().min(2).max(300).optional().meta({ title: '补记理由', help: '过了期限才记的，请说明原因' }),
}
export type LateShape = typeof late
export const correction = {
  revision: z.number().int().meta({ title: '所改的版本' }),
  reason: z.string().trim().min(2, { error: '请写明更正理由。' }).max(300).meta({ title: '更正理由' }),
}
export type CorrectionShape = typeof correction
