import { permissions } from '../../../kernel/access/permissions.ts'
import { everyBusinessRole } from '../../directory/grants/roles.contract.ts'

const editors = ['committee_officer'] as const

permissions({
  'learning.article.read': { title: '看调研文章', roles: everyBusinessRole },
  'learning.article.draft': { title: '写调研文章', roles: everyBusinessRole },
  'learning.article.correct': { title: '修改本人的调研文章', roles: everyBusinessRole },
  'learning.article.submit': { title: '提交本人的调研文章', roles: everyBusinessRole },
  'learning.article.withdraw': { title: '撤回调研文章', roles: everyBusinessRole },
  'learning.article.review': { title: '评审送到本人的调研文章', roles: everyBusinessRole },
  'learning.article.assign': { title: '把调研文章送评审', roles: editors },
  'learning.article.return': { title: '把调研文章退回修改', roles: editors },
  'learning.article.accept': { title: '给调研文章定稿', roles: editors },
  'learning.article.publish': { title: '发表调研文章', roles: editors },
})
