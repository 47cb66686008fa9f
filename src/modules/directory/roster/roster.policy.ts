import { permissions } from '../../../kernel/access/permissions.ts'

const importers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'directory.roster.upload': { title: '上传名册', roles: importers },
  'directory.roster.apply': { title: '导入名册', roles: importers },
  'directory.roster.undo': { title: '撤销名册导入', roles: importers },
  'directory.roster.view': { title: '看名册导入的记录', roles: importers },
  'directory.roster.export': { title: '导出名册', roles: [...importers, 'branch_secretary'] },
})
