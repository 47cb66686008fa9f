import type { Lifecycle } from '../records/records.rules.ts'

/** 好做法 (R3): written from records, looked at by another, shown to the whole city by decision. */
export const exampleStates = {
  drafted: '草稿',
  proposed: '待审核',
  reviewed: '已审核，待发布',
  returned: '已退回',
  published: '市内已发布',
  withdrawn: '已撤回',
} as const
export type ExampleState = keyof typeof exampleStates

export const exampleVerbs = {
  amend: '修改',
  link: '关联记录',
  unlink: '去掉关联',
  propose: '报送审核',
  review: '审核通过',
  return: '退回修改',
  publish: '市内发布',
  withdraw: '撤回',
} as const
export type ExampleVerb = keyof typeof exampleVerbs

const writing = { link: 'drafted', unlink: 'drafted', amend: 'drafted', propose: 'proposed', withdraw: 'withdrawn' } as const

export const exampleLife: Lifecycle<ExampleState, ExampleVerb> = {
  noun: '好做法',
  states: exampleStates,
  verbs: exampleVerbs,
  table: {
    drafted: writing,
    proposed: { review: 'reviewed', return: 'returned', withdraw: 'withdrawn' },
    reviewed: { publish: 'published', return: 'returned', withdraw: 'withdrawn' },
    returned: { ...writing, link: 'returned', unlink: 'returned', amend: 'returned' },
    published: { withdraw: 'withdrawn' },
    withdrawn: {},
  },
}

export const exampleLinkKinds = {
  meeting: '会议',
  work_record: '工作纪实',
  case: '督办事项',
  task: '任务',
  problem: '问题',
} as const
export type ExampleLinkKind = keyof typeof exampleLinkKinds
