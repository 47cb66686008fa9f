import { permissions } from '../../../kernel/access/permissions.ts'
import { everyBusinessRole } from '../../directory/grants/roles.contract.ts'

permissions({
  'learning.category.read': { title: '看课程类别和学时规则', roles: everyBusinessRole },
  'learning.category.add': { title: '添加课程类别', roles: ['committee_officer'] },
  'learning.crediting_rule.change': { title: '改学时规则', roles: ['committee_officer'] },
})
