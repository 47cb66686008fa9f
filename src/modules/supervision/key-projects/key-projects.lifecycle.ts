import type { Lifecycle } from '../records/records.rules.ts'

/** 重点项目 (D5.5): entered with its dates, begun, closed with its result; corrected with history all the way. */
export const projectStates = { planned: '筹备', running: '进行中', closed: '已办结', withdrawn: '已撤销登记' } as const
export type ProjectState = keyof typeof projectStates

export const projectVerbs = {
  amend: '更正',
  start: '开始',
  found_branch: '设立临时党支部',
  link_branch: '关联已有的临时党支部',
  extend_branch: '延长临时党支部',
  dissolve_branch: '撤销临时党支部',
  close: '办结',
  reopen: '重新进行',
  withdraw: '撤销登记',
} as const
export type ProjectVerb = keyof typeof projectVerbs

/** A branch outlives its project at times, so it can still be extended or dissolved when the project is closed. */
export const projectLife: Lifecycle<ProjectState, ProjectVerb> = {
  noun: '这个项目',
  states: projectStates,
  verbs: projectVerbs,
  table: {
    planned: {
      amend: 'planned',
      start: 'running',
      found_branch: 'planned',
      link_branch: 'planned',
      extend_branch: 'planned',
      dissolve_branch: 'planned',
      withdraw: 'withdrawn',
    },
    running: {
      amend: 'running',
      found_branch: 'running',
      link_branch: 'running',
      extend_branch: 'running',
      dissolve_branch: 'running',
      close: 'closed',
    },
    closed: { extend_branch: 'closed', dissolve_branch: 'closed', reopen: 'running' },
    withdrawn: { dissolve_branch: 'withdrawn' },
  },
}

export const projectKinds = { project: '重点工程', field: '重要领域', post: '关键岗位' } as const
export type ProjectKind = keyof typeof projectKinds
