import { Tabs } from '../../../ui/tabs.tsx'

const tabs = {
  questions: ['疑问', '/questions'],
  lateness: ['按时记录', '/questions/lateness'],
  checks: ['检查通知', '/questions/checks'],
} as const

/** What the product asks about records, how punctually they are kept, which checks are announced. */
export function QuestionTabs(props: { now: keyof typeof tabs }) {
  return (
    <Tabs
      label="记录情况的几个页面"
      inBar
      tabs={Object.values(tabs).map(([label, to]) => ({ label, to }))}
      now={tabs[props.now][1]}
    />
  )
}
