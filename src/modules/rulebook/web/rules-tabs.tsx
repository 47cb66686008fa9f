import { Go } from '../../../ui/go.tsx'
import { useAbility } from '../../../ui/session.tsx'
import './rules.css'

const tabs = {
  rules: ['目录', '/rules'],
  coverage: ['覆盖情况', '/rules/coverage'],
  drafts: ['起草和发布', '/rules/drafts'],
  requests: ['专项填报', '/data-requests'],
} as const
export type RulesTab = keyof typeof tabs

/** The three ways into the rules: what stands, what it covers, what is being written. */
export function RulesTabs(props: { now: RulesTab }) {
  const writes = useAbility('rulebook.rule.edit')
  const shown = (Object.keys(tabs) as RulesTab[]).filter((tab) => tab !== 'drafts' || writes)
  return (
    <nav className="rules-tabs" aria-label="制度的几个页面">
      {shown.map((tab) => {
        const [label, to] = tabs[tab]
        return (
          <span key={tab} {...(tab === props.now && { 'aria-current': 'page' as const })}>
            {tab === props.now ? label : <Go to={to}>{label}</Go>}
          </span>
        )
      })}
    </nav>
  )
}
