import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import { Labelled } from '../../../../ui/field-form.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StickyActions } from '../../../../ui/sticky-actions.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { type DraftDetail, showDraft } from '../../drafts/drafts.contract.ts'
import { changeKinds, compareRulebooks, type Difference, publishRulebook } from '../../drafts/publishing.contract.ts'
import { textAt } from './draft-content.rules.ts'
import { DraftSteps, draftAddress, draftTitle } from './draft-steps.tsx'
import { JobProgress } from './job-progress.tsx'
import { First, Refusal } from './rehearse.page.tsx'
import './drafts.css'
import '../rules.css'

/** Publishes a draft from a day on: what happens is said before, what happened after. */
export function PublishPage() {
  const id = useParam('id')
  const read = useCall(showDraft, { params: { id } })
  const publishing = useSubmit(publishRulebook)
  const [done, setDone] = useState<Done | null>(null)
  return (
    <Page title={read.data ? draftTitle(read.data) : '发布'} crumbs={[{ label: '草稿', to: '/rules/drafts' }]}>
      <Loaded query={read}>
        {(draft) => (
          <>
            <DraftSteps draft={draft} now="publish" />
            {done ? <Published draft={draft} done={done} /> : <Open draft={draft} publishing={publishing} onDone={setDone} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

type Done = typeof publishRulebook.reply._zod.output & { readonly from: string }
type Publishing = ReturnType<typeof useSubmit<typeof publishRulebook>>

interface OpenProps {
  readonly draft: DraftDetail
  readonly publishing: Publishing
  readonly onDone: (done: Done) => void
}

function Open(props: OpenProps) {
  const { draft } = props
  if (draft.state !== 'open')
    return (
      <Panel title={draft.state === 'published' ? '已经发布' : '已作废'}>
        <GoButton to={`/rules?rulebook=${encodeURIComponent(draft.code)}`}>去看现行制度</GoButton>
      </Panel>
    )
  return draft.mistakes.length > 0 ? <First draft={draft} /> : <Form {...props} />
}

function useStart({ body }: DraftDetail) {
  const { today } = useSession()
  const from = textAt(body.document, 'in_force_from')
  return from > today ? from : today
}

/** Why it cannot be published as it is asked, by field. */
function lacking(from: string | null, reason: string, today: string): { from?: string; reason?: string } {
  if (from === null) return { from: '请选施行日期。' }
  const back = from < today && reason.trim().length < 4
  return back ? { reason: '从过去的日子起施行，请写明理由，至少四个字。' } : {}
}

function Form({ draft, publishing, onDone }: OpenProps) {
  const [from, setFrom] = useState<string | null>(useStart(draft))
  const [reason, setReason] = useState('')
  const [sure, setSure] = useState(false)
  const { today } = useSession()
  const [dateId, reasonId] = [useId(), useId()]
  const back = from !== null && from < today
  const lacks = lacking(from, reason, today)
  const shown = sure ? lacks : {}
  const publish = async () => {
    setSure(true)
    if (lacks.from || lacks.reason || from === null) return
    const trimmed = reason.trim()
    const done = await publishing.submit({
      params: { id: draft.id },
      body: { from, version: draft.version, ...(trimmed.length >= 4 && { reason: trimmed }) },
    })
    if (done) onDone({ ...done, from })
  }
  return (
    <div className="draft-two">
      <Panel title="从哪一天起施行">
        <form
          className="draft-form"
          onSubmit={(event) => {
            event.preventDefault()
            void publish()
          }}
        >
          <Labelled id={dateId} title="施行日期" help="这一天之前的数不变" error={shown.from}>
            <DateField id={dateId} value={from} onChange={setFrom} aria-describedby={`${dateId}-help`} />
          </Labelled>
          <Labelled id={reasonId} title="发布的依据或理由" optional={!back} error={shown.reason}>
            <Input.TextArea
              id={reasonId}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Labelled>
          {publishing.error !== null && <Refusal error={publishing.error} />}
          <StickyActions note="发布后立即生效，并记入审计台账">
            <Button type="primary" htmlType="submit" loading={publishing.pending}>
              {from === null ? '发布' : `发布，${inChinese(from)}起施行`}
            </Button>
            <GoButton to={draftAddress(draft.id, 'rehearse')}>先预演</GoButton>
          </StickyActions>
        </form>
      </Panel>
      <Panel title="会发生什么">
        <Consequences draft={draft} from={from} back={back} />
      </Panel>
    </div>
  )
}

const named = (items: readonly Difference[]) => items.map((one) => `${one.code ?? ''} ${one.title}`.trim()).join('、')

/** What changes in the requirements, a sentence for each way. */
function changesInWords(draft: DraftDetail, rules: readonly Difference[], day: string): string[] {
  if (draft.rulebook === null)
    return [`新文件，${draft.clauses} 条条款、${draft.requirements} 项要求。启用的要求从${day}起计算应办。`]
  const of = (change: Difference['change']) => rules.filter((one) => one.change === change)
  const [added, changed, removed] = [of('added'), of('changed'), of('removed')]
  const said = [
    added.length > 0 && `新增 ${added.length} 项要求，${day}起计算：${named(added)}。`,
    changed.length > 0 && `${changed.length} 项要求改了，${day}起按新的版本算：${named(changed)}。以前的期间仍按旧的算。`,
    removed.length > 0 && `${removed.length} 项要求${day}起停用，以前的数不变：${named(removed)}。`,
  ].filter((one) => one !== false)
  return said.length > 0 ? said : ['没有改变任何要求，只改文字。']
}

function Consequences(props: { draft: DraftDetail; from: string | null; back: boolean }) {
  const { draft } = props
  const compared = useCall(compareRulebooks, { params: { id: draft.id } })
  const day = props.from === null ? '施行之日' : inChinese(props.from)
  const rules = (compared.data?.items ?? []).filter((one) => one.section === 'requirements')
  return (
    <ul className="draft-list">
      {compared.data && changesInWords(draft, rules, day).map((sentence) => <li key={sentence}>{sentence}</li>)}
      <li>只重算变了的要求，没变的一个数也不动；重算时大家照常工作。</li>
      <li>要求改在期间当中的，这一期仍按期初的版本算，下一期起按新的算。</li>
      {props.back && <li>施行日期在过去：{day}以来的应办会重算，欠办可能增减。请写明理由。</li>}
      <li>被约束的组织在“待办”和“应办事项”里看到，带上条款和算法。</li>
    </ul>
  )
}

function Published({ draft, done }: { draft: DraftDetail; done: Done }) {
  return (
    <Panel title="已经发布" note={`第 ${done.edition} 版，${inChinese(done.from)}起施行`}>
      <JobProgress job={done.job} label="正在重算变了的要求" done="变了的要求已经算完。" />
      {done.requirements.length > 0 && (
        <ul className="draft-list">
          {done.requirements.map((one) => (
            <li key={`${one.code} ${one.version}`}>
              {one.code}：{changeKinds[one.change]}，第 {one.version} 版
            </li>
          ))}
        </ul>
      )}
      <p className="draft-buttons">
        <GoButton to={`/rules?rulebook=${encodeURIComponent(draft.code)}&clauses=all`} type="primary">
          看现行制度
        </GoButton>
        <GoButton to={`/rules/coverage?rulebook=${encodeURIComponent(draft.code)}`}>看覆盖情况</GoButton>
        <GoButton to="/obligations">看应办事项</GoButton>
      </p>
    </Panel>
  )
}
