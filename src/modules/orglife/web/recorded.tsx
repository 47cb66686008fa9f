import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import './meeting-form.css'

export interface Satisfied {
  readonly requirement: string
  readonly title: string
  readonly period: string
  readonly late: boolean
}

export interface RecordedMeeting {
  readonly id: string
  readonly satisfied: readonly Satisfied[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/** `四季度支部党员大会每季度一次 ✓`; the year only where it is not this one. */
export function servedInWords(served: readonly Satisfied[], today: string): string {
  return served.map((each) => `${shortPeriod(each.period, today)} ${each.title} ✓`).join('，')
}

function shortPeriod(name: string, today: string): string {
  const whole = periodInChinese(period(name))
  if (!name.startsWith(today.slice(0, 4))) return whole
  return whole.slice(5) || '今年'
}

/** What came of it: what the record satisfied, what to look at, and where to go on. */
export function Recorded(props: { title: string; result: RecordedMeeting; address?: string; onAgain?: () => void }) {
  const heading = useRef<HTMLDivElement>(null)
  const { result } = props
  useEffect(() => {
    heading.current?.focus()
    scrollTo(0, 0)
  }, [])
  return (
    <div ref={heading} tabIndex={-1} role="status" aria-label={props.title} style={{ outline: 'none' }}>
      <Panel title={props.title}>
        {result.satisfied.length > 0 ? (
          <>
            <p style={{ marginTop: 0 }}>这一次记录同时满足：</p>
            <ul className="meeting-done">
              {result.satisfied.map((each) => (
                <li key={`${each.requirement} ${each.period}`}>
                  <span className="meeting-tick" aria-hidden="true">
                    ✓
                  </span>
                  <span>{each.title}</span>
                  <span className="meeting-soft">
                    {each.requirement} · {periodInChinese(period(each.period))}
                  </span>
                  {each.late && <StatusTag tone="late">迟办</StatusTag>}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p style={{ marginTop: 0 }}>记录已保存。它暂不满足按期的要求，在记录页可以看到原因。</p>
        )}
        {result.warnings.map((warning) => (
          <div key={warning.code} className="meeting-warn">
            {warning.message}
          </div>
        ))}
        <div className="meeting-acts">
          <GoButton to="/" type="primary">
            回到待办
          </GoButton>
          <GoButton to={props.address ?? `/meetings/${result.id}`}>看这次记录</GoButton>
          {props.onAgain && <Button onClick={props.onAgain}>再记一次</Button>}
        </div>
      </Panel>
    </div>
  )
}
