import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../../ui/confirm-reason.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { type TaskPage, unlinkRecord } from '../../tasks/tasks.contract.ts'
import { type TaskAction, taskActions } from '../../tasks/tasks.lifecycle.ts'
import caseStyles from '../cases.module.css'
import { ActsPanel } from './acts-panel.tsx'
import { TaskForm } from './task-forms.tsx'
import { TaskTags } from './task-tags.tsx'
import styles from './tasks.module.css'

/** The likeliest first. */
const order: readonly TaskAction[] = [
  'verify',
  'return',
  'grant_extension',
  'refuse_extension',
  'link',
  'report',
  'delegate',
  'resume',
  'ask_extension',
  'pause',
  'urge',
  'change',
  'reopen',
  'cancel',
]

/** One task: what can be done, what was promised, what shows how far it is, how it went. */
export function TaskShown({ found }: { found: TaskPage }) {
  const verbs = order.filter((verb) => found.abilities.includes(verb))
  return (
    <div className={styles.stack}>
      <ActsPanel
        key={found.id}
        verbs={verbs}
        names={taskActions}
        notices={found.notices}
        form={(verb, done) => <TaskForm verb={verb} found={found} onDone={done} />}
      />
      <Panel title="任务">
        <PromiseAbove found={found} />
        <Standing found={found} />
      </Panel>
      <Panel title="进展" note="只看关联的记录和下级任务">
        <Evidence found={found} />
      </Panel>
      <Parts found={found} />
      <Panel title="经过">
        <TaskSteps steps={found.steps} />
      </Panel>
    </div>
  )
}

function PromiseAbove({ found }: { found: TaskPage }) {
  const { promise } = found
  if (!promise) return null
  const moved = promise.dueOn !== null && promise.dueOn !== promise.promisedDueOn
  return (
    <p className={styles.notice}>
      上级任务“{promise.id ? <Go to={`/tasks/${promise.id}`}>{promise.title}</Go> : promise.title}”承诺
      {inChinese(promise.promisedDueOn)}
      前办到：{promise.criterion}
      {moved && promise.dueOn && `。现已延到${inChinese(promise.dueOn)}。`}
    </p>
  )
}

function Standing({ found }: { found: TaskPage }) {
  const { chain, decision, plan, matter } = found
  return (
    <Facts
      items={[
        { term: '状态', value: <TaskTags of={found} /> },
        { term: '完成时限', value: inChinese(found.dueOn) },
        { term: '承办单位', value: found.organization.name },
        { term: '责任人', value: found.owner.name },
        { term: '完成标准', value: found.criterion, wide: true },
        { term: '责任链', value: chain.map((one) => `${one.duty} ${one.name}`).join('，') || '组织页面还没有登记', wide: true },
        { term: '由谁交办', value: found.givenBy.name },
        {
          term: '出自',
          value: decision ? (
            <Go to={`/decisions?open=${decision.id}`}>{decision.documentNumber}</Go>
          ) : plan ? (
            <Go to={`/unit-plans?open=${plan.id}`}>{plan.title}</Go>
          ) : (
            '直接交办'
          ),
        },
        ...(matter ? [{ term: '部署要点', value: `${matter.text}（${inChinese(matter.dueOn)}前）`, wide: true }] : []),
        ...(found.askedDueOn ? [{ term: '申请延到', value: inChinese(found.askedDueOn) }] : []),
        ...(found.waitingFor
          ? [{ term: '在等什么', value: `${found.waitingFor}（累计 ${found.waitedDays} 天，不计入超期）`, wide: true }]
          : []),
        ...(found.report ? [{ term: '办理结果', value: found.report, wide: true }] : []),
        ...(found.verification ? [{ term: '核验情况', value: found.verification, wide: true }] : []),
        ...(found.proposedCase ? [{ term: '督办', value: <Go to={`/cases/${found.proposedCase}`}>超期后建议立项</Go> }] : []),
      ]}
    />
  )
}

function Evidence({ found }: { found: TaskPage }) {
  const [removing, setRemoving] = useState<string | null>(null)
  const unlink = useSubmit(unlinkRecord)
  if (found.evidence.length === 0) return <p className={styles.soft}>还没有关联记录。办过的会议、工作纪实直接关联，不用另写。</p>
  return (
    <>
      <ul className={styles.list}>
        {found.evidence.map((one) => (
          <li key={one.id}>
            {one.kindName}：{one.link ? <EvidenceLink of={{ link: one.link, title: one.title }} /> : one.title}
            <small>
              {one.said && one.said !== one.title && `${one.said}，`}
              {one.by} {one.on} 关联
            </small>
            {found.abilities.includes('unlink') && (
              <Button size="small" aria-label={`去掉关联 ${one.title}`} onClick={() => setRemoving(one.id)}>
                去掉
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmReason
        open={removing !== null}
        title="去掉关联"
        least={2}
        sentence="记录本身不动；去掉的事留在经过里。"
        onConfirm={(reason) => unlink.send({ params: { id: found.id }, body: { evidenceId: removing ?? '', reason } })}
        onClose={() => setRemoving(null)}
      />
    </>
  )
}

/** A file is fetched, a record is opened. */
function EvidenceLink({ of: { link, title } }: { of: { link: string; title: string } }) {
  return link.startsWith('/api/') ? <a href={link}>{title}</a> : <Go to={link}>{title}</Go>
}

function Parts({ found }: { found: TaskPage }) {
  if (found.children.length === 0) return null
  return (
    <Panel title="下级任务" note={`已办结 ${found.parts.closed} / ${found.parts.total}`}>
      <ul className={styles.list}>
        {found.children.map((child) => (
          <li key={child.id}>
            <Go to={`/tasks/${child.id}`}>
              {child.organization}：{child.title}
            </Go>{' '}
            <TaskTags of={{ state: child.state, overdueDays: 0 }} />
            <small>
              {child.owner}，{inChinese(child.dueOn)}前
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

export interface ShownStep {
  readonly action: string
  readonly actionName: string
  readonly by: string
  readonly at: string
  readonly reason: string | null
  readonly details?: readonly { readonly label: string; readonly text: string }[]
}

/** Every step with who took it and when, the first one first. */
export function TaskSteps({ steps }: { steps: readonly ShownStep[] }) {
  return (
    <ol className={caseStyles.steps}>
      {steps.map((step) => (
        <li key={`${step.at} ${step.action}`}>
          <p className={caseStyles.step}>
            <b>{step.actionName}</b> <span>{step.by}</span> <time dateTime={step.at}>{moment.format(new Date(step.at))}</time>
          </p>
          {step.reason && <p className={styles.text}>{step.reason}</p>}
          {step.details && step.details.length > 0 && (
            <dl>
              {step.details.map((detail) => (
                <div key={detail.label}>
                  <dt>{detail.label}</dt>
                  <dd>{detail.text}</dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
  )
}
