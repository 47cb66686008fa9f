import { useAbility } from '../../../ui/session.tsx'
import { Tabs } from '../../../ui/tabs.tsx'

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
  const pages = shown.map((tab) => ({ label: tabs[tab][0], to: tabs[tab][1] }))
  return <Tabs label="制度的几个页面" inBar tabs={pages} now={tabs[props.now][1]} />
}
