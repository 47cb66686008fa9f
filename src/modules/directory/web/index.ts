import { lazy } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'

/** The first page anybody sees. Loaded alone: whatever this door hands out must be lazy, or it weighs on signing in. */
export const SignInPage = lazy(() => import('./sign-in.page.tsx').then((page) => ({ default: page.SignInPage })))

export { organizationFilter, personFilter } from './list-filters.tsx'
export { OrganizationPicker, OrganizationsPicker, PersonPicker, PersonsPicker } from './pickers.client.ts'

/** The parts of 我的设置 that belong to the account. */
export const OwnPassword = lazy(() => import('./own-password.tsx').then((panel) => ({ default: panel.OwnPassword })))
export const OwnSecondFactor = lazy(() => import('./own-second-factor.tsx').then((panel) => ({ default: panel.OwnSecondFactor })))

/** What one of the three administrators does and cannot do, said at the top of each of their pages. */
export { dutyLimit as administratorLimit } from './administrator-words.rules.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/organizations',
    title: '组织',
    component: () => import('./organizations.page.tsx').then((page) => page.OrganizationsPage),
    nav: { label: '组织', order: 5 },
    needs: 'directory.organization.view',
  },
  {
    path: '/organizations/$id',
    title: '组织',
    component: () => import('./organization.page.tsx').then((page) => page.OrganizationPage),
    needs: 'directory.organization.view',
  },
  {
    path: '/persons',
    title: '人员',
    component: () => import('./persons.page.tsx').then((page) => page.PersonsPage),
    nav: { label: '人员', order: 6 },
    needs: 'directory.person.list',
  },
  {
    path: '/persons/$id',
    title: '个人档案',
    component: () => import('./person.page.tsx').then((page) => page.PersonPage),
    needs: 'directory.person.view',
  },
  {
    path: '/roster-import',
    title: '从表格导入名册',
    component: () => import('./roster-import.page.tsx').then((page) => page.RosterImportPage),
    needs: 'directory.roster.view',
  },
  {
    path: '/working-days',
    title: '工作日历',
    component: () => import('./working-days.page.tsx').then((page) => page.WorkingDaysPage),
    needs: 'directory.working_days.read',
  },
  {
    path: '/accounts',
    title: '账号',
    component: () => import('./accounts.page.tsx').then((page) => page.AccountsPage),
    nav: { label: '账号', order: 20 },
    needs: 'directory.account.read',
  },
  {
    path: '/grants',
    title: '权限',
    component: () => import('./grants.page.tsx').then((page) => page.GrantsPage),
    nav: { label: '权限', order: 21 },
    needs: 'directory.grant.read',
  },
]
