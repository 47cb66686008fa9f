import { z } from 'zod'
import { organizationKind } from '../../directory/organizations/organizations.contract.ts'

/** What the record of a practice may ask for besides what was done. */
export const tagFieldTitles = { hours: '学时', persons: '参加人员', quantity: '数量', place: '地点' } as const
export type TagField = keyof typeof tagFieldTitles

const chinese = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .regex(/\p{Script=Han}/u, { error: '请用中文写。' })

const word = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, { error: '代号请用小写字母开头，后接小写字母、数字或下划线。' })

const choice = z.strictObject({ code: word.meta({ title: '代号' }), title: chinese(1, 20).meta({ title: '名称' }) })

/** The code of a tag as a measure's parameter and a record name it. */
export const tagCode = word.meta({ title: '标签代号' })

/** A tag of work records: a practice that a document asks for and no module of its own records. */
export const rulebookTag = z.strictObject({
  code: tagCode,
  title: chinese(2, 30).meta({ title: '标签名称' }),
  hint: chinese(4, 200).meta({ title: '怎么记' }),
  fields: z
    .array(z.enum(Object.keys(tagFieldTitles) as [TagField, ...TagField[]]))
    .max(4)
    .default([])
    .meta({ title: '还要记什么' }),
  unit: chinese(1, 6).optional().meta({ title: '数量单位' }),
  categories: z.array(choice).max(20).default([]).meta({ title: '类别' }),
  quality: z.array(choice).max(6).default([]).meta({ title: '质量等次' }),
  for: z.array(organizationKind).max(12).default([]).meta({ title: '通常由谁记' }),
})
export type RulebookTag = z.output<typeof rulebookTag>
