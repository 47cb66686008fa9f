import { permissions } from '../../../kernel/access/permissions.ts'

/** Rules bind the whole city: they are the working committee's to write. */
const writers = ['committee_officer'] as const

permissions({
  'rulebook.rule.edit': { title: '起草和修改制度草稿', roles: writers },
  'rulebook.rule.import': { title: '导入制度文件', roles: writers },
  'rulebook.rule.discard': { title: '作废制度草稿', roles: writers },
  'rulebook.rule.rehearse': { title: '试算制度草稿', roles: writers },
  'rulebook.rule.publish': { title: '发布制度', roles: writers },
  'rulebook.rule.end': { title: '停用制度或要求', roles: writers },
  'rulebook.rule.switch': { title: '启用或关闭要求', roles: writers },
})
