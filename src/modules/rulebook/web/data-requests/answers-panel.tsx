import { Button, Select } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../../kernel/http/call.ts'
import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { Panel } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { exportAnswers, listAnswers, type RequestPage } from '../../data-requests/data-requests.contract.ts'

/** What came back in a round, in the tree's order; who has not answered stands there with a word. */
export function AnswersPanel({ page }: { page: RequestPage }) {
  const [dueOn, setDueOn] = useState(
    page.rounds.find((round) => round.answered < round.asked)?.dueOn ?? page.rounds[0]?.dueOn ?? '',
  )
  const params = { id: page.id }
  const found = useCall(listAnswers, dueOn ? { params, query: { dueOn } } : null)
  const round = page.rounds.find((each) => each.dueOn === dueOn)
  return (
    <Panel
      title="填报结果"
      note={round && `已填 ${round.answered} / ${round.asked}`}
      actions={
        <>
          <Select
            aria-label="哪一次"
            value={dueOn}
            options={page.rounds.map((each) => ({ value: each.dueOn, label: `${inChinese(each.dueOn)}截止` }))}
            onChange={setDueOn}
          />
          <Button href={addressOf(exportAnswers.path.replace(':id', page.id), { query: { dueOn } })} download>
            导出
          </Button>
        </>
      }
      flush
    >
      <Loaded query={found}>
        {({ items }) => (
          <div className="request-scroll">
            <table className="figure-lines" aria-label="填报结果">
              <thead>
                <tr>
                  <th scope="col">组织</th>
                  <th scope="col">填报日期</th>
                  {page.fieldList.map((field) => (
                    <th key={field.key} scope="col">
                      {field.unit ? `${field.title}（${field.unit}）` : field.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((line) => (
                  <tr key={line.organization.id}>
                    <th scope="row">{line.organization.name}</th>
                    <td>{line.answeredOn ? `${line.answeredOn}${line.late ? ' 迟' : ''}` : '未填'}</td>
                    {page.fieldList.map((field) => (
                      <td key={field.key} className={field.kind === 'number' ? 'figure-number' : undefined}>
                        {line.values?.[field.key] ?? ''}
                      </td>
                    ))}
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
