import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { Wide } from '../../../ui/wide.tsx'
import { targetGroups } from '../classes/classes.contract.ts'
import { classStates } from '../classes/classes.lifecycle.ts'
import { type PlanPage, showPlan, withdrawPlan } from '../plans/plans.contract.ts'
import { History } from './history.tsx'
import './training.css'

/** One yearly plan: what was planned beside what became of it. */
export function PlanDetailPage() {
  const id = useParam('id')
  const plan = useCall(showPlan, { params: { id } })
  return <Loaded query={plan}>{(page) => <Shown page={page} />}</Loaded>
}

function Shown({ page }: { page: PlanPage }) {
  const [asked, setAsked] = useState(false)
  const withdrawing = useSubmit(withdrawPlan)
  const beyond = page.classes.filter(({ item }) => item === null || !page.items.some(({ key }) => key === item))
  return (
    <Page
      title={page.title}
      crumbs={[{ label: '培训计划', to: '/training-plans' }]}
      note={`${page.organization.name} ${page.year} 年`}
    >
      <div className="training-lines">
        <div className="training-acts">
          {page.abilities.includes('correct') && <GoButton to={`/training-plans/${page.id}/correct`}>更正</GoButton>}
          {page.abilities.includes('withdraw') && <Button onClick={() => setAsked(true)}>撤回</Button>}
          {page.state === 'withdrawn' && <span>这份计划已撤回。</span>}
        </div>
        <Panel
          title="计划和实际"
          note={`已办 ${page.items.filter(({ held }) => held > 0).length} / ${page.items.length} 班`}
          flush
        >
          <SideBySide page={page} />
        </Panel>
        {beyond.length > 0 && (
          <Panel title={`计划外的班 ${beyond.length} 期`}>
            {beyond.map((one) => (
              <p key={one.id}>
                <Go to={`/training-classes/${one.id}`}>{one.title}</Go> {one.endsOn} {one.hours} 学时（{classStates[one.state]}）
              </p>
            ))}
          </Panel>
        )}
        {page.note && <Panel title="说明">{page.note}</Panel>}
        <History items={page.revisions} />
      </div>
      <ConfirmReason
        open={asked}
        title="撤回培训计划"
        sentence="计划留存；已办的班不受影响。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params: { id: page.id }, body: { reason } })}
        onClose={() => setAsked(false)}
      />
    </Page>
  )
}

function SideBySide({ page }: { page: PlanPage }) {
  const open = page.abilities.includes('correct')
  return (
    <Wide label="计划的班">
      <table className="training-table">
        <thead>
          <tr>
            {['计划的班', '培训对象', '月份'].map((title) => (
              <th key={title}>{title}</th>
            ))}
            <th className="number">计划学时</th>
            <th>实际</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((item) => (
            <tr key={item.key}>
              <td>{item.title}</td>
              <td>{targetGroups[item.targetGroup]}</td>
              <td>{item.month} 月</td>
              <td className="number">{item.hours}</td>
              <td>
                <Actual page={page} item={item} open={open} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

function Actual({ page, item, open }: { page: PlanPage; item: PlanPage['items'][number]; open: boolean }) {
  const classes = page.classes.filter((one) => one.item === item.key)
  const from = new URLSearchParams({
    organization: page.organization.id,
    targetGroup: item.targetGroup,
    title: item.title,
    plan: page.id,
    item: item.key,
  })
  return (
    <>
      {classes.map((one) => (
        <div key={one.id}>
          <Go to={`/training-classes/${one.id}`}>{one.title}</Go> {one.endsOn} {one.hours} 学时 {one.participants} 人（
          {classStates[one.state]}）
        </div>
      ))}
      {classes.length === 0 && (open ? '还没有办。' : '－')}
      {classes.length === 0 && open && (
        <Go to={`/training-classes/new?${from.toString()}`} label={`按计划办班：${item.title}`}>
          办班
        </Go>
      )}
    </>
  )
}
