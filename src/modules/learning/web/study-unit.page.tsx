import { Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../kernel/http/call.ts'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded, sentenceOf } from '../../../ui/states.tsx'
import { StickyActions } from '../../../ui/sticky-actions.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { questionKinds } from '../studies/questions.contract.ts'
import { showTest, takeTest } from '../studies/studies.contract.ts'
import './training.css'

type Test = Reply<typeof showTest>
type Result = Reply<typeof takeTest>
type Chosen = Readonly<Record<string, readonly number[]>>

/** 学习和自测, in one hand: what was answered goes to nobody, what is kept is that the unit is done. */
export function StudyUnitPage() {
  const id = useParam('id')
  const [round, setRound] = useState(0)
  const test = useCall(showTest, { params: { id } })
  const again = () => void test.refetch().then(() => setRound((before) => before + 1))
  return <Loaded query={test}>{(read) => <Unit key={round} test={read} onAgain={again} />}</Loaded>
}

function Unit({ test, onAgain }: { test: Test; onAgain: () => void }) {
  // The questions stay as they were drawn while they are answered, whatever is read again meanwhile.
  const [{ unit, plan, questions }] = useState(test)
  const [chosen, setChosen] = useState<Chosen>({})
  const [result, setResult] = useState<Result | null>(null)
  const sending = useSubmit(takeTest)
  const send = async () => {
    const answers = questions.map((one) => ({ questionId: one.id, chosen: [...(chosen[one.id] ?? [])] }))
    const reply = await sending.submit({ params: { id: unit.id }, body: { answers } })
    if (reply) setResult(reply)
  }
  return (
    <Page title={unit.title} crumbs={[{ label: plan.title, to: `/study-plans/${plan.id}` }]} narrow>
      <div className="training-lines">
        {unit.material && (
          <Panel title="学什么">
            <p style={{ whiteSpace: 'pre-wrap' }}>{unit.material}</p>
          </Panel>
        )}
        {questions.length > 0 && (
          <p className="training-soft">答案和对错只有您自己看得到，系统不留；答对八成左右即可，可以重做。</p>
        )}
        {questions.map((one, index) => (
          <Question
            key={one.id}
            position={index + 1}
            question={one}
            chosen={chosen[one.id] ?? []}
            judged={result?.answers.find(({ questionId }) => questionId === one.id)}
            onChange={(options) => setChosen({ ...chosen, [one.id]: options })}
          />
        ))}
        {sending.error !== null && (
          <p className="training-fault" role="alert">
            {sentenceOf(sending.error)}
          </p>
        )}
        {result && <p role="status">{result.sentence}</p>}
        <StickyActions note={unit.doneOn ? `${unit.doneOn} 已学完` : ''}>
          {result === null ? (
            <Button type="primary" loading={sending.pending} onClick={() => void send()}>
              {questions.length > 0 ? '交' : '我学完了'}
            </Button>
          ) : (
            <>
              {!result.done && (
                <Button type="primary" onClick={onAgain}>
                  重做
                </Button>
              )}
              <GoButton to={`/study-plans/${plan.id}`}>回到计划</GoButton>
            </>
          )}
        </StickyActions>
      </div>
    </Page>
  )
}

interface QuestionProps {
  readonly position: number
  readonly question: Test['questions'][number]
  readonly chosen: readonly number[]
  readonly judged: Result['answers'][number] | undefined
  readonly onChange: (options: number[]) => void
}

function Question({ position, question, chosen, judged, onChange }: QuestionProps) {
  const options = question.options.map((label, index) => ({ value: index + 1, label }))
  const name = `第 ${position} 题`
  const answers = judged?.right.map((one) => question.options[one - 1]).join('、')
  return (
    <Panel title={`${position}. ${question.text}`} note={questionKinds[question.kind]}>
      {question.kind === 'multiple' ? (
        <Checkbox.Group
          aria-label={name}
          disabled={judged !== undefined}
          value={[...chosen]}
          options={options}
          onChange={(values) => onChange(values.map(Number))}
        />
      ) : (
        <Radio.Group
          aria-label={name}
          disabled={judged !== undefined}
          value={chosen[0] ?? null}
          options={options}
          onChange={(event) => onChange([Number(event.target.value)])}
        />
      )}
      {judged && (
        <p>
          {judged.correct ? '答对了。' : `再看看，应选：${answers ?? ''}。`}
          {judged.explanation}
        </p>
      )}
    </Panel>
  )
}
