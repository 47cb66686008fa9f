import { FunnelChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

echarts.use([LineChart, FunnelChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export type ChartOption = Parameters<echarts.ECharts['setOption']>[0]

/** The drawing itself; loaded only where a chart is shown. What it shows also stands in a table, so it is hidden from hearing. */
export function ChartCanvas(props: { option: ChartOption; height: number; onPick?: ((index: number) => void) | undefined }) {
  const element = useRef<HTMLDivElement>(null)
  const chart = useRef<echarts.ECharts | null>(null)
  const { option, onPick } = props
  useEffect(() => {
    if (!element.current) return
    const drawn = echarts.init(element.current)
    chart.current = drawn
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true })
  }, [option])
  useEffect(() => {
    const drawn = chart.current
    if (!drawn || !onPick) return
    const pick = (event: { dataIndex?: number }) => event.dataIndex !== undefined && onPick(event.dataIndex)
    drawn.on('click', pick as never)
    return () => {
      if (!drawn.isDisposed()) drawn.off('click', pick as never)
    }
  }, [onPick])
  return <div ref={element} aria-hidden="true" style={{ height: props.height }} />
}
