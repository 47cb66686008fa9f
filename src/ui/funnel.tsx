import { useMemo } from 'react'
import { ChartFrame } from './chart-frame.tsx'
import { fonts, palette } from './theme.ts'

export interface FunnelProps {
  readonly caption: string
  /** From the widest step to the narrowest. */
  readonly steps: readonly { readonly name: string; readonly count: number; readonly note?: string }[]
  readonly onPick?: (stepIndex: number) => void
  readonly height?: number
}

const shades = ['#4a5560', '#5b6873', '#1b5e8a', '#1b6f74', '#1b7f5c', '#0f5b41']

/** How many reached each step; the table behind shows the same. */
export function Funnel(props: FunnelProps) {
  const { steps, caption } = props
  const option = useMemo(
    () => ({
      textStyle: { fontFamily: fonts },
      color: shades,
      series: [
        {
          type: 'funnel' as const,
          sort: 'none' as const,
          left: 8,
          right: '38%',
          top: 4,
          bottom: 4,
          gap: 2,
          minSize: '4%',
          label: { position: 'right' as const, color: palette.ink, formatter: '{b}  {c}' },
          data: steps.map((step) => ({ name: step.name, value: step.count })),
        },
      ],
    }),
    [steps],
  )
  const table = (
    <table>
      <caption>{caption}</caption>
      <tbody>
        {steps.map((step) => (
          <tr key={step.name}>
            <th scope="row">{step.name}</th>
            <td>{step.count}</td>
            <td>{step.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
  return (
    <ChartFrame
      caption={caption}
      option={option}
      height={props.height ?? 40 * steps.length + 8}
      onPick={props.onPick}
      table={table}
    />
  )
}
