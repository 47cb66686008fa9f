import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { confirmStudy, levels, showStudy, studyKinds, type StudyPage, withdrawStudy } from '../hours/hours.contract.ts'
import { studyStates } from '../hours/study-records.lifecycle.ts'
import { History } from './history.tsx'
import './training.css'

/** One record of being sent out or of self-study. */
export function StudyRecordPage() {
  const id = useParam('id')
  const record = useCall(showStudy, { params: { id } })
  return <Loaded query={record}>{(page) => <Shown page={page} />}</Loaded>
}

function Shown({ page }: { page: StudyPage }) {
  return (
    <Page title={page.title} crumbs={[{ label: '外派和自学', to: '/study-records' }]} narrow>
      <div className="training-lines">
        <Acts page={page} />
        <Panel title={studyKinds[page.kind]}>
          <Facts
            items={[
              { term: '姓名', value: page.person },
              { term: '组织', value: page.organization },
              { term: '日期', value: page.heldOn },
              { term: '填报日期', value: page.recordedOn },
              { term: '举办层级', value: levels[page.level] },
              { term: '填报学时', value: String(page.hours) },
              { term: '计入学时', value: page.credited === null ? studyStates[page.state] : String(page.credited) },
              { term: '状态', value: studyStates[page.state] },
              ...(page.stateReason ? [{ term: '说明', value: page.stateReason, wide: true }] : []),
            ]}
          />
        </Panel>
        <History items={page.revisions} />
      </div>
    </Page>
  )
}

type Asked = 'withdraw' | 'refuse' | null

function Acts({ page }: { page: StudyPage }) {
  const [asked, setAsked] = useState<Asked>(null)
  const confirming = useSubmit(confirmStudy)
  const withdrawing = useSubmit(withdrawStudy)
  const params = { id: page.id }
  const may = (verb: string) => page.abilities.includes(verb)
  const close = () => setAsked(null)
  return (
    <div className="training-acts">
      {may('confirm') && (
        <Button
          type="primary"
          loading={confirming.pending}
          onClick={() => void confirming.submit({ params, body: { accepted: true } })}
        >
          确认计入
        </Button>
      )}
      {may('confirm') && <Button onClick={() => setAsked('refuse')}>不计入</Button>}
      {may('correct') && <GoButton to={`/study-records/${page.id}/correct`}>更正</GoButton>}
      {may('withdraw') && <Button onClick={() => setAsked('withdraw')}>撤回</Button>}
      <ConfirmReason
        open={asked === 'refuse'}
        title="不计入"
        sentence="本人会看到理由。"
        least={2}
        onConfirm={(reason) => confirming.send({ params, body: { accepted: false, reason } })}
        onClose={close}
      />
      <ConfirmReason
        open={asked === 'withdraw'}
        title="撤回学习记录"
        sentence="撤回后不再计入；记录和理由都留存。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
        onClose={close}
      />
    </div>
  )
}
