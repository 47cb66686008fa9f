import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { answerCorrection, type CorrectionLine, listCorrections } from '../hours/corrections.contract.ts'
import './training.css'

/** Requests to correct hours: one's own and those to be answered. */
export function CorrectionsPage() {
  const list = useCall(listCorrections, { query: {} })
  return (
    <Page title="学时更正申请" crumbs={[{ label: '外派和自学', to: '/study-records' }]} narrow>
      <Loaded query={list}>
        {({ items }) => (items.length === 0 ? <Empty sentence="没有更正申请。" /> : <Requests items={items} />)}
      </Loaded>
    </Page>
  )
}

function Requests({ items }: { items: readonly CorrectionLine[] }) {
  const [about, setAbout] = useState<CorrectionLine | null>(null)
  const answering = useSubmit(answerCorrection)
  return (
    <div className="training-lines">
      {items.map((one) => (
        <Panel key={one.id} title={`${one.person}：${one.about}`}>
          <p>{one.text}</p>
          <p className="training-soft">{one.answer ? `答复：${one.answer}` : '等答复'}</p>
          <div className="training-acts">
            <Go to={one.link}>看这条记录</Go>
            {one.mayAnswer && <Button onClick={() => setAbout(one)}>答复</Button>}
          </div>
        </Panel>
      ))}
      <ConfirmReason
        open={about !== null}
        title="答复"
        sentence="需要改的，先更正记录，再答复。"
        reasonLabel="答复"
        least={2}
        onConfirm={(answer) => answering.send({ params: { id: about?.id ?? '' }, body: { answer } })}
        onClose={() => setAbout(null)}
      />
    </div>
  )
}
