import { type ReactNode, useRef } from 'react'
import type { z } from 'zod'
import { FigureCell } from '../../../ui/figure-cell.tsx'
import { Go } from '../../../ui/go.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { Empty } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useAddress } from '../../../ui/address.ts'
import { useKeys } from '../../../ui/use-keys.ts'
import type { cockpit } from '../../rulebook/indicators/indicators.contract.ts'
import { type Dimension, dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import { cockpitAddress, figureParts } from '../../rulebook/web/index.ts'
import { ownLine } from './cockpit-own.rules.ts'
import './cockpit.css'

export type Figures = z.output<(typeof cockpit)['reply']>
type Cell = Figures['total'][number]

export interface CockpitTableProps {
  readonly figures: Figures
  /** `org_1.D3`: the figure whose reason is shown. */
  readonly selected: string | null
  readonly stale: boolean
  readonly onPick: (cell: string) => void
}

const six = Object.entries(dimensions) as readonly (readonly [Dimension, string])[]

/** Direct children in the organization's own order × six dimensions, then the total. A table at the desk, cards on a phone. */
export function CockpitTable(props: CockpitTableProps) {
  const phone = usePhone()
  const body = useRef<HTMLDivElement>(null)
  useKeys(body, (event) => moveByArrow(event, body.current))
  if (props.figures.rows.length === 0 && props.figures.total.every(isBlank)) {
    return <Empty sentence="这里没有下级组织，也没有应办事项。请换一期，或回到上级看。" />
  }
  return (
    <div ref={body} className={props.stale ? 'cockpit-stale' : undefined}>
      {props.figures.total.every(isBlank) && (
        <p className="cockpit-nothing" role="status">
          这一期没有应办事项：还没有开始计数，或没有适用的要求。可以往后换一期看。
        </p>
      )}
      {phone ? <Cards {...props} /> : <Table {...props} />}
      <Legend />
    </div>
  )
}

const isBlank = (cell: Cell): boolean => Object.values(cell.counts).every((count) => count === 0)

function Table(props: CockpitTableProps) {
  const lines = useLines(props)
  return (
    <div className="cockpit-scroll">
      <table className="cockpit-table" aria-label={`${props.figures.organization.name} 各单位六个维度`}>
        <thead>
          <tr>
            <th scope="col">组织</th>
            {six.map(([code, title]) => (
              <th key={code} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={line.total ? 'cockpit-total' : undefined} data-line={line.key}>
              <th scope="row">{line.heading}</th>
              {line.cells.map((cell) => (
                <td key={cell.dimension}>
                  <OneFigure {...props} line={line} cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards(props: CockpitTableProps) {
  const lines = useLines(props)
  return (
    <ul className="cockpit-cards" aria-label={`${props.figures.organization.name} 各单位六个维度`}>
      {lines.map((line) => (
        <li key={line.key} data-line={line.key}>
          <h3>{line.heading}</h3>
          <div className="cockpit-grid">
            {line.cells.filter(applies).map((cell) => (
              <div key={cell.dimension}>
                <span className="cockpit-dimension">{dimensions[cell.dimension as Dimension]}</span>
                <OneFigure {...props} line={line} cell={cell} />
              </div>
            ))}
          </div>
          <NotApplicable cells={line.cells} />
        </li>
      ))}
    </ul>
  )
}

const applies = (cell: Cell): boolean => !isBlank(cell)

/** On a phone six dots are six lines; they are said in one. */
function NotApplicable(props: { cells: readonly Cell[] }) {
  const names = props.cells.filter(isBlank).map((cell) => dimensions[cell.dimension as Dimension])
  return names.length === 0 ? null : <small>· 不适用：{names.join('、')}</small>
}

interface Line {
  readonly key: string
  readonly name: string
  readonly heading: ReactNode
  readonly cells: readonly Cell[]
  readonly total?: boolean
  /** Its figures open their reason; what is only a difference leads to its own duties instead. */
  readonly opens: boolean
}

function useLines(props: CockpitTableProps): Line[] {
  const { figures } = props
  const [search] = useAddress()
  const kept = { ...(search.period && { period: search.period }), ...(search.tree && { tree: search.tree }) }
  const rows = figures.rows.map(({ organization, cells }): Line => {
    const heading = <Go to={cockpitAddress({ organization: organization.id, ...kept })}>{organization.name}</Go>
    return { key: organization.id, name: organization.name, heading, cells, opens: true }
  })
  const own = ownLine(figures)
  const { id, name } = figures.organization
  const ownHeading = (
    <>
      <Go to={cockpitAddress({ organization: id, ...kept, view: 'own' })}>本级</Go>
      <small>合计减去各行</small>
    </>
  )
  return [
    ...rows,
    ...(own ? [{ key: 'own', name: `${name} 本级`, heading: ownHeading, cells: own, opens: false }] : []),
    { key: id, name: `${name} 合计`, heading: '合计', cells: figures.total, total: true, opens: true },
  ]
}

function OneFigure(props: CockpitTableProps & { line: Line; cell: Cell }) {
  const { line, cell } = props
  const key = `${line.key}.${cell.dimension}`
  const parts = figureParts(cell.counts)
  return (
    <FigureCell
      {...parts}
      label={`${line.name} ${dimensions[cell.dimension as Dimension] ?? cell.dimension}`}
      selected={props.selected === key}
      {...(line.opens && { onClick: () => props.onPick(key) })}
    />
  )
}

function Legend() {
  return (
    <div className="cockpit-legend">
      <StatusTag tone="done">已办</StatusTag>
      <StatusTag tone="late">迟办</StatusTag>
      <StatusTag tone="short">未达标</StatusTag>
      <StatusTag tone="missing">未报</StatusTag>
      <StatusTag tone="pending">未到期</StatusTag>
      <span>－ 豁免</span>
      <span>· 不适用</span>
      <span>每格：已办（含迟办）/ 应办，只计“应当”类要求</span>
    </div>
  )
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** The figures that open, line by line. */
function figuresIn(body: HTMLElement): HTMLElement[][] {
  return [...body.querySelectorAll('[data-line]')]
    .map((line) => [...line.querySelectorAll<HTMLElement>('button')])
    .filter((line) => line.length > 0)
}

/** The arrows go from figure to figure, as in a sheet; Enter and the space bar are the button's own. */
function moveByArrow(event: KeyboardEvent, body: HTMLElement | null): void {
  const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : steps[event.key]
  if (!step || !body || !(event.target instanceof HTMLElement)) return
  const from = event.target
  const lines = figuresIn(body)
  const at = lines.findIndex((line) => line.includes(from))
  if (at < 0) return
  const to = lines[at + step[0]]?.[(lines[at] ?? []).indexOf(from) + step[1]]
  if (!to) return
  event.preventDefault()
  to.focus()
}
