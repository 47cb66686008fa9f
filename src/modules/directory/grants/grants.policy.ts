import { permissions } from '../../../kernel/access/permissions.ts'

/** The business proposes, the security administrator decides; nobody does both. */
permissions({
  'directory.grant.propose': { title: '提出权限建议', roles: ['committee_officer'] },
  'directory.grant.read': { title: '看权限', administrators: ['security'] },
  'directory.grant.decide': { title: '批准权限', administrators: ['security'] },
  'directory.grant.end': { title: '终止权限', administrators: ['security'] },
})
