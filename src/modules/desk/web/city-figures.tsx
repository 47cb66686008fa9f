import { Suspense } from 'react'
import { period as parse, periodInChinese } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Panel } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { Loading } from '../../../ui/states.tsx'
import { type Dimension, dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { WhyPanel } from '../../rulebook/web/index.ts'
import { CockpitTable, type Figures } from './cockpit-table.tsx'
import { CockpitTrend } from './cockpit-trend.tsx'
import './cockpit.css'
import { SupervisionFunnel } from './supervision-funnel.tsx'

export interface CellAsked {
  readonly organization: string
  readonly dimension: Dimension
}

/** `org_1.D3` in the address. */
export function cellOf(text: string | undefined): CellAsked | null {
  const [organization, dimension] = (text ?? '').split('.')
  return organization && dimension && dimension in dimensions ? { organization, dimension: dimension as Dimension } : null
}

interface CityProps {
  readonly figures: Figures
  readonly period: string
  readonly tree: 'as_was' | 'as_is'
  readonly stale: boolean
}

/** The table with the reason of one figure beside it; below, how it went and what is followed up. */
export function CityFigures(props: CityProps) {
  const { figures, period, tree } = props
  const [search, change] = useAddress()
  const follows = useAbility('supervision.case.read')
  const cell = cellOf(search.cell)
  return (
    <>
      <SplitView
        detail={
          cell && (
            <Suspense fallback={<Loading />}>
              <WhyPanel
                key={`${search.cell} ${period} ${tree} ${search.requirement ?? ''}`}
                organization={cell.organization}
                dimension={cell.dimension}
                requirement={search.requirement}
                period={period}
                tree={tree}
                onRequirement={(requirement) => change({ requirement })}
              />
            </Suspense>
          )
        }
        detailTitle="为什么是这个数"
        onClose={() => change({ cell: undefined, requirement: undefined })}
      >
        <Panel title="六个维度" note={`${periodInChinese(parse(period))}，按组织序排列，点任一格看来由`} flush>
          <CockpitTable
            figures={figures}
            selected={search.cell ?? null}
            stale={props.stale}
            onPick={(picked) => change({ cell: picked, requirement: undefined })}
          />
        </Panel>
      </SplitView>
      <div className="cockpit-below">
        <CockpitTrend organization={figures.organization} period={period} cell={cell} figures={figures} />
        {follows && <SupervisionFunnel organization={figures.organization.id} />}
      </div>
    </>
  )
}
