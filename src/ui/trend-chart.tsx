import { useMemo } from 'react'
import { ChartFrame } from './chart-frame.tsx'
import { fonts, palette } from './theme.ts'
import { words } from './words.ts'

export interface TrendPoint {
  readonly n: number
  /** The base; a percentage is never shown without it. */
  readonly m: number
}

export interface TrendChartProps {
  readonly caption: string
  /** The periods' names, in order. */
  readonly periods: readonly string[]
  /** One line each; null where nothing was due. */
  readonly series: readonly { readonly name: string; readonly shares: readonly (TrendPoint | null)[] }[]
  readonly onPick?: (periodIndex: number) => void
  readonly height?: number
}

const colours = [palette.red, palette.link, palette.done, palette.missing, palette.lateText, palette.soft]
const shapes = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect']

/** Shares over periods as lines, each point `n / m`; the table behind shows the same. */
export function TrendChart(props: TrendChartProps) {
  const { periods, series } = props
  const option = useMemo(
    () => ({
      textStyle: { fontFamily: fonts },
      color: colours,
      grid: { left: 48, right: 16, top: 12, bottom: 56 },
      legend: { bottom: 0, type: 'scroll' as const, textStyle: { color: palette.soft } },
      // Rich text draws on the canvas: a tooltip of HTML needs style attributes, which the security policy forbids.
      tooltip: {
        trigger: 'axis' as const,
        renderMode: 'richText' as const,
        formatter: (points: unknown) => tooltipText(points as readonly { dataIndex: number; seriesIndex: number }[], props),
      },
      xAxis: {
        type: 'category' as const,
        data: [...periods],
        axisLabel: { color: palette.soft },
        axisLine: { lineStyle: { color: palette.line } },
      },
      yAxis: {
        type: 'value' as const,
        min: 0,
        max: 100,
        axisLabel: { formatter: '{value}%', color: palette.soft },
        splitLine: { lineStyle: { color: palette.line } },
      },
      series: series.map((line, at) => ({
        name: line.name,
        type: 'line' as const,
        symbol: shapes[at % shapes.length] ?? 'circle',
        symbolSize: 7,
        data: line.shares.map((point) => (point && point.m > 0 ? Math.round((point.n / point.m) * 1000) / 10 : null)),
      })),
    }),
    [periods, series, props],
  )
  return (
    <ChartFrame
      caption={props.caption}
      option={option}
      height={props.height ?? 240}
      onPick={props.onPick}
      table={<TrendTable {...props} />}
    />
  )
}

function tooltipText(points: readonly { dataIndex: number; seriesIndex: number }[], props: TrendChartProps): string {
  const at = points[0]?.dataIndex ?? 0
  const lines = points.map(
    ({ seriesIndex }) => `${props.series[seriesIndex]?.name ?? ''}  ${figure(props.series[seriesIndex]?.shares[at])}`,
  )
  return [props.periods[at], ...lines].join('\n')
}

function figure(point: TrendPoint | null | undefined): string {
  return point ? `${point.n} / ${point.m}` : '·'
}

function TrendTable(props: TrendChartProps) {
  return (
    <table>
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.period}</th>
          {props.periods.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.series.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            {props.periods.map((name, at) => (
              <td key={name}>{figure(line.shares[at])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
