import { permissions } from '../../../kernel/access/permissions.ts'
import { above, branchKeepers } from '../../directory/grants/roles.contract.ts'

const writers = [...branchKeepers, ...above] as const
const reviewers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  // What is published is read by everybody who works here; the query asks for the rest.
  'supervision.example.see': { title: '看市内发布的好做法', everybody: 'in_business' },
  'supervision.example.read': {
    title: '看没有发布的好做法',
    roles: [...writers, 'unit_leader', 'discipline_secretary', 'inspector'],
  },
  'supervision.example.write': { title: '写好做法', roles: writers },
  'supervision.example.amend': { title: '修改好做法', roles: writers },
  'supervision.example.link': { title: '给好做法关联记录', roles: writers },
  'supervision.example.unlink': { title: '去掉好做法的关联', roles: writers },
  'supervision.example.propose': { title: '报送好做法', roles: writers },
  'supervision.example.review': { title: '审核好做法', roles: reviewers },
  'supervision.example.return': { title: '退回好做法', roles: reviewers },
  'supervision.example.publish': { title: '在市内发布好做法', roles: ['committee_officer'] },
  'supervision.example.withdraw': { title: '撤回好做法', roles: writers },
})
