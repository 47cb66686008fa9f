import { Go } from '../../../ui/go.tsx'
import './questions.css'

const tabs = {
  questions: ['疑问', '/questions'],
  lateness: ['按时记录', '/questions/lateness'],
  checks: ['检查通知', '/questions/checks'],
} as const

/** What the product asks about records, how punctually they are kept, which checks are announced. */
export function QuestionTabs(props: { now: keyof typeof tabs }) {
  return (
    <nav className="question-tabs" aria-label="记录情况的几个页面">
      {Object.entries(tabs).map(([tab, [label, to]]) => (
        <span key={tab} {...(tab === props.now && { 'aria-current': 'page' as const })}>
          {tab === props.now ? label : <Go to={to}>{label}</Go>}
        </span>
      ))}
    </nav>
  )
}
