import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { clientId, momentGiven } from './inspection-fields.contract.ts'

const most = 50_000

/** A signature as drawn: strokes of x, y in a field of 1000 × 400. */
export const strokes = z
  .array(z.array(z.number().int().min(0).max(1000)).min(4).max(4000))
  .min(1, { error: '请签字。' })
  .max(200)
  .refine((drawn) => JSON.stringify(drawn).length <= most, { error: '签字超过 50 KB，请重签。' })
  .meta({ title: '签字' })

const signature = z.strictObject({
  side: z.enum(['inspector', 'visited']).meta({ title: '哪一方' }),
  name: z.string().trim().min(2, { error: '请写签字人姓名。' }).max(30).meta({ title: '签字人' }),
  strokes,
})

/** What both sides sign, or the inspectors alone where the visited refuse. */
export const sheetGiven = z.strictObject({
  clientId,
  /** Device names of the findings that lay before the signers. */
  covers: z.array(clientId).max(200).meta({ title: '所列发现' }),
  signatures: z.array(signature).min(1, { error: '请检查人签字。' }).max(8).meta({ title: '签字' }),
  refusal: z.string().trim().min(2, { error: '请写明拒签理由。' }).max(300).optional().meta({ title: '拒签理由' }),
  signedAt: momentGiven.meta({ title: '签字时间' }),
})
export type SheetGiven = z.infer<typeof sheetGiven>

export const sheetShown = z.object({
  clientId: z.string(),
  covers: z.array(z.string()),
  signatures: z.array(z.object({ side: z.string(), name: z.string(), strokes: z.array(z.array(z.number())) })),
  refusal: z.string().nullable(),
  signedAt: z.string(),
  by: z.string(),
})

problems({
  'supervision.inspector_must_sign': { status: 422, title: '检查人还没有签字。' },
  'supervision.visited_sign_or_refuse': { status: 422, title: '请被检查方签字；拒签的写明理由，两者只能有一样。' },
})
