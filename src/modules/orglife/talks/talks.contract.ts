import { z } from 'zod'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'
import { defineEntryKind, inWords } from '../entries/entry-kind.contract.ts'

export const audiences = {
  members: '党员群众',
  residents: '社区居民',
  villagers: '农村群众',
  enterprise: '企业职工',
  students: '学校师生',
  window: '窗口和一线',
  others: '其他',
} as const

const content = z.object({
  topic: z
    .string()
    .trim()
    .min(1, { error: '请写讲了什么。' })
    .max(100, { error: '主题不超过 100 个字。' })
    .meta({ title: '主题' }),
  audience: z
    .enum(Object.keys(audiences) as [keyof typeof audiences, ...(keyof typeof audiences)[]])
    .default('members')
    .meta({ title: '听众', titles: audiences }),
  listeners: z
    .number()
    .int()
    .min(1, { error: '人数至少为 1。' })
    .max(100_000)
    .optional()
    .meta({ title: '大约多少人', help: '可不填，多少都不作高低' }),
})

/** 微宣讲 (D2.6): a short talk at the grass roots. */
export const talks = defineEntryKind({
  code: 'talk',
  noun: '微宣讲',
  collection: 'talks',
  prefix: 'tlk',
  content,
  roles: [{ role: 'speaker', field: 'speakerIds', title: '宣讲人', least: 1, most: 5, usual: 'secretary' }],
  heldBy: ['branch', 'joint_branch', 'temporary_branch', 'general_branch', 'party_committee', 'unit', 'leading_group'],
  recorders: [...above, 'unit_leader', ...branchKeepers],
  readers: everyBusinessRole,
  columns: ['topic', 'audience', 'listeners'],
  titleOf: ({ topic }) => inWords({ content }, 'topic', topic),
  labelsOf: (given) => [content.parse(given).audience],
  place: 'asked',
  tag: 'micro_talk',
  purpose: '支部书记和党员到一线讲过的，讲一次记一次；听众多少不作高低。',
  hint: '写明讲了什么、在哪里讲、讲给谁听，不要求传照片。',
})
