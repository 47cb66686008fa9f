import { z } from 'zod'
import type { CivilDate } from '../time/civil-date.ts'

/** A number in a paper with the sentence of its footnote: formula, clause, how many records, where it opens. */
const figure = z.strictObject({ figure: z.string().min(1).max(60), note: z.string().min(1).max(800) })

export type PaperFigure = z.infer<typeof figure>

const run = z.union([z.string().max(4000), figure])
export type PaperRun = z.infer<typeof run>

/** Levels 1–4 are 一、（一）1.（1）; the numbers are given when it is written. */
const heading = z.strictObject({
  kind: z.literal('heading'),
  level: z.number().int().min(1).max(4),
  text: z.string().min(1).max(200),
})
const text = z.strictObject({ kind: z.literal('text'), runs: z.array(run).min(1).max(60) })
/** Column widths are shares of the line. */
const table = z.strictObject({
  kind: z.literal('table'),
  columns: z
    .array(z.strictObject({ title: z.string().max(40), share: z.number().positive().max(100) }))
    .min(1)
    .max(12),
  rows: z.array(z.array(run).max(12)).max(2000),
})
const block = z.discriminatedUnion('kind', [heading, text, table])
export type PaperBlock = z.infer<typeof block>

/** What a paper says, before it has a number and a day. */
export const paperBody = z.strictObject({
  /** `plain` is for work: a list or a collection without red head, number, signature and imprint. */
  form: z.enum(['document', 'letter', 'minutes', 'plain']),
  /** 发文机关标志. */
  mark: z.string().min(1).max(60),
  title: z.string().min(1).max(60),
  /** 主送. */
  to: z.array(z.string().min(1).max(60)).max(200),
  blocks: z.array(block).max(500),
  /** Annexes after the text, each on a page of its own; their titles are listed below the text. */
  annexes: z.array(z.strictObject({ title: z.string().min(1).max(60), blocks: z.array(block).max(500) })).max(20),
  /** 落款. */
  signer: z.string().min(1).max(60),
  /** 附注, without its brackets. */
  remark: z.string().max(200).nullable(),
  /** 抄送. */
  copies: z.array(z.string().min(1).max(60)).max(50),
  /** Attendance of minutes: 出席, 请假, 列席. */
  people: z.array(z.strictObject({ label: z.string().max(10), names: z.array(z.string().max(40)).max(200) })).max(5),
})
export type PaperBody = z.infer<typeof paperBody>

/** A paper as it is written down. */
export interface OfficialPaper extends PaperBody {
  /** 发文字号; null in a draft. */
  readonly number: string | null
  /** 成文日期; null in a draft. */
  readonly signedOn: CivilDate | null
  /** Shown at the head of each page of what no longer stands, or does not stand yet. */
  readonly standing: string | null
  /** 紧急程度 and 签发人, where the form has them. */
  readonly urgency?: '特急' | '加急'
  readonly signers?: readonly string[]
}
