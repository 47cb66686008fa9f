import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useParam } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { Wide } from '../../../ui/wide.tsx'
import { classCertificates, type ClassPage, showClass, targetGroups, withdrawClass } from '../classes/classes.contract.ts'
import { classStates } from '../classes/classes.lifecycle.ts'
import { theoryShare } from '../classes/theory-share.rules.ts'
import { Enrolment } from './enrolment.tsx'
import { TheoryMeter } from './theory-meter.tsx'
import { trainingNotice } from '../papers/notices.contract.ts'
import './training.css'

/** One class: its sessions, its share, who was there, what it serves. */
export function ClassDetailPage() {
  const id = useParam('id')
  const held = useCall(showClass, { params: { id } })
  return <Loaded query={held}>{(page) => <Shown page={page} />}</Loaded>
}

function Shown({ page }: { page: ClassPage }) {
  return (
    <Page title={page.title} crumbs={[{ label: '学习培训', to: '/training-classes' }]} narrow>
      <div className="training-lines">
        <Acts page={page} />
        <Panel title="培训班">
          <Facts items={factsOf(page)} />
          <TheoryMeter share={theoryShare(page.sessions)} />
        </Panel>
        <Panel title={`课程 ${page.sessions.length} 课`}>
          <Sessions page={page} />
        </Panel>
        {page.abilities.includes('enrol') && !page.abilities.includes('register') && <Enrolment page={page} />}
        <People page={page} />
        <Waiting page={page} />
        <Served page={page} />
      </div>
    </Page>
  )
}

function Acts({ page }: { page: ClassPage }) {
  const [asked, setAsked] = useState(false)
  const withdrawing = useSubmit(withdrawClass)
  const may = (verb: string) => page.abilities.includes(verb)
  const at = `/training-classes/${page.id}`
  const graduated = page.state === 'held' && page.people.some(({ hours, missed }) => hours !== null && missed.length === 0)
  return (
    <div className="training-acts">
      {may('attend') && (
        <GoButton to={`${at}/attendance`} {...(page.state === 'planned' && { type: 'primary' as const })}>
          {page.state === 'held' ? '更正出勤' : '登记出勤'}
        </GoButton>
      )}
      {may('correct') && <GoButton to={`${at}/correct`}>更正</GoButton>}
      <Button href={addressOf(trainingNotice.path, { params: { id: page.id } })}>培训通知</Button>
      {graduated && <Button href={addressOf(classCertificates.path, { params: { id: page.id } })}>结业证明</Button>}
      {may('withdraw') && <Button onClick={() => setAsked(true)}>撤回</Button>}
      <ConfirmReason
        open={asked}
        title="撤回培训班"
        sentence="撤回后学时不再计入任何人；记录和撤回理由都留存。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params: { id: page.id }, body: { reason } })}
        onClose={() => setAsked(false)}
      />
    </div>
  )
}

function factsOf(page: ClassPage) {
  const optional = [
    ['名额', page.seats === null ? null : `${page.seats} 个，已报名 ${page.participants} 人`],
    ['下级报名截止', page.registersUntil && inChinese(page.registersUntil)],
    ['不到七成的理由', page.exceptionReason],
    ['补记理由', page.lateReason],
    ['撤回理由', page.stateReason],
  ] as const
  return [
    { term: '状态', value: <StatusTag tone={page.state === 'held' ? 'done' : 'none'}>{classStates[page.state]}</StatusTag> },
    { term: '办班组织', value: page.organization.name },
    { term: '培训对象', value: targetGroups[page.targetGroup] },
    {
      term: '日期',
      value: page.startsOn === page.endsOn ? inChinese(page.endsOn) : `${inChinese(page.startsOn)}至${inChinese(page.endsOn)}`,
    },
    { term: '出勤登记日期', value: page.recordedOn && inChinese(page.recordedOn) },
    { term: '脱产', value: page.offDuty ? '脱产' : '不脱产' },
    ...(page.plan ? [{ term: '年度计划', value: <Go to={`/training-plans/${page.plan.id}`}>{page.plan.title}</Go> }] : []),
    ...optional.flatMap(([term, value]) => (value === null ? [] : [{ term, value, wide: true }])),
  ]
}

function Sessions({ page }: { page: ClassPage }) {
  return (
    <Wide label="课程">
      <table className="training-table">
        <thead>
          <tr>
            {['课程', '日期', '类别', '授课人', '地点'].map((title) => (
              <th key={title}>{title}</th>
            ))}
            <th className="number">学时</th>
          </tr>
        </thead>
        <tbody>
          {page.sessions.map((session, index) => (
            <tr key={`${index + 1} ${session.title}`}>
              <td>{session.title}</td>
              <td>{session.heldOn}</td>
              <td>{session.categoryTitle}</td>
              <td>{session.teacher ?? '－'}</td>
              <td>{session.place ?? '－'}</td>
              <td className="number">{session.hours}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

function Waiting({ page }: { page: ClassPage }) {
  if (page.waiting.length === 0) return null
  return (
    <Panel title={`候补 ${page.waiting.length} 人`} note="有名额空出时，按报名先后递补">
      <p>{page.waiting.map(({ name, organization }) => `${name}（${organization}）`).join('、')}</p>
    </Panel>
  )
}

function People({ page }: { page: ClassPage }) {
  if (page.people.length === 0)
    return (
      <Panel title="名单">
        <p className="training-soft">还没有报名名单；登记出勤时可以选人。</p>
      </Panel>
    )
  return (
    <Panel title={`名单 ${page.people.length} 人`} note={page.state === 'held' ? '学时按整课计入' : '办完登记出勤后计学时'}>
      <Wide label="参加人员">
        <table className="training-table">
          <tbody>
            {page.people.map((one) => (
              <tr key={one.personId}>
                <td>{one.name}</td>
                <td>{one.organization}</td>
                <td>{one.missed.map(({ session, reason }) => `第 ${session} 课缺课：${reason}`).join('；')}</td>
                <td className="number">{one.hours === null ? '－' : `${one.hours} 学时`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}

function Served({ page }: { page: ClassPage }) {
  const titles = [...new Set(page.serves.map(({ title }) => title))]
  return (
    <Panel title="计入和经过">
      <p>{titles.length === 0 ? '还没有计入的要求。' : `计入：${titles.join('、')}`}</p>
      {page.revisions.map((each) => (
        <p key={each.revision} className="training-soft">
          第 {each.revision} 版 {each.recordedAt.slice(0, 10)} {each.by}
          {each.reason && `：${each.reason}`}
        </p>
      ))}
    </Panel>
  )
}
