import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { useParam } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { Wide } from '../../../ui/wide.tsx'
import { studyPlanPaper } from '../papers/notices.contract.ts'
import {
  audiences,
  closeStudyPlan,
  showStudyPlan,
  studyCoverage,
  type StudyPlanPage,
  type StudyUnit,
  withdrawStudyPlan,
} from '../studies/studies.contract.ts'
import { studyPlanStates } from '../studies/studies.lifecycle.ts'
import './training.css'

/** One study plan: its units, what I am done with, and how far it has come. */
export function StudyPlanDetailPage() {
  const id = useParam('id')
  const plan = useCall(showStudyPlan, { params: { id } })
  const sees = useAbility('learning.study.coverage')
  return (
    <Loaded query={plan}>
      {(page) => (
        <Page
          title={page.title}
          crumbs={[{ label: '学习计划', to: '/study-plans' }]}
          note={`${page.organization.name}　${audiences[page.audience]}　${studyPlanStates[page.state]}`}
          narrow
        >
          <div className="training-lines">
            <Acts page={page} />
            {page.note && <Panel title="说明">{page.note}</Panel>}
            <Units page={page} />
            {sees && <Coverage id={page.id} />}
          </div>
        </Page>
      )}
    </Loaded>
  )
}

function Acts({ page }: { page: StudyPlanPage }) {
  const [asked, setAsked] = useState(false)
  const closing = useSubmit(closeStudyPlan)
  const withdrawing = useSubmit(withdrawStudyPlan)
  const may = (verb: string) => page.abilities.includes(verb)
  const params = { id: page.id }
  return (
    <div className="training-acts">
      {may('correct') && <GoButton to={`/study-plans/${page.id}/correct`}>更正</GoButton>}
      <Button href={addressOf(studyPlanPaper.path, { params })}>计划 Word</Button>
      {may('close') && (
        <Button loading={closing.pending} onClick={() => void closing.submit({ params })}>
          结束
        </Button>
      )}
      {may('withdraw') && <Button onClick={() => setAsked(true)}>撤回</Button>}
      <ConfirmReason
        open={asked}
        title="撤回学习计划"
        sentence="撤回后不再计入；记录和理由都留存。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
        onClose={() => setAsked(false)}
      />
    </div>
  )
}

function Units({ page }: { page: StudyPlanPage }) {
  const done = page.units.filter(({ doneOn }) => doneOn !== null).length
  return (
    <Panel title={`单元 ${page.units.length} 个`} note={page.forMe || done > 0 ? `我学完 ${done} 个` : '这份计划没有要求我学'}>
      <div className="training-lines">
        {page.units.map((unit) => (
          <Unit key={unit.id} unit={unit} page={page} />
        ))}
      </div>
    </Panel>
  )
}

function Unit({ unit, page }: { unit: StudyUnit; page: StudyPlanPage }) {
  const test = unit.asked > 0 && unit.questions > 0
  return (
    <div className="training-acts">
      <strong>{unit.title}</strong>
      {unit.byDay && <span className="training-soft">{unit.byDay} 前</span>}
      <span className="training-soft">{test ? `自测 ${Math.min(unit.asked, unit.questions)} 题` : '没有自测题'}</span>
      {unit.doneOn && <StatusTag tone="done">{unit.doneOn} 学完</StatusTag>}
      {page.abilities.includes('test') && (
        <Go to={`/study-units/${unit.id}`} label={`${unit.doneOn ? '再看看' : '去学'}：${unit.title}`}>
          {unit.doneOn ? '再看看' : '去学'}
        </Go>
      )}
      {page.abilities.includes('questions') && (
        <Go to={`/study-units/${unit.id}/questions`} label={`题库 ${unit.questions} 题：${unit.title}`}>
          题库 {unit.questions} 题
        </Go>
      )}
    </div>
  )
}

function Coverage({ id }: { id: string }) {
  const coverage = useCall(studyCoverage, { params: { id } })
  return (
    <Loaded query={coverage}>
      {({ items, holes }) => (
        <Panel title="完成情况" note="只有人次；谁没有学完，只有本支部看得到">
          <Wide label="各组织的进度">
            <table className="training-table">
              <tbody>
                {items.map((line) => (
                  <tr key={line.organization.id}>
                    <td>{line.organization.name}</td>
                    <td className="number">{line.people} 人</td>
                    <td className="number">
                      {line.done} / {line.owed} 人次
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
          {items.length === 0 && <p className="training-soft">您的范围内没有学习对象。</p>}
          {holes.map((hole) => (
            <p key={`${hole.organization} ${hole.name}`}>
              {hole.name}还没有学完：{hole.units.join('、')}
            </p>
          ))}
        </Panel>
      )}
    </Loaded>
  )
}
