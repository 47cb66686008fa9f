import { permissions } from '../../../kernel/access/permissions.ts'
import { everyBusinessRole } from '../../directory/grants/roles.contract.ts'

permissions({
  'rulebook.snapshot.freeze': { title: '冻结期间', roles: ['committee_officer'] },
  'rulebook.snapshot.supersede': { title: '重新冻结', roles: ['committee_officer'] },
  'rulebook.snapshot.download': { title: '下载冻结文件', roles: ['committee_officer'] },
  'rulebook.snapshot.replay': { title: '复核冻结', roles: ['committee_officer', 'committee_secretary', 'inspector'] },
  'rulebook.snapshot.read': { title: '看冻结的期间', roles: everyBusinessRole },
  'rulebook.snapshot.check_seal': { title: '核验冻结的封签', roles: everyBusinessRole, administrators: ['audit'] },
  'rulebook.snapshot.list_seals': { title: '看冻结的封签', administrators: ['audit'] },
})
