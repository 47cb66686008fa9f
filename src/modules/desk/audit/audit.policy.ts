import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'desk.audit.read': { title: '检索台账', administrators: ['audit'] },
  'desk.audit.export': { title: '导出台账', administrators: ['audit'] },
  'desk.audit.verify': { title: '核验台账', administrators: ['audit'] },
})
