import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { type FindingLine, handOverFinding, proposeFinding, withdrawFinding } from '../inspections/findings.contract.ts'
import type { InspectionPage } from '../inspections/inspections.contract.ts'
import { findingStates } from '../inspections/inspections.lifecycle.ts'
import { findingKinds } from '../inspections/inspections.rules.ts'
import styles from './inspections.module.css'

/** What was seen, and what becomes of it. */
export function InspectionFindings({ found }: { found: InspectionPage }) {
  return (
    <Panel title="发现" note={`${found.findings.length} 条`}>
      {found.findings.length === 0 && <p className={styles.soft}>还没有发现；双方签字以后，被检查的组织看得到。</p>}
      <ul className={styles.list}>
        {found.findings.map((one) => (
          <Finding key={one.id} finding={one} signed={found.sheets.length > 0} />
        ))}
      </ul>
    </Panel>
  )
}

function Finding({ finding, signed }: { finding: FindingLine; signed: boolean }) {
  return (
    <li>
      <p>
        <b>{finding.requirement?.title ?? findingKinds[finding.kind]}</b>
        {finding.serious && <b className={styles.serious}>（严重）</b>}：{finding.seen}
      </p>
      <p className={styles.soft}>
        {finding.notedAt.slice(0, 16).replace('T', ' ')} {finding.by}，{findingStates[finding.state]}
        {signed && !finding.signed && finding.state !== 'handed_over' && '，签字时没有列入'}
      </p>
      {finding.files.length > 0 && (
        <p>
          {finding.files.map((file) => (
            <a key={file.id} href={`/api/v1/files/${file.id}`} download>
              {file.name}{' '}
            </a>
          ))}
        </p>
      )}
      {finding.caseId && (
        <p>
          <Go to={`/cases/${finding.caseId}`}>看由此建议的事项</Go>
        </p>
      )}
      <FindingActs finding={finding} />
    </li>
  )
}

function FindingActs({ finding }: { finding: FindingLine }) {
  const [open, setOpen] = useState<'withdraw' | 'hand_over' | null>(null)
  const proposing = useSubmit(proposeFinding)
  const withdrawing = useSubmit(withdrawFinding)
  const handing = useSubmit(handOverFinding)
  const params = { id: finding.id }
  if (finding.abilities.length === 0) return null
  return (
    <div className={styles.acts}>
      <Button loading={proposing.pending} onClick={() => void proposing.submit({ params, body: {} })}>
        建议立项督办
      </Button>
      <Button onClick={() => setOpen('hand_over')}>移交纪检</Button>
      <Button onClick={() => setOpen('withdraw')}>撤回</Button>
      {proposing.error !== null && <p role="alert">{sentenceOf(proposing.error)}</p>}
      <ConfirmReason
        open={open !== null}
        title={open === 'hand_over' ? '移交纪检' : '撤回'}
        sentence={open === 'hand_over' ? '移交以后只有纪检人员看得到，您也看不到了。' : '原样留在经过里。'}
        least={2}
        onClose={() => setOpen(null)}
        onConfirm={(reason) => (open === 'hand_over' ? handing : withdrawing).send({ params, body: { reason } })}
      />
    </div>
  )
}
