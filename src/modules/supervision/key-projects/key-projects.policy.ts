import { permissions } from '../../../kernel/access/permissions.ts'

/** Who keeps the register: the city's officers, secretary and deputy in their unit, and the discipline line. */
export const projectKeepers = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'discipline_secretary'] as const

/** A temporary branch is set up and dissolved by whoever arranges organizations. */
const arrangers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'supervision.key_project.read': { title: '看重点项目', roles: [...projectKeepers, 'unit_leader', 'inspector'] },
  // Supervisors and discipline officers are named by the project, not by a role; the query asks for the relation.
  'supervision.key_project.see': { title: '看自己监督的重点项目', everybody: 'in_business' },
  'supervision.key_project.enter': { title: '登记重点项目', roles: projectKeepers },
  'supervision.key_project.amend': { title: '更正重点项目', roles: projectKeepers },
  'supervision.key_project.start': { title: '开始重点项目', roles: projectKeepers },
  'supervision.key_project.close': { title: '办结重点项目', roles: projectKeepers },
  'supervision.key_project.reopen': { title: '重新进行重点项目', roles: projectKeepers },
  'supervision.key_project.withdraw': { title: '撤销重点项目登记', roles: projectKeepers },
  'supervision.key_project.found_branch': { title: '为重点项目设立临时党支部', roles: arrangers },
  'supervision.key_project.link_branch': { title: '关联临时党支部', roles: arrangers },
  'supervision.key_project.extend_branch': { title: '延长临时党支部', roles: arrangers },
  'supervision.key_project.dissolve_branch': { title: '撤销临时党支部', roles: arrangers },
})
