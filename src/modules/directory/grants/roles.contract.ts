/** Roles with their Chinese names; `writes` says whether row-level security lets a holder write at all. */
export const roles = {
  committee_officer: { name: '工委工作人员', writes: true },
  unit_leader: { name: '单位领导', writes: true },
  committee_secretary: { name: '机关党委书记', writes: true },
  full_time_deputy: { name: '专职副书记', writes: true },
  discipline_secretary: { name: '纪委书记', writes: true },
  general_branch_secretary: { name: '总支书记', writes: true },
  branch_secretary: { name: '支部书记', writes: true },
  branch_committee_member: { name: '支部委员', writes: true },
  group_leader: { name: '党小组组长', writes: true },
  member: { name: '党员', writes: false },
  reviewer: { name: '评审人员', writes: true },
  inspector: { name: '检查人员', writes: true },
} as const
export type Role = keyof typeof roles

/** The three separated administrators: a grant of one excludes the other two and every business role. */
export const administrators = { system: '系统管理员', security: '安全管理员', audit: '审计管理员' } as const

/** Groups of roles that policies name. */
export const above = [
  'committee_officer',
  'committee_secretary',
  'full_time_deputy',
  'general_branch_secretary',
] as const satisfies readonly Role[]
export const branchKeepers = ['branch_secretary', 'branch_committee_member'] as const satisfies readonly Role[]
export const everyBusinessRole = Object.keys(roles) as Role[]
