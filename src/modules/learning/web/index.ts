import type { PageRoute } from '../../../ui/page-route.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/training-classes',
    title: '学习培训',
    needs: 'learning.class.read',
    component: () => import('./class-list.page.tsx').then((page) => page.ClassListPage),
  },
  {
    path: '/training-classes/new',
    title: '办培训班',
    needs: 'learning.class.create',
    component: () => import('./new-class.page.tsx').then((page) => page.NewClassPage),
  },
  {
    path: '/training-classes/$id',
    title: '培训班',
    needs: 'learning.class.read',
    component: () => import('./class.page.tsx').then((page) => page.ClassDetailPage),
  },
  {
    path: '/training-classes/$id/correct',
    title: '更正培训班',
    needs: 'learning.class.correct',
    component: () => import('./correct-class.page.tsx').then((page) => page.CorrectClassPage),
  },
  {
    path: '/training-classes/$id/attendance',
    title: '登记出勤',
    needs: 'learning.class.attend',
    component: () => import('./attendance.page.tsx').then((page) => page.AttendancePage),
  },
  {
    path: '/hours',
    title: '学时账',
    needs: 'learning.hours.read',
    component: () => import('./hours.page.tsx').then((page) => page.HoursPage),
  },
  {
    path: '/study-records',
    title: '外派和自学',
    needs: 'learning.hours.read',
    component: () => import('./study-records.page.tsx').then((page) => page.StudyRecordsPage),
  },
  {
    path: '/study-records/corrections',
    title: '学时更正申请',
    needs: 'learning.hours.read',
    component: () => import('./corrections.page.tsx').then((page) => page.CorrectionsPage),
  },
  {
    path: '/study-records/$id',
    title: '学习记录',
    needs: 'learning.hours.read',
    component: () => import('./study-record.page.tsx').then((page) => page.StudyRecordPage),
  },
  {
    path: '/training-coverage',
    title: '培训覆盖',
    needs: 'learning.plan.read',
    component: () => import('./coverage.page.tsx').then((page) => page.CoveragePage),
  },
]
