import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ChartOption } from './chart-canvas.tsx'
import styles from './chart.module.css'
import { Loading } from './states.tsx'
import { words } from './words.ts'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx').then((canvas) => ({ default: canvas.ChartCanvas })))

export interface ChartFrameProps {
  readonly caption: string
  readonly option: ChartOption
  readonly height?: number
  readonly onPick?: ((index: number) => void) | undefined
  /** The same figures as a table; always there for those who hear, shown at a press for those who see. */
  readonly table: ReactNode
}

/** A chart with its table behind it. */
export function ChartFrame(props: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={styles.chart}>
      <figcaption>
        <span>{props.caption}</span>
        <Button type="link" size="small" onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </Button>
      </figcaption>
      {!asTable && (
        <Suspense fallback={<Loading />}>
          <ChartCanvas option={props.option} height={props.height ?? 240} onPick={props.onPick} />
        </Suspense>
      )}
      <div className={asTable ? styles.shown : styles.heard}>{props.table}</div>
    </figure>
  )
}
