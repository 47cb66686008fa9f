import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import {
  decideObjection,
  type DeterminationPage,
  objectToDetermination,
  withdrawDetermination,
} from '../../determinations/determinations.contract.ts'

type Asked = 'withdraw' | 'object' | 'upheld' | 'changed' | null

/** What this account may do now; the server said so. */
export function DeterminationActs({ page }: { page: DeterminationPage }) {
  const [asked, setAsked] = useState<Asked>(null)
  const withdrawing = useSubmit(withdrawDetermination)
  const objecting = useSubmit(objectToDetermination)
  const deciding = useSubmit(decideObjection)
  const may = (verb: string) => page.abilities.includes(verb)
  const params = { id: page.id }
  const dialog = (which: Asked & string) => ({ open: asked === which, onClose: () => setAsked(null), least: 2 })
  if (page.abilities.length === 0 && asked === null) return null
  const decide = (outcome: 'upheld' | 'changed') => (decision: string) => deciding.send({ params, body: { outcome, decision } })
  return (
    <p style={{ display: 'flex', gap: 8, flexWrap: 'wrap', margin: '0 0 12px' }}>
      {may('object') && <Button onClick={() => setAsked('object')}>提出异议</Button>}
      {may('decide') && (
        <>
          <Button onClick={() => setAsked('upheld')}>维持认定</Button>
          <Button onClick={() => setAsked('changed')}>改变认定</Button>
        </>
      )}
      {may('correct') && <GoButton to={`/determinations/${page.id}/correct`}>更正</GoButton>}
      {may('withdraw') && <Button onClick={() => setAsked('withdraw')}>撤回</Button>}
      <ConfirmReason
        {...dialog('object')}
        title="提出异议"
        reasonLabel="异议和理由"
        sentence="只能提一次，由认定人以外的同志决定。"
        onConfirm={(objection) => objecting.send({ params, body: { objection } })}
      />
      <ConfirmReason {...dialog('upheld')} title="维持认定" sentence="原认定不变。" onConfirm={decide('upheld')} />
      <ConfirmReason
        {...dialog('changed')}
        title="改变认定"
        sentence={`改为${page.met ? '没有做到' : '做到'}，有关数字随之改变。`}
        onConfirm={decide('changed')}
      />
      <ConfirmReason
        {...dialog('withdraw')}
        title="撤回认定"
        sentence="撤回后不再计入；认定和撤回理由都留存。"
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
      />
    </p>
  )
}
