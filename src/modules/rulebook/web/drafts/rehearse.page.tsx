import { Alert, Button, Select } from 'antd'
import { useId, useState } from 'react'
import { CallProblem } from '../../../../kernel/http/call.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Progress } from '../../../../ui/progress.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded, sentenceOf } from '../../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { type DraftDetail, showDraft } from '../../drafts/drafts.contract.ts'
import { type Rehearsal, rehearsal, rehearseRulebook } from '../../drafts/publishing.contract.ts'
import { inFormWords } from './draft-part.rules.ts'
import { draftAddress, DraftSteps, draftTitle } from './draft-steps.tsx'
import { useJob } from './job.client.ts'
import { RehearsalResult } from './rehearsal-result.tsx'
import './drafts.css'
import '../rules.css'

/** Tries the draft on a past year: what would stand differently, where and why. Nothing is written. */
export function RehearsePage() {
  const id = useParam('id')
  const read = useCall(showDraft, { params: { id } })
  return (
    <Page title={read.data ? draftTitle(read.data) : '预演'} crumbs={[{ label: '草稿', to: '/rules/drafts' }]}>
      <Loaded query={read}>
        {(draft) => (
          <>
            <DraftSteps draft={draft} now="rehearse" />
            {draft.mistakes.length > 0 ? <First draft={draft} /> : <Rehearse draft={draft} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** What must be put right first. */
export function First({ draft }: { draft: DraftDetail }) {
  return (
    <Panel title={`先改正 ${draft.mistakes.length} 处`}>
      <p>草稿里还有要改正的地方，改好才能预演和发布。已写的都在。</p>
      <GoButton to={draftAddress(draft.id)} type="primary">
        去改正
      </GoButton>
    </Panel>
  )
}

interface Asked {
  readonly result: Rehearsal | null
  readonly job: string | null
}

/** What a job found, once it is through. */
function useJobResult(id: string | null) {
  const job = useJob(id)
  const { state, done = 0, total = null, result } = job.data ?? {}
  const read = state === 'done' ? rehearsal.safeParse(result) : null
  return {
    result: read?.success ? read.data : null,
    running: id !== null && state !== 'done' && state !== 'failed',
    failed: state === 'failed' || read?.success === false,
    progress: { done, total },
  }
}

/** The rehearsal itself, at once or by a job whose result comes later. */
function useRehearsal(id: string) {
  const [asked, setAsked] = useState<Asked>({ result: null, job: null })
  const { submit, pending, error } = useSubmit(rehearseRulebook)
  const late = useJobResult(asked.job)
  return {
    ...late,
    run: async (span: { from?: string; to?: string }) => {
      setAsked({ result: null, job: null })
      setAsked((await submit({ params: { id }, body: span })) ?? { result: null, job: null })
    },
    result: asked.result ?? late.result,
    running: pending || late.running,
    error,
  }
}

function Rehearse({ draft }: { draft: DraftDetail }) {
  const { today } = useSession()
  const [search, change] = useAddress()
  const label = useId()
  const last = Number(today.slice(0, 4)) - 1
  const year = search.year ?? String(last)
  const trial = useRehearsal(draft.id)
  const span =
    year === 'recent' ? { from: `${last}${today.slice(4)}`, to: today } : { from: `${year}-01-01`, to: `${year}-12-31` }
  return (
    <>
      <Panel title="用过去一年的数据试算" note="只是试算，不写入任何数据，谁也收不到通知">
        <div className="draft-bar">
          <label htmlFor={label}>用哪一年</label>
          <Select
            id={label}
            className="draft-wide"
            value={year}
            options={[
              { value: String(last), label: `${last} 年` },
              { value: String(last - 1), label: `${last - 1} 年` },
              { value: 'recent', label: '最近十二个月' },
            ]}
            onChange={(value: string) => change({ year: value })}
          />
          <Button type="primary" loading={trial.running} onClick={() => void trial.run(span)}>
            预演
          </Button>
        </div>
        {trial.running && (
          <Progress
            label="正在试算"
            {...trial.progress}
            note="可以留在本页等，也可以先去做别的；离开后结果不保留，再点一次即可。"
          />
        )}
        {trial.failed && <p role="alert">试算没有完成，没有写入任何数据。请再试一次。</p>}
        {trial.error !== null && <Refusal error={trial.error} />}
      </Panel>
      {trial.result && !trial.running && (
        <>
          <p className="draft-inset" role="status">
            试算时段 {inChinese(trial.result.span.from)}至{inChinese(trial.result.span.to)}，共 {trial.result.total}{' '}
            项应办的结果会不同。以下都是试算，没有写入。
          </p>
          <RehearsalResult result={trial.result} />
        </>
      )}
    </>
  )
}

/** Why the server did not: its sentence and each line, in the words of the forms. */
export function Refusal({ error }: { error: unknown }) {
  const lines = error instanceof CallProblem ? error.errors.filter((one) => one.message !== error.detail) : []
  return (
    <Alert
      type="error"
      title={sentenceOf(error)}
      {...(lines.length > 0 && {
        description: (
          <ul>
            {lines.map((one) => (
              <li key={`${one.field} ${one.message}`}>{inFormWords(one.message)}</li>
            ))}
          </ul>
        ),
      })}
    />
  )
}
