import { z } from 'zod'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'
import { defineEntryKind } from '../entries/entry-kind.contract.ts'

export const halves = { first: '上半年', second: '下半年', whole: '全年' } as const
const area = (title: string, help: string, least = 2) =>
  z
    .string()
    .trim()
    .min(least, { error: `请写${title}。` })
    .max(3000, { error: `${title}不超过 3000 个字。` })
    .meta({ title, help, area: true })

const content = z.object({
  span: z
    .enum(Object.keys(halves) as [keyof typeof halves, ...(keyof typeof halves)[]], { error: '请选写哪个时段。' })
    .meta({ title: '时段', titles: halves }),
  done: area('履行责任的情况', '研究、部署、培训、阵地管理做了什么，几句话即可'),
  lacking: area('不足和下一步', '没有的写“无”', 1),
})

/** 意识形态责任制履行报告 (D2.5): what was done with the responsibility, by organization and half year. */
export const ideologyReports = defineEntryKind({
  code: 'ideology-report',
  noun: '意识形态责任制报告',
  collection: 'ideology-reports',
  prefix: 'irp',
  content,
  roles: [],
  heldBy: ['working_committee', 'party_committee', 'general_branch', 'branch', 'joint_branch'],
  recorders: [...above, ...branchKeepers],
  readers: [...above, ...branchKeepers, 'unit_leader', 'discipline_secretary', 'inspector'],
  columns: ['span'],
  titleOf: (given) => `${halves[content.parse(given).span]}意识形态责任制履行情况`,
  labelsOf: (given) => [content.parse(given).span],
  place: 'never',
  purpose: '半年写一次责任落实到哪里；只写做了什么，不写谁说了什么。',
  hint: '只报责任落实的情况。不要写个人的言论，不要附聊天内容。',
})
