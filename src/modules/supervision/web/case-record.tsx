import { Suspense, useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Loading } from '../../../ui/states.tsx'
import { recordAddress } from '../../orglife/web/index.ts'
import { statuses } from '../../rulebook/obligations/obligations.contract.ts'
import { cockpitAddress, obligationsAddress, WhyPanel, whyAddress } from '../../rulebook/web/index.ts'
import type { CasePage } from '../cases/cases.contract.ts'
import { CaseTags, StandingTag } from './case-tags.tsx'
import { deadlineInWords, dueInWords, madeGood, madeGoodAdvice, periodOfCase, proposedAs } from './case-words.rules.ts'
import styles from './cases.module.css'

/** One case whole: who and by when, where it comes from, what was done so far. */
export function CaseRecord({ found }: { found: CasePage }) {
  return (
    <div className={styles.stack}>
      <Panel title="事项">
        <Standing found={found} />
      </Panel>
      <Panel title="来由">
        <Origin found={found} />
      </Panel>
      <Panel title="经过" note={`${found.steps.length} 步`}>
        <Steps found={found} />
      </Panel>
    </div>
  )
}

function Standing({ found }: { found: CasePage }) {
  const { today } = useSession()
  const clock = deadlineInWords(found, today)
  return (
    <Facts
      items={[
        { term: '状态', value: <CaseTags of={found} /> },
        { term: '编号', value: found.number },
        { term: '组织', value: found.organization.name },
        { term: '单位', value: found.unit?.name },
        { term: '责任人', value: found.owner?.name },
        { term: '完成时限', value: due(dueInWords(found), clock), wide: true },
        ...(found.waitingFor ? [{ term: '在等什么', value: found.waitingFor }] : []),
        ...(found.remedies ? [{ term: '整改措施', value: found.remedies, wide: true }] : []),
        ...(found.report ? [{ term: '办理结果', value: found.report, wide: true }] : []),
        ...(found.verification ? [{ term: '核验情况', value: found.verification, wide: true }] : []),
      ]}
    />
  )
}

const due = (day: string | null, clock: string | null) => (day && clock ? `${day}，${clock}` : day)

/** Why there is a case: requirement, formula, clauses, how the obligation stands now, and the ways to the figure and its records. */
function Origin({ found }: { found: CasePage }) {
  const advice = madeGood(found.obligationStatus) ? madeGoodAdvice(found) : null
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{found.why || '直接立项。'}</p>
      <Facts
        items={[
          { term: '提出', value: `${inChinese(found.proposedOn)}，${found.source === 'obligation' ? '系统建议' : '直接立项'}` },
          ...(found.problemId ? [{ term: '来自问题', value: <Go to={`/problems/${found.problemId}`}>看这个问题</Go> }] : []),
          ...(found.requirement ? [{ term: '要求', value: <RuleLink code={found.requirement} /> }] : []),
          ...(found.period ? [{ term: '期间', value: periodOfCase(found.period) }] : []),
          ...(found.obligationStatus ? [{ term: '这一项', value: <ThenAndNow found={found} /> }] : []),
        ]}
      />
      {advice && <p className={styles.notice}>{advice}</p>}
      {found.clauses.length > 0 && (
        <ul className={styles.clauses}>
          {found.clauses.map((clause) => (
            <li key={clause.code}>
              <b>
                {clause.code} {clause.title}
              </b>
              <span>{clause.gist}</span>
            </li>
          ))}
        </ul>
      )}
      <Ways found={found} />
    </div>
  )
}

/** The title says how the duty stood when the case was proposed; it may stand otherwise by now. */
function ThenAndNow({ found }: { found: CasePage }) {
  const then = found.source === 'obligation' ? proposedAs(found.title) : null
  return (
    <>
      {then && `提出时：${statuses[then]}；`}现在：
      <StandingTag status={found.obligationStatus} />
    </>
  )
}

function RuleLink({ code }: { code: string }) {
  const reads = useAbility('rulebook.rule.read')
  return reads ? <Go to={`/rules/${encodeURIComponent(code)}`}>{code}</Go> : <>{code}</>
}

/** Down to the records that the figure counts, and to where what is missing is made good. */
function Ways({ found }: { found: CasePage }) {
  const reads = useAbility('rulebook.obligation.read')
  const { period, requirement, organization } = found
  if (!reads || !period || !requirement) return null
  const figure = { organization: organization.id, period, requirement }
  return (
    <div className={styles.noprint}>
      <p className={styles.ways}>
        <MakeGood found={found} period={period} />
        <Go to={whyAddress(figure)}>为什么是这个数</Go>
        <Go to={obligationsAddress({ under: organization.id, period, requirement })}>看这一项</Go>
        <Go to={cockpitAddress({ organization: organization.id, period })}>到驾驶舱看</Go>
      </p>
      <Records {...figure} />
    </div>
  )
}

/** What was held and never recorded is recorded late: then there is nothing to follow up. */
function MakeGood({ found, period }: { found: CasePage; period: string }) {
  const records = useAbility('orglife.meeting.record')
  const over = found.state === 'dismissed' || found.state === 'closed'
  if (!records || over || madeGood(found.obligationStatus)) return null
  return <Go to={recordAddress({ organization: found.organization.id, period })}>去补记会议</Go>
}

function Records(figure: { organization: string; period: string; requirement: string }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>看计入和没有计入的记录</summary>
      {open && (
        <Suspense fallback={<Loading />}>
          <WhyPanel {...figure} />
        </Suspense>
      )}
    </details>
  )
}

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** Every step with its day, who took it and what was said; the first one first. */
function Steps({ found }: { found: CasePage }) {
  return (
    <ol className={styles.steps}>
      {found.steps.map((step) => (
        <li key={`${step.at} ${step.action}`}>
          <p className={styles.step}>
            <b>{step.actionName}</b> <span>{step.by}</span> <time dateTime={step.at}>{moment.format(new Date(step.at))}</time>
          </p>
          {step.reason && <p className={styles.text}>{step.reason}</p>}
          {step.details.length > 0 && (
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
