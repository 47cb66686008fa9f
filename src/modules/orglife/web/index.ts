import { lazy } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'
import { entryKinds } from '../entries/kinds.contract.ts'
import { entryPages } from './entry-pages.client.ts'
import { factPages } from './fact-pages.client.ts'
import { reportPages } from './reports/pages.client.ts'

export { draftKeyOf, recordAddress } from './meeting-entry.rules.ts'
export { entryAddress, entryDraftKey } from './entry-entry.rules.ts'
export { workAddress, workDraftKey } from './work-record-entry.rules.ts'

/** Bringing in a year of old records from a sheet, whatever their kind. */
export const ImportSheet = lazy(() => import('./import-sheet.tsx').then((page) => ({ default: page.ImportSheet })))

const recorders = 'orglife.meeting.record'

export const pages: readonly PageRoute[] = [
  ...entryKinds.flatMap(entryPages),
  {
    path: '/meetings',
    title: '会议',
    needs: 'orglife.meeting.read',
    nav: { label: '会议', order: 3 },
    component: () => import('./meeting-list.page.tsx').then((page) => page.MeetingListPage),
  },
  {
    path: '/meetings/new',
    title: '记一次会议',
    needs: recorders,
    component: () => import('./record-meeting.page.tsx').then((page) => page.RecordMeetingPage),
  },
  {
    path: '/meetings/import',
    title: '补录旧会议',
    needs: 'orglife.meeting.import',
    component: () => import('./import-meetings.page.tsx').then((page) => page.ImportMeetingsPage),
  },
  {
    path: '/work-records/import',
    title: '补录旧工作纪实',
    needs: 'orglife.work_record.import',
    component: () => import('./import-work.page.tsx').then((page) => page.ImportWorkPage),
  },
  {
    path: '/meetings/plan',
    title: '预定会议',
    needs: 'orglife.meeting.plan',
    component: () => import('./plan-meeting.page.tsx').then((page) => page.PlanMeetingPage),
  },
  {
    path: '/meetings/$id',
    title: '会议记录',
    needs: 'orglife.meeting.read',
    component: () => import('./meeting.page.tsx').then((page) => page.MeetingDetailPage),
  },
  {
    path: '/meetings/$id/correct',
    title: '更正会议记录',
    needs: 'orglife.meeting.correct',
    component: () => import('./correct-meeting.page.tsx').then((page) => page.CorrectMeetingPage),
  },
  ...factPages,
  {
    path: '/resolutions',
    title: '议定事项',
    needs: 'orglife.resolution.read',
    component: () => import('./resolutions.page.tsx').then((page) => page.ResolutionsPage),
  },
  {
    path: '/questions',
    title: '有疑问的记录',
    needs: 'orglife.question.read',
    component: () => import('./questions.page.tsx').then((page) => page.QuestionsPage),
  },
  {
    path: '/questions/lateness',
    title: '按时记录情况',
    needs: 'orglife.lateness.read',
    component: () => import('./lateness.page.tsx').then((page) => page.LatenessPage),
  },
  {
    path: '/questions/checks',
    title: '检查通知',
    needs: 'orglife.check.read',
    component: () => import('./checks.page.tsx').then((page) => page.ChecksPage),
  },
  {
    path: '/work-records',
    title: '工作纪实',
    needs: 'orglife.work_record.read',
    component: () => import('./work-record-list.page.tsx').then((page) => page.WorkRecordListPage),
  },
  {
    path: '/work-records/new',
    title: '记工作纪实',
    needs: 'orglife.work_record.record',
    component: () => import('./record-work.page.tsx').then((page) => page.RecordWorkPage),
  },
  {
    path: '/work-records/$id',
    title: '工作纪实',
    needs: 'orglife.work_record.read',
    component: () => import('./work-record.page.tsx').then((page) => page.WorkRecordDetailPage),
  },
  {
    path: '/work-records/$id/correct',
    title: '更正工作纪实',
    needs: 'orglife.work_record.correct',
    component: () => import('./correct-work.page.tsx').then((page) => page.CorrectWorkPage),
  },
  ...reportPages,
]
