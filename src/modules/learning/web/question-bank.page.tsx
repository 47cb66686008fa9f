import { Button } from 'antd'
import { useRef, useState } from 'react'
import { addressOf, type Reply, request } from '../../../kernel/http/call.ts'
import { useParam } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded, sentenceOf } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { type Question, questionKinds } from '../studies/questions.contract.ts'
import { questionsTemplate, readQuestionsSheet, replaceQuestions, showQuestions, showTest } from '../studies/studies.contract.ts'
import './training.css'

type Read = Reply<typeof readQuestionsSheet>

/** The bank of one unit: shown, downloaded as a template, and replaced from Excel, all or nothing. */
export function QuestionBankPage() {
  const id = useParam('id')
  const bank = useCall(showQuestions, { params: { id } })
  const unit = useCall(showTest, { params: { id } })
  return (
    <Page
      title="题库"
      crumbs={unit.data ? [{ label: unit.data.plan.title, to: `/study-plans/${unit.data.plan.id}` }] : []}
      note={unit.data?.unit.title}
      narrow
    >
      <div className="training-lines">
        <Import id={id} />
        <Loaded query={bank}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty sentence="还没有题。下载模板，填好后读入；没有题的单元，本人学完点一下即可。" />
            ) : (
              <Questions title={`现有 ${items.length} 题`} items={items} />
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

function Questions({ title, items }: { title: string; items: readonly Question[] }) {
  return (
    <Panel title={title}>
      {items.map((one, index) => (
        <div key={index}>
          <p>
            {index + 1}. {one.text}（{questionKinds[one.kind]}）
          </p>
          <p className="training-soft">
            {one.options.map((option, at) => `${String.fromCharCode(65 + at)} ${option}`).join('　')}　答案：
            {one.right.map((at) => one.options[at - 1] ?? '').join('、')}
            {one.explanation && `　解析：${one.explanation}`}
          </p>
        </div>
      ))}
    </Panel>
  )
}

function useSheet(id: string) {
  const [sheet, setSheet] = useState<Read | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const read = async (file: File) => {
    setPending(true)
    setFailure(null)
    setSheet(null)
    try {
      const body = new FormData()
      body.append('file', file)
      const path = addressOf(readQuestionsSheet.path, { params: { id } })
      setSheet(readQuestionsSheet.reply.parse(await request({ method: 'POST', path, body })))
    } catch (error) {
      setFailure(sentenceOf(error))
    }
    setPending(false)
  }
  return { sheet, setSheet, failure, pending, read }
}

function Import({ id }: { id: string }) {
  const input = useRef<HTMLInputElement>(null)
  const { sheet, setSheet, failure, pending, read } = useSheet(id)
  const sending = useSubmit(replaceQuestions)
  const save = async () => {
    if (sheet && (await sending.submit({ params: { id }, body: { questions: sheet.questions } }))) setSheet(null)
  }
  return (
    <Panel title="从 Excel 读入" note="先看预览，没有错误才能换下整个题库">
      <div className="training-acts">
        <Button href={questionsTemplate.path}>下载模板</Button>
        <input
          ref={input}
          type="file"
          accept=".xlsx"
          hidden
          aria-label="题库 Excel"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) void read(file)
          }}
        />
        <Button loading={pending} onClick={() => input.current?.click()}>
          选文件
        </Button>
      </div>
      {(failure ?? sending.error) !== null && (
        <p className="training-fault" role="alert">
          {failure ?? sentenceOf(sending.error)}
        </p>
      )}
      {sheet && sheet.faults.length > 0 && (
        <div role="alert">
          <p>有 {sheet.faults.length} 处要改，改好后重新选文件；现有题库没有动。</p>
          {sheet.faults.map((fault) => (
            <p key={`${fault.row} ${fault.column}`} className="training-fault">
              第 {fault.row} 行“{fault.column}”：{fault.message}
            </p>
          ))}
        </div>
      )}
      {sheet && sheet.faults.length === 0 && (
        <>
          <Questions title={`预览 ${sheet.questions.length} 题`} items={sheet.questions} />
          <Button type="primary" loading={sending.pending} onClick={() => void save()}>
            换下题库
          </Button>
        </>
      )}
    </Panel>
  )
}
