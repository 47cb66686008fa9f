import { Button } from 'antd'
import { useState } from 'react'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { confirmWork, listTags, type WorkRecordPage, withdrawWork } from '../work-records/work-records.contract.ts'

type Asked = 'withdraw' | 'confirm' | null

/** What this account may do with this record now; the server said so. */
export function WorkRecordActs({ record }: { record: WorkRecordPage }) {
  const [asked, setAsked] = useState<Asked>(null)
  const withdrawing = useSubmit(withdrawWork)
  const may = (verb: string) => record.abilities.includes(verb)
  const close = () => setAsked(null)
  return (
    <div className="meeting-acts meeting-noprint">
      {may('confirm') && (
        <Confirm record={record} open={asked === 'confirm'} onOpen={() => setAsked('confirm')} onClose={close} />
      )}
      {may('correct') && <GoButton to={`/work-records/${record.id}/correct`}>更正</GoButton>}
      {may('withdraw') && <Button onClick={() => setAsked('withdraw')}>撤回</Button>}
      <ConfirmReason
        open={asked === 'withdraw'}
        title="撤回记录"
        sentence="撤回后不再计入任何要求；记录和撤回理由都留存。记错了几处，请用“更正”。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params: { id: record.id }, body: { reason } })}
        onClose={close}
      />
    </div>
  )
}

interface ConfirmProps {
  readonly record: WorkRecordPage
  readonly open: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** 确认质量: only where a tag of the record knows grades. */
function Confirm({ record, open, onOpen, onClose }: ConfirmProps) {
  const tags = useCall(listTags, {})
  const confirming = useSubmit(confirmWork)
  const choices = (tags.data?.items ?? [])
    .filter((tag) => record.tags.some(({ code }) => code === tag.code))
    .flatMap((tag) => tag.grades.map((grade) => ({ value: `${tag.code} ${grade.code}`, label: `${tag.title}：${grade.title}` })))
  const [chosen, setChosen] = useState<string | null>(null)
  const [tag = '', grade = ''] = (chosen ?? choices[0]?.value ?? '').split(' ')
  if (choices.length === 0) return null
  return (
    <>
      <Button onClick={onOpen}>确认质量</Button>
      <ConfirmReason
        open={open}
        title="确认质量"
        sentence="记录的同志会看到等次和理由。"
        least={2}
        onConfirm={(reason) => confirming.send({ params: { id: record.id }, body: { tag, grade, reason } })}
        onClose={onClose}
      >
        <ChoiceChips
          label="质量等次"
          options={choices}
          value={[`${tag} ${grade}`]}
          onChange={([one]) => setChosen(one ?? null)}
        />
      </ConfirmReason>
    </>
  )
}
