import { period as parse, periodInChinese } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { type TrendPoint, TrendChart } from '../../../ui/trend-chart.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type Counts, trend } from '../../rulebook/indicators/indicators.contract.ts'
import { dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { figureParts } from '../../rulebook/web/index.ts'
import type { CellAsked } from './city-figures.tsx'
import type { Figures } from './cockpit-table.tsx'

interface TrendProps {
  readonly organization: { readonly id: string; readonly name: string }
  readonly period: string
  readonly cell: CellAsked | null
  readonly figures: Figures
}

const length = 8

/** The last eight periods as a line, the whole and the figure opened beside; a press on a period goes there. */
export function CockpitTrend(props: TrendProps) {
  const { organization, period, cell, figures } = props
  const [, change] = useAddress()
  const whole = useCall(trend, { query: { organization: organization.id, period, count: length } }, { keepPrevious: true })
  const one = useCall(
    trend,
    cell && { query: { organization: cell.organization, dimension: cell.dimension, period, count: length } },
  )
  return (
    <Panel title="走势" note="已办（含迟办）占应办的比；没有应办的期间断开">
      <Loaded query={whole}>
        {({ items }) => {
          const line = items.map((item) => pointOf(item.counts))
          if (line.every((point) => point === null)) return <Empty sentence="这几期都没有到期应办的事项，还画不出走势。" />
          const of =
            figures.rows.find((row) => row.organization.id === cell?.organization)?.organization.name ?? organization.name
          const chosen = cell &&
            one.data && {
              name: `${of} ${dimensions[cell.dimension]}`,
              shares: one.data.items.map((item) => pointOf(item.counts)),
            }
          return (
            <TrendChart
              caption={`${organization.name} 近 ${items.length} 期`}
              periods={items.map((item) => periodInChinese(parse(item.period)))}
              series={[{ name: '合计', shares: line }, ...(chosen ? [chosen] : [])]}
              onPick={(at) => change({ period: items[at]?.period })}
            />
          )
        }}
      </Loaded>
    </Panel>
  )
}

function pointOf(counts: Counts): TrendPoint | null {
  const { n, m } = figureParts(counts)
  return m > 0 ? { n, m } : null
}
