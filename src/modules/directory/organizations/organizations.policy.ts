import { permissions } from '../../../kernel/access/permissions.ts'
import { everyBusinessRole } from '../grants/roles.contract.ts'

/** The working committee for the whole city; a unit's committee for the branches and groups of its unit. */
const arrangers = ['committee_officer', 'committee_secretary', 'full_time_deputy'] as const

permissions({
  'directory.organization.list': { title: '看组织名称和组织树', everybody: true },
  'directory.organization.view': { title: '看组织的现况和沿革', roles: everyBusinessRole },
  'directory.organization.arrange': { title: '调整各类组织的设置', roles: ['committee_officer'] },
  'directory.organization.create': { title: '设立组织', roles: arrangers },
  'directory.organization.rename': { title: '更改组织名称', roles: arrangers },
  'directory.organization.move': { title: '改变组织的隶属', roles: arrangers },
  'directory.organization.merge': { title: '合并组织', roles: arrangers },
  'directory.organization.split': { title: '分设组织', roles: arrangers },
  'directory.organization.dissolve': { title: '撤销组织', roles: arrangers },
})
