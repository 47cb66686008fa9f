import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { CallProblem } from '../../../../kernel/http/call.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded, sentenceOf } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import {
  discardRequest,
  endRequest,
  fieldKinds,
  publishRequest,
  requestCadences,
  requestKinds,
  type RequestPage,
  showRequest,
} from '../../data-requests/data-requests.contract.ts'
import { requestStates } from '../../data-requests/data-requests.lifecycle.ts'
import { AnswerForm } from './answer-form.tsx'
import { AnswersPanel } from './answers-panel.tsx'
import { stateTones } from './data-requests.page.tsx'
import { costInWords } from './weighing-panel.tsx'
import './data-requests.css'

/** One request: what it asks, what it costs, what is mine to answer, what came back. */
export function DataRequestPage() {
  const id = useParam('id')
  const { today } = useSession()
  const found = useCall(showRequest, { params: { id } })
  return (
    <Page title={found.data?.title ?? '专项填报'} crumbs={[{ label: '专项填报', to: '/data-requests' }]}>
      <Loaded query={found}>
        {(page) => {
          const mine = page.own.filter((own) => own.answer === null || own.dueOn >= today)
          const open = page.abilities.includes('answer') ? mine : []
          return (
            <>
              {open.slice(0, 6).map((own) => (
                <AnswerForm key={`${own.organization.id} ${own.dueOn} ${own.answer?.revision ?? 0}`} page={page} own={own} />
              ))}
              <About page={page} />
              {page.rounds.length > 0 && <AnswersPanel page={page} />}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function About({ page }: { page: RequestPage }) {
  const facts = [
    { term: '状态', value: <StatusTag tone={stateTones[page.state]}>{requestStates[page.state]}</StatusTag> },
    { term: '由哪里要求', value: page.issuer.name },
    { term: '种类', value: requestKinds[page.kind] },
    { term: '多久一次', value: requestCadences[page.cadence] },
    { term: '第一次截止', value: inChinese(page.firstDue) },
    { term: '终止日期', value: `${inChinese(page.lastDay)}自动停止` },
    {
      term: '由谁填',
      value: page.recipientKinds.map((kind) => organizationKinds[kind as keyof typeof organizationKinds] ?? kind).join('、'),
    },
    { term: '用途', value: page.purpose, wide: true },
    { term: '代价', value: costInWords(page.cost), wide: true },
    ...(page.endedOn ? [{ term: '提前停止', value: `${inChinese(page.endedOn)}：${page.endReason ?? ''}`, wide: true }] : []),
    {
      term: '要填的各项',
      value: (
        <ol className="request-list">
          {page.fieldList.map((field) => (
            <li key={field.key}>
              {field.title}，{fieldKinds[field.kind]}
              {field.unit && `（${field.unit}）`}
              {field.choices && `：${field.choices.join('、')}`}
            </li>
          ))}
        </ol>
      ),
      wide: true,
    },
  ]
  const acts = useActs(page)
  return (
    <Panel title="这件填报" actions={acts.buttons}>
      {acts.refusals.length > 0 && (
        <ul role="alert" className="request-problems">
          {acts.refusals.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Facts items={facts} />
    </Panel>
  )
}

/** Every reason of a refusal, so that all can be put right at once. */
function refusalOf(error: unknown): readonly string[] {
  if (error === null) return []
  if (error instanceof CallProblem && error.errors.length > 0) return error.errors.map(({ message }) => message)
  return [sentenceOf(error)]
}

/** What may be done with it, and why the last try was refused. */
function useActs(page: RequestPage): { readonly buttons: ReactNode; readonly refusals: readonly string[] } {
  const [ending, setEnding] = useState(false)
  const publish = useSubmit(publishRequest)
  const discard = useSubmit(discardRequest)
  const end = useSubmit(endRequest)
  const may = new Set(page.abilities)
  const at = { params: { id: page.id }, body: {} }
  const buttons = (
    <span className="request-acts">
      {may.has('edit') && <GoButton to={`/data-requests/${page.id}/edit`}>修改</GoButton>}
      {may.has('discard') && (
        <Button loading={discard.pending} onClick={() => void discard.submit(at)}>
          作废
        </Button>
      )}
      {may.has('publish') && (
        <Button type="primary" loading={publish.pending} onClick={() => void publish.submit(at)}>
          发布
        </Button>
      )}
      {may.has('end') && <Button onClick={() => setEnding(true)}>提前停止</Button>}
      <ConfirmReason
        open={ending}
        title="提前停止"
        sentence="停止以后各次不再填；已填的保留。"
        onConfirm={(reason) => end.send({ params: { id: page.id }, body: { reason } })}
        onClose={() => setEnding(false)}
      />
    </span>
  )
  return { buttons, refusals: [...refusalOf(publish.error), ...refusalOf(discard.error)] }
}
