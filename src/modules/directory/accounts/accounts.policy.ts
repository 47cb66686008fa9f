import { permissions } from '../../../kernel/access/permissions.ts'

/** The system administrator keeps accounts, the security administrator lets them in; neither does the other's part. */
permissions({
  'directory.account.read': { title: '看账号', administrators: ['system', 'security'] },
  'directory.account.create': { title: '建账号', administrators: ['system'] },
  'directory.account.disable': { title: '停用账号', administrators: ['system'] },
  'directory.account.enable': { title: '重新启用账号', administrators: ['system'] },
  'directory.account.reset_password': { title: '发一次性密码', administrators: ['system'] },
  'directory.account.approve': { title: '批准账号', administrators: ['security'] },
  'directory.account.unlock': { title: '解除锁定', administrators: ['security'] },
  'directory.account.reset_second_factor': { title: '重置动态口令', administrators: ['security'] },
})
