import { z } from 'zod'
import { meetingKind, meetingKinds } from '../meetings/meetings.contract.ts'

/** Codes as a rulebook writes them: one or a list. */
const code = z.string().min(1).max(60)
export const codes = z.array(code).min(1).max(50)

export const organizers = { own: '本组织', unit: '本单位（含党组和机关党委）', below: '本组织和所有下级' } as const
export type Organizer = keyof typeof organizers
export const organizer = z
  .enum(Object.keys(organizers) as [Organizer, ...Organizer[]])
  .default('own')
  .meta({ title: '谁做的算', titles: organizers })

/** Which work records are meant. */
export const selection = z.strictObject({
  tags: codes.meta({ title: '标签', help: '带其中任一标签的记录' }),
  categories: codes.optional().meta({ title: '类别', help: '只取标签下的这些类别；不写则全部' }),
})
export type Selection = z.output<typeof selection>

/** Who or what is to be covered. */
export const coveredSets = {
  members: '党员（除去免予要求的）',
  full_members: '正式党员（除去免予要求的）',
  committee: '支委会（党委）委员',
  leading_group: '党组（党委）成员',
  groups: '所辖党小组',
  branches: '所辖党支部',
  units: '所辖单位',
} as const
export type CoveredSet = keyof typeof coveredSets
export const coveredSet = z
  .enum(Object.keys(coveredSets) as [CoveredSet, ...CoveredSet[]])
  .meta({ title: '覆盖谁', titles: coveredSets })

export const reachedSet = coveredSet.extract(['members', 'full_members', 'committee', 'leading_group'])
export const countedKinds = z.array(meetingKind).min(1).max(12).meta({ title: '会议类别', titles: meetingKinds })

/** The tag under which a duty's records stand; null where no work record serves it. Measures of other modules that count tags too say so by the same name. */
export function tagServing(measure: { name: string; params: Readonly<Record<string, unknown>> }): string | null {
  const among = measure.params['among']
  const held = typeof among === 'object' && among !== null ? (among as Record<string, unknown>)['tags'] : measure.params['tags']
  const first: unknown = Array.isArray(held) ? held[0] : held
  return typeof first === 'string' ? first : null
}
