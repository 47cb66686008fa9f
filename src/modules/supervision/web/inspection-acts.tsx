import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import {
  announceInspection,
  cancelInspection,
  closeInspection,
  type InspectionPage,
  remarkInspection,
  resumeInspection,
  startInspection,
} from '../inspections/inspections.contract.ts'
import { inspectionActions } from '../inspections/inspections.lifecycle.ts'
import styles from './inspections.module.css'

const acts = ['announce', 'start', 'close', 'remark', 'cancel', 'resume'] as const
type Act = (typeof acts)[number]

/** What follows, what is asked for, and how much must be written. */
const asked: Readonly<Record<Act, { sentence: string; label: string; least: number }>> = {
  announce: { sentence: '被检查的组织会看到日期、检查人和清单。', label: '', least: 0 },
  start: { sentence: '到了现场再开始。此后被检查的组织看得到这次检查。', label: '', least: 0 },
  close: { sentence: '办结以后不再记发现。', label: '检查结论', least: 4 },
  remark: { sentence: '对检查结果的说明只有一次，各方都看得到。', label: '说明', least: 2 },
  cancel: { sentence: '已通知的会告诉对方取消。', label: '理由', least: 2 },
  resume: { sentence: '恢复以后可以继续记。', label: '理由', least: 2 },
}

function useActs(id: string): Record<Act, (said: string) => Promise<unknown>> {
  const [announce, start, close] = [useSubmit(announceInspection), useSubmit(startInspection), useSubmit(closeInspection)]
  const [remark, cancel, resume] = [useSubmit(remarkInspection), useSubmit(cancelInspection), useSubmit(resumeInspection)]
  const params = { id }
  return {
    announce: () => announce.send({ params, body: {} }),
    start: () => start.send({ params, body: {} }),
    close: (conclusion) => close.send({ params, body: { conclusion } }),
    remark: (said) => remark.send({ params, body: { remark: said } }),
    cancel: (reason) => cancel.send({ params, body: { reason } }),
    resume: (reason) => resume.send({ params, body: { reason } }),
  }
}

/** What the account may do with the inspection now. Whoever visits works in the kit, with or without network. */
export function InspectionActs({ found }: { found: InspectionPage }) {
  const [open, setOpen] = useState<Act | null>(null)
  const run = useActs(found.id)
  const offered = acts.filter((act) => found.abilities.includes(act))
  const kit = found.inspects && ['planned', 'announced', 'started', 'signed'].includes(found.state)
  if (offered.length === 0 && !kit) return null
  const plain = open === 'announce' || open === 'start'
  return (
    <div className={styles.acts}>
      {kit && (
        <GoButton to={`/inspections/kit?open=${found.id}`} type="primary">
          到现场检查（可离线）
        </GoButton>
      )}
      {offered.map((act) => (
        <Button key={act} onClick={() => setOpen(act)}>
          {inspectionActions[act]}
        </Button>
      ))}
      {open && !plain && (
        <ConfirmReason
          open
          title={inspectionActions[open]}
          sentence={asked[open].sentence}
          reasonLabel={asked[open].label}
          least={asked[open].least}
          onClose={() => setOpen(null)}
          onConfirm={run[open]}
        />
      )}
      {open && plain && <Plainly act={open} run={() => run[open]('')} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Plainly(props: { act: Act; run: () => Promise<unknown>; onClose: () => void }) {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const confirm = async () => {
    setPending(true)
    try {
      await props.run()
      props.onClose()
    } catch (error) {
      setFailure(sentenceOf(error))
      setPending(false)
    }
  }
  return (
    <Dialog
      open
      title={inspectionActions[props.act]}
      onClose={props.onClose}
      actions={
        <Button type="primary" loading={pending} onClick={() => void confirm()}>
          {inspectionActions[props.act]}
        </Button>
      }
    >
      <p>{asked[props.act].sentence}</p>
      {failure && <p role="alert">{failure}</p>}
    </Dialog>
  )
}
