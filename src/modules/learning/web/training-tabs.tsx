import { Tabs } from '../../../ui/tabs.tsx'

const tabs = {
  classes: ['培训班', '/training-classes'],
  plans: ['年度计划', '/training-plans'],
  hours: ['学时账', '/hours'],
  records: ['外派和自学', '/study-records'],
  coverage: ['培训覆盖', '/training-coverage'],
  reading: ['荐书', '/reading-lists'],
  studies: ['学习计划', '/study-plans'],
  articles: ['调研文章', '/articles'],
} as const

export const crumbs = [
  { label: '会议', to: '/meetings' },
  { label: '工作纪实', to: '/work-records' },
]

/** The pages of training, one beside the other. */
export function TrainingTabs(props: { now: keyof typeof tabs }) {
  return (
    <Tabs label="学习培训的几个页面" tabs={Object.values(tabs).map(([label, to]) => ({ label, to }))} now={tabs[props.now][1]} />
  )
}
