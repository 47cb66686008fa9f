import { Input } from 'antd'
import { useId } from 'react'
import { Labelled } from '../../../ui/field-form.tsx'
import type { Entry } from './meeting-entry.client.ts'

/** When it began and ended; both may be left out. */
export function HoursLine({ entry, faults }: { entry: Entry; faults: ReadonlyMap<string, string> }) {
  const id = useId()
  const time = (field: 'startsAt' | 'endsAt', title: string) => (
    <Labelled id={`${id}-${field}`} title={title} optional error={faults.get(field)}>
      <Input
        id={`${id}-${field}`}
        type="time"
        value={entry.value[field]}
        aria-invalid={faults.has(field)}
        onChange={(event) => entry.change({ [field]: event.target.value })}
      />
    </Labelled>
  )
  return (
    <div className="meeting-pair">
      {time('startsAt', '开始时间')}
      {time('endsAt', '结束时间')}
    </div>
  )
}

/** 会议纪要: what was said, as far as the recorder wants to keep it. Any length, or nothing. */
export function MinutesPart({ entry, fault }: { entry: Entry; fault: string | undefined }) {
  const id = useId()
  return (
    <section className="meeting-part" aria-label="会议纪要">
      <h2>
        会议纪要 <small>可不填，多少字都行</small>
      </h2>
      <Input.TextArea
        aria-label="会议纪要"
        autoSize={{ minRows: 3, maxRows: 16 }}
        maxLength={20_000}
        value={entry.value.minutes}
        aria-invalid={fault !== undefined}
        {...(fault && { status: 'error' as const, 'aria-describedby': `${id}-fault` })}
        onChange={(event) => entry.change({ minutes: event.target.value })}
      />
      {fault && (
        <p id={`${id}-fault`} className="meeting-fault">
          {fault}
        </p>
      )}
    </section>
  )
}
