import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { noSource } from '../../political-checks/checklist.contract.ts'
import * as contract from '../../political-checks/political-checks.contract.ts'
import { checkActions, checkStates } from '../../political-checks/political-checks.lifecycle.ts'
import { checkTones } from './political-checks.page.tsx'
import { Steps } from './steps.tsx'
import styles from './steps.module.css'

type Found = contract.CheckPage
type Question = contract.CheckedQuestion
const tones = { conforms: 'done', mostly: 'late', fails: 'short', not_applicable: 'none' } as const
const endpoints = {
  conclude: contract.concludeCheck,
  answer: contract.answerCheck,
  fill: contract.fillCheck,
  withdraw: contract.withdrawCheck,
} as const

/** One check: what records say, what was found to each question, the conclusion and the answer. */
export function PoliticalCheckDetailPage() {
  const id = useParam('id')
  const found = useCall(contract.showCheck, { params: { id } })
  return (
    <Page title="专项考察" crumbs={[{ label: '专项考察', to: '/political-checks' }]} narrow>
      <Loaded query={found}>{(data) => <Shown found={data} />}</Loaded>
    </Page>
  )
}

function Shown({ found }: { found: Found }) {
  const verbs = (Object.keys(endpoints) as (keyof typeof endpoints)[]).filter((verb) => found.abilities.includes(verb))
  const open = found.questions.filter(({ verdict }) => verdict === null).length
  return (
    <div className={styles.stack}>
      <p className={styles.heading}>
        {found.organization.name} <StatusTag tone={checkTones[found.state]}>{checkStates[found.state]}</StatusTag>
      </p>
      <div className={styles.acts}>
        <Button href={`/api/v1/political-checks/${found.id}/paper`}>Word</Button>
      </div>
      {found.abilities.includes('find') && (
        <p className={styles.notice}>
          {open > 0 ? `还有 ${open} 个问题没有写情况，写完再作结论。` : '每个问题都写了情况，可以作结论并反馈。'}
        </p>
      )}
      <Steps
        key={`${found.id} ${found.state}`}
        id={found.id}
        steps={verbs.map((verb) => ({ verb, label: checkActions[verb], endpoint: endpoints[verb] }))}
      />
      <Panel title="考察">
        <Facts
          items={[
            { term: '由谁考察', value: found.by.name },
            { term: '时段', value: `${inChinese(found.from)}至${inChinese(found.to)}` },
            { term: '记录取到', value: inChinese(found.filledOn) },
            { term: '反馈日期', value: found.concludedOn && inChinese(found.concludedOn) },
            { term: '结论', value: found.conclusion, wide: true },
            { term: '回复', value: found.answer, wide: true },
            ...(found.withdrawReason ? [{ term: '撤回理由', value: found.withdrawReason, wide: true }] : []),
          ]}
        />
      </Panel>
      {found.questions.map((question) => (
        <Asked key={question.code} found={found} question={question} />
      ))}
      <Panel title="经过">
        <ul className={styles.list}>
          {found.steps.map((step) => (
            <li key={step.at}>
              {step.said}
              <small>
                {step.by}，{step.at.slice(0, 10)}
              </small>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

/** A question with the counts of records behind it, each a way to them, and what was found. */
function Asked({ found, question }: { found: Found; question: Question }) {
  const [writing, setWriting] = useState(false)
  const mayFind = found.abilities.includes('find')
  return (
    <Panel title={question.question}>
      <ul className={styles.list}>
        {question.figures.length === 0 && <li>{noSource}。</li>}
        {question.figures.map(({ label, value, link }) => (
          <li key={label}>
            {link ? <Go to={link}>{label}</Go> : label}：{value}
          </li>
        ))}
      </ul>
      {question.verdict && (
        <p className={styles.text}>
          <StatusTag tone={tones[question.verdict]}>{contract.verdicts[question.verdict]}</StatusTag> {question.finding}
        </p>
      )}
      {mayFind && !writing && (
        <Button aria-label={`${question.verdict ? '改情况' : '写情况'}：${question.question}`} onClick={() => setWriting(true)}>
          {question.verdict ? '改情况' : '写情况'}
        </Button>
      )}
      {mayFind && writing && <Find found={found} question={question} onDone={() => setWriting(false)} />}
    </Panel>
  )
}

const choices = Object.entries(contract.verdicts).map(([value, label]) => ({ value, label }))

function Find({ found, question, onDone }: { found: Found; question: Question; onDone: () => void }) {
  const finding = useSubmit(contract.findInCheck)
  const form = useFields({
    name: `find-${question.code}`,
    schema: contract.findInCheck.body,
    initial: {
      code: question.code,
      ...(question.verdict && { verdict: question.verdict }),
      ...(question.finding && { finding: question.finding }),
    },
    draftKey: `political-check:${found.id}:${question.code}`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel="保存情况"
      onSubmit={async (body) => {
        await finding.send({ params: { id: found.id }, body })
        onDone()
      }}
    >
      <FormField name="verdict" options={choices} />
      <FormField name="finding" control="area" />
    </FieldForm>
  )
}
