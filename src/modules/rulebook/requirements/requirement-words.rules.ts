import { z } from 'zod'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { organizationKinds } from '../../directory/organizations/organizations.contract.ts'
import { posts } from '../../directory/posts/posts.contract.ts'
import { cadenceTitles, standingTitles } from '../documents/rulebook-file.contract.ts'

const subjectSchema = z.object({
  kinds: z.array(z.string()).optional(),
  post: z.object({ code: z.string(), at: z.array(z.string()) }).optional(),
  members: z.object({ standing: z.array(z.string()), at: z.array(z.string()) }).optional(),
  where: z.record(z.string(), z.unknown()).default({}),
})
const filterWords: Readonly<Record<string, (value: unknown) => string>> = {
  has_committee: (value) => (value === true ? '设有支委会' : '不设支委会'),
  has_groups: (value) => (value === true ? '划分党小组' : '未划分党小组'),
  min_full_members: (value) => `正式党员不少于 ${String(value)} 名`,
  max_full_members: (value) => `正式党员不多于 ${String(value)} 名`,
}

const called = (titles: Readonly<Record<string, string>>, codes: readonly string[]) =>
  codes.map((code) => titles[code] ?? code).join('、')

function who({ post, members, kinds }: z.output<typeof subjectSchema>): string {
  if (post) return post.code in posts ? posts[post.code as keyof typeof posts].name : post.code
  if (members) return `${called(organizationKinds, members.at)}的每名${called(standingTitles, members.standing)}`
  return called(organizationKinds, kinds ?? [])
}

/** Who owes it, in words. */
export function subjectInWords(stored: unknown): string {
  const subject = subjectSchema.parse(stored)
  const where = Object.entries(subject.where).flatMap(([key, value]) => filterWords[key]?.(value) ?? [])
  return where.length > 0 ? `${who(subject)}（${where.join('，')}）` : who(subject)
}

const targetSchema = z.object({
  at_least: z.number().optional(),
  sum_at_least: z.number().optional(),
  ratio_at_least: z.number().optional(),
})

/** `不少于 4 次`, `合计不少于 32 学时`, `比率不低于 70%`. */
export function targetInWords(stored: unknown, unit: string): string {
  const { at_least: least, sum_at_least: sum, ratio_at_least: ratio = 0 } = targetSchema.parse(stored)
  if (least !== undefined) return `不少于 ${least} ${unit}`
  return sum === undefined ? `比率不低于 ${Math.round(ratio * 100)}%` : `合计不少于 ${sum} ${unit}`
}

const eventSchema = z.object({ name: z.string(), months: z.number().optional(), days: z.number().optional() })

/** `每月`, `一次，2026年6月30日以前`, `任职之日起 6 个月内`. */
export function cadenceInWords(
  row: { cadence: string; due_by: string | null; event: unknown },
  eventTitle: (name: string) => string,
): string {
  if (row.due_by !== null) return `一次，${inChinese(row.due_by)}以前`
  if (row.event === null) return cadenceTitles[row.cadence as keyof typeof cadenceTitles]
  const { name, months, days = 0 } = eventSchema.parse(row.event)
  return `${eventTitle(name)}之日起 ${months === undefined ? `${days} 天` : `${months} 个月`}内`
}
