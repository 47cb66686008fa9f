import { inChinese } from '../../../kernel/time/civil-date.ts'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { useSubmit } from '../../../ui/use-call.ts'
import { detectorRules, detectors } from '../questions/detectors.contract.ts'
import { answerKinds, answerQuestion, type QuestionPage } from '../questions/questions.contract.ts'
import './questions.css'

type Part = { readonly found: QuestionPage }

/** One question: what is asked, on what records, and the answer or the place for it. */
export function QuestionShown({ found }: Part) {
  return (
    <div className="question-lines">
      <Panel title={detectors[found.detector]}>
        <p>{found.sentence}</p>
        <p className="question-soft">{detectorRules[found.detector]}</p>
      </Panel>
      {found.abilities.includes('answer') && <AnswerForm key={found.id} found={found} />}
      {found.answer && <Answer found={found} answer={found.answer} />}
      <Concerned found={found} />
    </div>
  )
}

function Concerned({ found }: Part) {
  const hidden = found.personsHidden > 0 ? `另有 ${found.personsHidden} 名不在您的管理范围内` : null
  const names = [...found.persons.map(({ name }) => name), hidden].filter((name) => name !== null)
  return (
    <Panel title="涉及的记录">
      <ul className="question-list">
        {found.records.map((record) => (
          <li key={record.id}>
            <Go to={`/meetings/${record.id}`}>{record.title}</Go>
            <div className="question-soft">
              {record.organization}，{inChinese(record.heldOn)}开会
              {record.recordedOn && `，${inChinese(record.recordedOn)}记录`}
            </div>
          </li>
        ))}
      </ul>
      <Facts
        items={[
          { term: '组织', value: found.organization.name },
          { term: '提出日期', value: inChinese(found.askedOn) },
          ...(names.length > 0 ? [{ term: '涉及的人', value: names.join('、'), wide: true }] : []),
          ...(found.state === 'open'
            ? [{ term: '上级何时看到', value: `您答复之后，或 ${inChinese(found.seenAboveFrom)}起`, wide: true }]
            : []),
        ]}
      />
      {found.passages.length > 0 && (
        <>
          <p>本组织纪要里与对方相同的句子：</p>
          <ul className="question-list">
            {found.passages.map((passage) => (
              <li key={passage}>{passage}</li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function Answer({ found, answer }: Part & { answer: NonNullable<QuestionPage['answer']> }) {
  return (
    <Panel title="答复">
      <p>
        {found.answerKind && <StatusTag tone="done">{answerKinds[found.answerKind]}</StatusTag>} {answer.text}
      </p>
      <p className="question-soft">
        {answer.by}，{answer.answeredAt.slice(0, 10)}
      </p>
    </Panel>
  )
}

const kinds = Object.entries(answerKinds).map(([value, label]) => ({ value, label }))

function AnswerForm({ found }: Part) {
  const act = useSubmit(answerQuestion)
  const form = useFields({
    name: 'answer-question',
    schema: answerQuestion.body,
    initial: { kind: 'explained' },
    draftKey: `question:${found.id}`,
  })
  return (
    <Panel title="答复" note="答复后就办结，不再问第二次，不计入任何考核">
      <FieldForm form={form} submitLabel="答复" onSubmit={(body) => act.send({ params: { id: found.id }, body })}>
        <FormField
          name="kind"
          control="radio"
          options={kinds}
          help="记录有误的，先更正或撤回会议记录，再回来答复；没有问题的，说明情况即可；问错了，请选“问得不对”。"
        />
        <FormField name="text" control="area" placeholder="用一句话说清楚" />
      </FieldForm>
    </Panel>
  )
}
