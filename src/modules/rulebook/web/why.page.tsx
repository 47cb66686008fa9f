import { Button } from 'antd'
import { periodName } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty } from '../../../ui/states.tsx'
import { cockpitAddress } from './addresses.rules.ts'
import { WhyPanel } from './why-panel.tsx'

/** One figure on a page of its own, everything unfolded: to send on and to print. */
export function WhyPage() {
  const [search] = useAddress()
  const { organization, period, tree, dimension, requirement } = search
  const title = '为什么是这个数'
  if (!organization || !periodName.safeParse(period).success || !period) {
    return (
      <Page title={title} narrow>
        <Empty sentence="地址里没有说是哪个数。请从驾驶舱点开一格。" next={<a href="/cockpit">去驾驶舱</a>} />
      </Page>
    )
  }
  return (
    <Page
      title={title}
      narrow
      crumbs={[{ label: '驾驶舱', to: cockpitAddress({ organization, period, ...(tree && { tree }) }) }]}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <Panel title="来由" note="数、算法、欠办、记录和条文">
        <WhyPanel
          key={JSON.stringify(search)}
          organization={organization}
          period={period}
          tree={tree}
          dimension={dimension}
          requirement={requirement}
          unfolded
        />
      </Panel>
    </Page>
  )
}
