import { z } from 'zod'
import { above, branchKeepers, everyBusinessRole } from '../../directory/grants/roles.contract.ts'
import { defineEntryKind, inWords } from '../entries/entry-kind.contract.ts'

export const ceremonyForms = {
  oath: '重温入党誓词',
  application: '重温入党志愿书',
  birthday: '政治生日',
} as const
const form = z
  .array(z.enum(Object.keys(ceremonyForms) as [keyof typeof ceremonyForms, ...(keyof typeof ceremonyForms)[]]))
  .min(1, { error: '请选办了哪种仪式。' })
  .max(3)
  .meta({ title: '仪式', titles: ceremonyForms, help: '一起办的都选上' })

const content = z.object({
  forms: form,
  note: z.string().trim().max(500).optional().meta({ title: '备注', help: '可不写，不要求写体会' }),
})

/** 政治仪式 (D1.4): that it was held, when and by whom; nobody is judged by it. */
export const ceremonies = defineEntryKind({
  code: 'ceremony',
  noun: '政治仪式',
  collection: 'ceremonies',
  prefix: 'cer',
  content,
  roles: [{ role: 'attendee', field: 'attendeeIds', title: '参加人员', least: 0, most: 5000, usual: 'everybody' }],
  heldBy: ['branch', 'joint_branch', 'temporary_branch', 'group', 'general_branch', 'party_committee', 'unit', 'leading_group'],
  recorders: [...above, 'unit_leader', ...branchKeepers, 'group_leader'],
  readers: everyBusinessRole,
  columns: ['forms'],
  titleOf: ({ forms }) => inWords({ content }, 'forms', forms),
  labelsOf: (given) => content.parse(given).forms,
  place: 'offered',
  tag: 'oath_review',
  purpose: '重温入党誓词、入党志愿书和过政治生日，办过记一次，凡能计入的要求都计入。',
  hint: '只记办了什么、哪天、谁参加；不评价任何人。',
})
