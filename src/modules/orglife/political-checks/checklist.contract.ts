/** What a question is filled from. */
export const sources = ['discipline', 'requests', 'life', 'ceremonies', 'duties'] as const
export type Source = (typeof sources)[number]

export interface CheckQuestion {
  readonly code: string
  readonly clause: string
  readonly question: string
  /** Null while no records are kept here: then the checker looks at paper, and the page says so. */
  readonly source: Source | null
}

/** The checklist of D1.4. Each check keeps the questions as it asked them, so a change here leaves earlier checks as they were. */
export const checklist: readonly CheckQuestion[] = [
  { code: 'discipline', clause: 'D1.4', question: '纪律规矩：学习党规党纪是否经常', source: 'discipline' },
  { code: 'requests', clause: 'D1.4', question: '请示报告：该请示的是否事前请示，办完是否报结果', source: 'requests' },
  { code: 'life', clause: 'D1.4', question: '组织生活：各类会议和谈心谈话是否正常开展', source: 'life' },
  { code: 'ceremonies', clause: 'D1.4', question: '政治仪式：是否重温入党誓词和入党志愿书', source: 'ceremonies' },
  { code: 'admission', clause: 'D1.4', question: '发展党员：是否把政治标准放在第一位', source: null },
  { code: 'duties', clause: 'D1.4', question: '专项考察制各项要求现在办到哪里', source: 'duties' },
]

export const noSource = '系统里还没有发展党员的记录，请看纸质材料后填写'
