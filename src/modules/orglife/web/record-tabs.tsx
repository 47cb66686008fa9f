import { holds, useSession } from '../../../ui/session.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { entryKinds } from '../entries/kinds.contract.ts'

const tabs = [
  { label: '会议', to: '/meetings', needs: 'orglife.meeting.read' },
  ...entryKinds.map(({ noun, collection, permission }) => ({ label: noun, to: `/${collection}`, needs: `${permission}.read` })),
  { label: '议定事项', to: '/resolutions', needs: 'orglife.resolution.read' },
  { label: '我的记录', to: '/my-facts', needs: 'orglife.fact.read_own' },
  { label: '工作纪实', to: '/work-records', needs: 'orglife.work_record.read' },
  { label: '年度计划', to: '/year-plans', needs: 'orglife.year_plan.read' },
  { label: '通知', to: '/circulars', needs: 'orglife.circular.read' },
  { label: '请示报告', to: '/request-reports', needs: 'orglife.request_report.read' },
  { label: '党员请示', to: '/member-requests', needs: 'orglife.member_request.read' },
  { label: '专项考察', to: '/political-checks', needs: 'orglife.political_check.read' },
  { label: '意识形态责任制', to: '/ideology', needs: 'orglife.ideology_keeper.read' },
]

/** Every kind of record of organisation life, one beside the other. */
export function RecordTabs(props: { now: string }) {
  const session = useSession()
  return <Tabs label="组织生活的几类记录" tabs={tabs.filter(({ needs }) => holds(session, needs))} now={props.now} />
}
