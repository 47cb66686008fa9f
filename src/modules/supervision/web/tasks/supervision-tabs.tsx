import { useAbility } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/tabs.tsx'

const tabs = {
  desk: ['督办台', '/desk'],
  cases: ['督办事项', '/cases'],
  decisions: ['部署', '/decisions'],
  tasks: ['任务', '/tasks'],
  plans: ['方案', '/unit-plans'],
  papers: ['文书', '/papers'],
  dispatch: ['调度', '/dispatch'],
} as const

/** The ways into 督办: what is followed up, what those above decided, what is to be done, what units plan, what is written of it, how it stands by quarter. */
export function SupervisionTabs(props: { now: keyof typeof tabs }) {
  const needs: Readonly<Record<string, boolean>> = {
    desk: useAbility('desk.items.read'),
    papers: useAbility('supervision.paper.read'),
    dispatch: useAbility('supervision.dispatch.read'),
  }
  const shown = Object.entries(tabs).filter(([tab]) => needs[tab] ?? true)
  return <Tabs label="督办的几个页面" inBar tabs={shown.map(([, [label, to]]) => ({ label, to }))} now={tabs[props.now][1]} />
}
