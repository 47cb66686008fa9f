import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import {
  type DualLifeFacts,
  dualLifeFacts,
  type DualLifeLine,
  sentenceOf,
  showDualLifeProposal,
  type spans,
} from '../dual-life/dual-life.contract.ts'
import type { EntryForm } from '../entries/entry-endpoints.contract.ts'
import './meeting-form.css'

/** What the report will say, from the records as they stand, before it is made. */
export function DualLifeProposal({ form, values }: { form: EntryForm; values: Readonly<Record<string, unknown>> }) {
  const heldOn = values['heldOn'] as string | undefined
  const span = values['span'] as keyof typeof spans | undefined
  const organization = form.organization.id
  const query = { organization, ...(heldOn && { heldOn }), ...(span && { span }) }
  return <Loaded query={useCall(showDualLifeProposal, { query })}>{(facts) => <Lines facts={facts} />}</Loaded>
}

/** What the report said, on its page. */
export function DualLifeShown({ content }: { content: Readonly<Record<string, unknown>> }) {
  const facts = dualLifeFacts.safeParse(content).data
  return facts ? (
    <Panel title="到会情况">
      <Lines facts={facts} />
    </Panel>
  ) : null
}

function Lines({ facts }: { facts: DualLifeFacts }) {
  if (facts.lines.length === 0)
    return <Empty sentence="名册里没有本单位领导干部的任职，算不出到会情况。请先登记党组成员的任职。" />
  return (
    <div className="meeting-lines">
      <p className="meeting-soft" style={{ margin: 0 }}>
        {inChinese(facts.from)}至{inChinese(facts.to)}，由会议到会记录算出
      </p>
      {facts.lines.map((line, index) => (
        <Line key={line.personId ?? index} line={line} />
      ))}
    </div>
  )
}

function Line({ line }: { line: DualLifeLine }) {
  const [open, setOpen] = useState(false)
  return (
    <div>
      <span>{sentenceOf(line)}</span>
      {line.records.length > 0 && !open && (
        <Button type="link" size="small" aria-label={`看${line.name}的会议记录`} onClick={() => setOpen(true)}>
          看会议记录
        </Button>
      )}
      {open && (
        <ul>
          {line.records.map(({ id, title, heldOn, came }) => (
            <li key={id}>
              <Go to={`/meetings/${id}`}>{title}</Go>，{inChinese(heldOn)}，{came ? '到会' : '缺席'}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
