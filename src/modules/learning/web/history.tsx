import { Panel } from '../../../ui/page.tsx'
import './training.css'

interface Revision {
  readonly revision: number
  readonly recordedAt: string
  readonly by: string
  readonly reason: string | null
}

/** How a record came to be what it is. */
export function History({ items }: { items: readonly Revision[] }) {
  return (
    <Panel title="经过">
      {items.map((each) => (
        <p key={each.revision} className="training-soft">
          第 {each.revision} 版 {each.recordedAt.slice(0, 10)} {each.by}
          {each.reason && `：${each.reason}`}
        </p>
      ))}
    </Panel>
  )
}
