import { Button } from 'antd'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import * as contract from '../../request-reports/request-reports.contract.ts'
import { type RequestAction, requestActions, requestStates } from '../../request-reports/request-reports.lifecycle.ts'
import { paperTitle } from '../../request-reports/request-reports.rules.ts'
import { FileList } from './attachments.tsx'
import { FieldsOf, type Step, Steps } from './steps.tsx'
import styles from './steps.module.css'

type Found = contract.RequestPage
const endpoints = {
  send: contract.sendRequest,
  receive: contract.receiveRequest,
  answer: contract.answerRequest,
  follow_up: contract.followUpRequest,
  close: contract.closeRequest,
  pass_up: contract.passUpRequest,
  tell_delay: contract.tellDelay,
  return: contract.returnRequest,
  supplement: contract.supplementRequest,
  withdraw: contract.withdrawRequest,
} as const satisfies Partial<Record<RequestAction, unknown>>
type Verb = keyof typeof endpoints

/** The copy owed is proposed; whoever sends leaves it or takes it out. */
function stepOf(verb: Verb, found: Found): Step {
  const step = { verb, label: requestActions[verb], endpoint: endpoints[verb] }
  if (verb === 'supplement')
    return {
      ...step,
      fields: (
        <>
          {found.copyOwed && <p className={styles.notice}>将抄送{found.copyOwed.name}。</p>}
          <FieldsOf body={contract.supplementRequest.body} except={['copyIds', 'meetingId']} />
        </>
      ),
      initial: { copyIds: found.copyOwed ? [found.copyOwed.id] : [] },
    }
  if (verb === 'send' && found.afterReason !== null) return { ...step, initial: { afterReason: found.afterReason } }
  return step
}

/** One paper: its words, where it lay and how long, what was answered and reported after, what can be done now. */
export function RequestShown({ found }: { found: Found }) {
  const verbs = (Object.keys(endpoints) as Verb[]).filter((verb) => found.abilities.includes(verb))
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {paperTitle(found.kind, found.title)} <StatusTag tone="pending">{requestStates[found.state]}</StatusTag>{' '}
        {found.afterAct && <StatusTag tone="late">事后报送</StatusTag>}{' '}
        {found.overdueDays > 0 && <StatusTag tone="short">{`答复超期 ${found.overdueDays} 天`}</StatusTag>}
      </p>
      <div className={styles.acts}>
        {found.abilities.includes('edit') && <GoButton to={`/request-reports/${found.id}/edit`}>修改</GoButton>}
        <Button href={`/api/v1/request-reports/${found.id}/paper`}>Word 公文</Button>
      </div>
      {found.state === 'returned' && found.stateReason && <p className={styles.notice}>退回的理由：{found.stateReason}</p>}
      <Steps key={`${found.id} ${found.revision}`} id={found.id} steps={verbs.map((verb) => stepOf(verb, found))} />
      <Panel title="内容">
        <p className={styles.text}>{found.content}</p>
        <Facts items={factsOf(found)} />
        <FileList files={found.files} />
      </Panel>
      <Stations found={found} />
      <Course found={found} />
    </div>
  )
}

function factsOf(found: Found) {
  const optional = (term: string, value: string | null) => (value ? [{ term, value, wide: true }] : [])
  return [
    { term: '由', value: found.organization.name },
    { term: '报给', value: found.direct ? found.to.name : `${found.to.name}（越级）` },
    {
      term: '抄送',
      value: found.copies.map(({ name }) => name).join('、') || (found.copyOwed ? `还没有抄送${found.copyOwed.name}` : null),
    },
    { term: '报送日期', value: found.sentOn && inChinese(found.sentOn) },
    { term: '拟办理日期', value: found.actOn && inChinese(found.actOn) },
    { term: '签发人', value: found.signer },
    {
      term: '研究情况',
      value: found.meeting ? <Go to={`/meetings/${found.meeting.id}`}>{found.meeting.title}</Go> : found.circulated,
    },
    ...optional('越级理由', found.skipReason),
    ...optional('事后报送的理由', found.afterReason),
  ]
}

/** Where it lay, by when it was to be answered there, and how long it took. */
function Stations({ found }: { found: Found }) {
  if (found.stations.length === 0) return null
  const outcomes: Readonly<Record<string, string>> = {
    answered: '答复',
    returned: '退回',
    passed: '转报',
    withdrawn: '撤回',
    closed: '办结',
  }
  return (
    <Panel title="在上级的办理时间">
      <ul className={styles.list}>
        {found.stations.map((station) => (
          <li key={`${station.organization.id} ${station.arrivedOn} ${station.outcome ?? ''}`}>
            {station.organization.name}{' '}
            {station.overdueDays > 0 && <StatusTag tone="short">{`超期 ${station.overdueDays} 天`}</StatusTag>}
            <small>
              {station.arrivedOn} 到{station.dueOn && `，${station.dueOn} 前答复`}
              {station.toldUntil && `，事先说明延到 ${station.toldUntil}：${station.toldReason ?? ''}`}
              {station.doneOn && `，${station.doneOn} ${outcomes[station.outcome ?? ''] ?? ''}`}
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Course({ found }: { found: Found }) {
  return (
    <Panel title="经过">
      <ul className={styles.list}>
        {found.steps.map((step) => (
          <li key={`${step.action} ${step.at}`}>
            {step.actionName}（{step.organization.name}）
            <small>
              {step.by}，{step.at.slice(0, 16).replace('T', ' ')}
            </small>
            {step.said && <p className={styles.text}>{step.said}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
