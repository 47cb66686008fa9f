import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { paperOf, said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { meetingKinds } from '../meetings/meetings.contract.ts'
import { itemStandings, type YearPlanItem, type YearPlanPage } from './year-plans.contract.ts'

const cells = (item: YearPlanItem): string[] => [
  `${item.month}月`,
  item.title,
  meetingKinds[item.kind],
  item.requirements.join('、') || '支部自定',
  itemStandings[item.standing],
]

/** A plan as a sheet, cancelled lines with their reason in it. */
export function yearPlanSheet(page: YearPlanPage): OutSheet {
  return {
    name: `${page.year}年计划`,
    columns: [
      { title: '月份', width: 8 },
      { title: '名称', width: 32 },
      { title: '类别', width: 16 },
      { title: '依据', width: 20 },
      { title: '情况', width: 14 },
      { title: '日期', width: 12 },
      { title: '理由', width: 40 },
    ],
    rows: page.items.map((item) => [...cells(item), item.meeting?.heldOn, item.reason]),
  }
}

/** A plan as a paper: one table, what was cancelled left out. */
export function yearPlanPaperOf(page: YearPlanPage): OfficialPaper {
  const items = page.items.filter(({ standing }) => standing !== 'cancelled')
  return paperOf(page.organization.name, {
    mark: `${page.organization.name}文件`.slice(0, 60),
    title: `${page.year}年度组织生活计划`,
    blocks: [
      said(`按照有关制度和本支部实际，${page.year}年安排组织生活${items.length}次，逐月如下。`),
      ...tabled(
        [
          ['月份', 10],
          ['名称', 34],
          ['类别', 22],
          ['依据', 20],
        ],
        items.map((item) => cells(item).slice(0, 4)),
      ),
    ],
    remark: page.approval,
    signedOn: page.approvedOn,
    standing: page.approvedOn === null ? '起草中，支部还没有通过' : null,
  })
}
