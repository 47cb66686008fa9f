import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

permissions({
  'desk.collection.export': {
    title: '导出本组织的工作手册、年度情况和交接清单',
    roles: [...above, ...branchKeepers, 'unit_leader'],
  },
})
