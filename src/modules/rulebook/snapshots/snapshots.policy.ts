import { permissions } from '../../../kernel/access/permissions.ts'
import { everyBusinessRole } from '../../directory/grants/roles.contract.ts'

permissions({
  'rulebook.snapshot.freeze': { title: '冻结期间', roles: ['committee_officer'] },
  'rulebook.snapshot.supersede': { title: '重新冻结', roles: ['committee_officer'] },
  'rulebook.snapshot.download': { title: '下载冻结文件', roles: ['committee_officer'] },
  'rulebook.snapshot.replay': { title: '复核冻结', roles: ['committee_officer', 'committee_secretary', 'inspector'] },
  'rulebook.snapshot.read': { title: '看冻结的期间', roles: everyBusinessRole },
  'rulebook.snapshot.audit_seal': { title: '核验冻结文件的封签', administrators: ['audit'] },
})
