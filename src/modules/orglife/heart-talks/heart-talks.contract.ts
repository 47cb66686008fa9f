import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { defineEntryKind } from '../entries/entry-kind.contract.ts'

export const occasions = { ordinary: '平时', before_meeting: '组织生活会（民主生活会）前', care: '关心帮助' } as const

const content = z.object({
  occasion: z
    .enum(Object.keys(occasions) as [keyof typeof occasions, ...(keyof typeof occasions)[]])
    .default('ordinary')
    .meta({ title: '什么时候谈的', titles: occasions }),
  agreed: z
    .string()
    .trim()
    .max(500, { error: '不超过 500 个字。' })
    .optional()
    .meta({ title: '双方同意记下的话', help: '双方都同意才写；平时只记谁和谁、哪天谈的', area: true }),
})

/** 谈心谈话 (ZB18): who with whom and when; what was said stays between them. */
export const heartTalks = defineEntryKind({
  code: 'heart-talk',
  noun: '谈心谈话',
  collection: 'heart-talks',
  prefix: 'htk',
  content,
  roles: [
    { role: 'talker', field: 'talkerIds', title: '谁谈的', least: 1, most: 3, usual: 'self' },
    {
      role: 'talked_with',
      field: 'talkedWithIds',
      title: '和谁谈',
      help: '同一天分别和几个人谈的，可以一起选上',
      least: 1,
      most: 50,
    },
  ],
  heldBy: ['branch', 'joint_branch', 'temporary_branch', 'group', 'general_branch', 'party_committee', 'leading_group'],
  recorders: [...above, 'unit_leader', ...branchKeepers, 'group_leader'],
  readers: everyBusinessRole,
  columns: ['occasion'],
  titleOf: () => '谈心谈话',
  labelsOf: (given) => [content.parse(given).occasion],
  faults: ({ people }) => {
    const both = (people['talkedWithIds'] ?? []).some((id) => people['talkerIds']?.includes(id))
    return both ? [{ field: 'talkedWithIds', message: '同一个人不能既是谈的又是被谈的，请去掉一边。' }] : []
  },
  confined: true,
  place: 'never',
  tag: 'heart_talk',
  purpose: '支委之间、支委和党员之间、党员之间谈过心的，记谁和谁、哪天谈的。',
  hint: '只有参加的人和支部、上级管记录的同志看得到；不写谈话内容。',
})

const named = z.object({ id: z.string(), name: z.string() })
export const heartTalkCoverage = z.object({
  organization: named,
  year: z.number().int(),
  /** Pairs of committee members, each once; the day they first talked in the year, or null. */
  committee: z.array(z.object({ one: named, other: named, on: civilDate.nullable() })),
  /** Members outside the committee: when somebody of the committee talked with each, and when another member did. */
  members: z.array(z.object({ person: named, withCommittee: civilDate.nullable(), withMember: civilDate.nullable() })),
})
export type HeartTalkCoverage = z.infer<typeof heartTalkCoverage>

export const showHeartTalkCoverage = endpoint({
  method: 'GET',
  path: '/api/v1/heart-talks/coverage',
  tag: '谈心谈话',
  summary: '一个支部一年里谁和谁谈过、还差谁；不含谈话内容',
  query: z.strictObject({ organization: organizationId, year: z.coerce.number().int().min(2000).max(2100).optional() }),
  reply: heartTalkCoverage,
})
