import { permissions } from '../../../kernel/access/permissions.ts'
import { branchKeepers } from '../../directory/grants/roles.contract.ts'

permissions({
  'orglife.birthdays.switch': { title: '开启或关闭政治生日提示', roles: branchKeepers },
  'orglife.birthdays.decline': { title: '同意或不同意提示自己的政治生日', everybody: 'in_business' },
})
