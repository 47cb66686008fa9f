import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { Go } from '../../../../ui/go.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { frozenNotice } from '../../snapshots/snapshots.contract.ts'
import './snapshots.css'
import { snapshotAddress } from './snapshot-words.rules.ts'

/** One line where a frozen period is shown: since when, and how much changed. Nothing while nothing is frozen. */
export function FrozenNotice(props: { organization: string; period: string }) {
  const read = useCall(frozenNotice, { query: { organization: props.organization, period: props.period } })
  const found = read.data?.frozen
  if (!found) return null
  const since = found.changed === 0 ? '之后没有变化' : `之后有 ${found.changed} 处变化`
  const sentence = `本期已于 ${inChinese(found.on)}冻结，${since}。`
  return (
    <p role="note" className="frozen-notice">
      {found.id ? <Go to={snapshotAddress(found.id)}>{sentence}</Go> : sentence}
    </p>
  )
}
