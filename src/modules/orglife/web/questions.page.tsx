import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { SplitView } from '../../../ui/split-view.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { organizationFilter } from '../../directory/web/index.ts'
import { detectorRules, detectors } from '../questions/detectors.contract.ts'
import { answerKinds, detectorQuality, listQuestions, type QuestionLine, showQuestion } from '../questions/questions.contract.ts'
import { questionStates } from '../questions/questions.lifecycle.ts'
import { QuestionShown } from './question-shown.tsx'
import { QuestionTabs } from './question-tabs.tsx'
import './questions.css'

const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'state', title: '状态', kind: 'select', options: options(questionStates), width: 8 },
  { key: 'detector', title: '类别', kind: 'select', options: options(detectors), width: 12 },
  organizationFilter,
]

const columns: readonly Column<QuestionLine>[] = [
  { key: 'sentence', title: '问题', fixed: true, wrap: true, cell: (row) => row.sentence },
  { key: 'detector', title: '类别', cell: (row) => detectors[row.detector] },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'askedOn', title: '提出日期', cell: (row) => row.askedOn },
  {
    key: 'state',
    title: '状态',
    cell: (row) => (
      <StatusTag tone={row.state === 'open' ? 'pending' : 'done'}>
        {row.answerKind ? answerKinds[row.answerKind] : questionStates[row.state]}
      </StatusTag>
    ),
  },
]

type Query = z.input<(typeof listQuestions)['query']>

/** 有疑问的记录: to the branch at once; to those above when it has answered or has had its time. */
export function QuestionsPage() {
  const [search, change] = useAddress()
  const open = search.open ?? null
  const close = () => change({ open: undefined })
  return (
    <Page title="有疑问的记录" crumbs={[{ label: '会议', to: '/meetings' }]} bar={<QuestionTabs now="questions" />}>
      <p className="question-lead question-soft">
        系统看到记录里前后不一的地方，先问记录的组织自己，不下结论、不计分。上级在答复之后，或给足答复时间之后才看得到。
      </p>
      <SplitView detail={open && <Beside key={open} id={open} />} detailTitle="一个问题" onClose={close} width="half">
        <QueryTable<QuestionLine>
          name="questions"
          caption="有疑问的记录"
          columns={columns}
          filters={filters}
          rowKey={(row) => row.id}
          query={(values, after, signal) =>
            call(listQuestions, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
          }
          onOpen={(row) => change({ open: row.id })}
          onClose={close}
          selected={open}
          empty={{ sentence: '没有要核对的记录。系统有疑问时，会先在这里问记录的组织自己。' }}
        />
      </SplitView>
      <Quality />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showQuestion, { params: { id } })
  return <Loaded query={found}>{(data) => <QuestionShown found={data} />}</Loaded>
}

/** How well each kind of question is asked; it measures the question, nobody else. */
function Quality() {
  const read = useCall(detectorQuality, {})
  return (
    <Panel title="问得准不准" note="按类别；衡量的是问法，不是组织">
      <Loaded query={read}>
        {({ items }) => (
          <div className="question-wide">
            <table className="question-table">
              <thead>
                <tr>
                  <th scope="col">类别</th>
                  <th scope="col">怎么问出来的</th>
                  <th scope="col" className="number">
                    问过
                  </th>
                  <th scope="col" className="number">
                    已答
                  </th>
                  <th scope="col" className="number">
                    问得不对
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.detector}>
                    <th scope="row">{detectors[item.detector]}</th>
                    <td>{detectorRules[item.detector]}</td>
                    <td className="number">{item.asked}</td>
                    <td className="number">{item.answered}</td>
                    <td className="number">
                      {item.askedWrongly}
                      {item.share !== null && `（${item.share}%）`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Panel>
  )
}
