import { z } from 'zod'
import { codes, coveredSet, organizer } from '../work-records/measure-parameters.contract.ts'
import { entryKinds } from './kinds.contract.ts'

const names = Object.fromEntries(entryKinds.map(({ code, noun }) => [code, noun]))

/** Which entries are meant, and which work records count like them. */
export const entrySelection = z.strictObject({
  entries: z
    .array(z.string().refine((code) => code in names, { error: `记录种类只能是：${Object.keys(names).join('、')}。` }))
    .min(1)
    .max(10)
    .meta({ title: '记录种类', titles: names }),
  labels: codes.optional().meta({ title: '类别', help: '只取这些类别的；不写则全部' }),
  tags: codes.optional().meta({ title: '同样计入的工作纪实标签', help: '带这些标签的工作纪实也算；不写则不算' }),
})
export type EntrySelection = z.output<typeof entrySelection>

export const entriesMadeParams = z.strictObject({
  ...entrySelection.shape,
  roles: codes.optional().meta({ title: '以什么身份参加', help: '只用于以个人为对象的要求；不写则不限' }),
  organizer,
})
export const entryCoverageParams = z.strictObject({
  set: coveredSet.extract(['members', 'full_members', 'committee', 'leading_group']),
  roles: codes.optional().meta({ title: '以什么身份参加', help: '不写则不限' }),
  ...entrySelection.shape,
})
export const pairsCoveredParams = z.strictObject({
  entries: entrySelection.shape.entries,
  between: z
    .enum(['committee', 'committee_and_members'])
    .meta({ title: '谁和谁', titles: { committee: '支委两两之间', committee_and_members: '每名党员与一名支委' } }),
})

/** The kind of entry that serves a duty; null where none does. */
export function entryServing(measure: { name: string; params: Readonly<Record<string, unknown>> }): string | null {
  const kinds = measure.params['entries']
  const first: unknown = Array.isArray(kinds) ? kinds[0] : undefined
  return typeof first === 'string' ? first : null
}
