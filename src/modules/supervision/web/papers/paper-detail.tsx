import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../../kernel/http/call.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { issuePaper, paperFile, type PaperPage, showPaper, withdrawPaper } from '../../papers/papers.contract.ts'
import { paperStates } from '../../papers/papers.lifecycle.ts'
import { PaperCompare } from './paper-compare.tsx'
import { PaperShown } from './paper-shown.tsx'
import styles from './papers.module.css'

/** One paper: what it says, where it came from, what can be done with it. */
export function PaperDetail({ id }: { id: string }) {
  const found = useCall(showPaper, { params: { id } })
  return <Loaded query={found}>{(paper) => <Whole paper={paper} />}</Loaded>
}

function Whole({ paper }: { paper: PaperPage }) {
  return (
    <div className={styles.stack}>
      <Acts paper={paper} />
      {paper.notices.map((notice) => (
        <p key={notice} className={styles.plain} role="status">
          {notice}
        </p>
      ))}
      <PaperShown body={paper.body} number={paper.number} issuedOn={paper.issuedOn} />
      <Panel title="经过">
        <Facts
          items={[
            { term: '状态', value: paperStates[paper.state] },
            { term: '文种', value: paper.kindName },
            { term: '由来', value: <Go to={originOf(paper)}>看所依据的事项</Go> },
            ...paper.steps.map((step) => ({
              term: step.action,
              value: `${step.by}，${step.at.slice(0, 10)}${step.reason ? `，理由：${step.reason}` : ''}`,
              wide: true,
            })),
          ]}
        />
      </Panel>
      {paper.issuedOn !== null && <PaperCompare id={paper.id} />}
    </div>
  )
}

const places: Readonly<Record<string, string>> = {
  case: '/cases/',
  yellow_card: '/yellow-cards/',
  problem: '/problems/',
  unit_plan: '/unit-plans?open=',
}

/** Where the object of a paper is seen. */
function originOf({ object }: PaperPage): string {
  if (object.kind === 'dispatch') return `/dispatch?quarter=${object.id.slice(0, 6)}`
  return `${places[object.kind] ?? '/cases/'}${encodeURIComponent(object.id)}`
}

function Acts({ paper }: { paper: PaperPage }) {
  const issuing = useSubmit(issuePaper)
  const withdrawing = useSubmit(withdrawPaper)
  const [asked, setAsked] = useState<'issue' | 'withdraw' | null>(null)
  const params = { id: paper.id }
  const file = (query: { issued?: 'yes' }) => addressOf(paperFile.path, { params, query })
  const may = (act: string) => paper.abilities.includes(act)
  return (
    <div className={`${styles.acts} ${styles.aside}`}>
      {may('issue') && (
        <Button type="primary" onClick={() => setAsked('issue')}>
          签发
        </Button>
      )}
      <Button href={file({})}>下载 Word</Button>
      {paper.state === 'withdrawn' && paper.number !== null && <Button href={file({ issued: 'yes' })}>下载签发时的原件</Button>}
      {may('withdraw') && <Button onClick={() => setAsked('withdraw')}>撤销</Button>}
      <ConfirmReason
        open={asked === 'issue'}
        title="签发"
        sentence="签发后取得字号，正文不再变动，主送组织会收到。"
        least={2}
        onConfirm={(reason) => issuing.send({ params, body: { reason } })}
        onClose={() => setAsked(null)}
      />
      <ConfirmReason
        open={asked === 'withdraw'}
        title="撤销"
        sentence="字号保留，标明已撤销和理由，经过都留着。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
        onClose={() => setAsked(null)}
      />
    </div>
  )
}
