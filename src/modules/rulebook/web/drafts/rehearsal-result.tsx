import { Select } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { Panel } from '../../../../ui/page.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { changeKinds, type Counts, type Rehearsal } from '../../drafts/publishing.contract.ts'
import { statuses, strengths } from '../../obligations/obligations.contract.ts'
import { toneOf } from '../figures.rules.ts'

/** `41 / 46`; what nothing was due of says so. */
export function figureOf(counts: Counts): string {
  const n = counts.met + counts.met_late
  const m = n + counts.unmet + counts.not_reported
  if (m > 0) return `${n} / ${m}`
  return counts.exempt > 0 ? '豁免' : '不计'
}

const shortOf = (counts: Counts) => counts.unmet + counts.not_reported

/** What is owed more or less: `多欠 3`. */
function moved(before: Counts, after: Counts): string {
  const by = shortOf(after) - shortOf(before)
  if (by === 0) return '欠办不变'
  return by > 0 ? `多欠 ${by}` : `少欠 ${-by}`
}

const wordOf = (status: string | null): ReactNode =>
  status === null ? (
    <span className="rules-muted">不涉及</span>
  ) : status in statuses ? (
    <StatusTag tone={toneOf[status as keyof typeof statuses]}>{statuses[status as keyof typeof statuses]}</StatusTag>
  ) : (
    status
  )

const periodWords = (name: string): string => {
  try {
    return periodInChinese(period(name))
  } catch {
    return name
  }
}

/** What would be different: by requirement, by unit, down to the single obligation. */
export function RehearsalResult({ result }: { result: Rehearsal }) {
  const [unit, setUnit] = useState('')
  const inUnit = new Set(
    result.organizations
      .filter((one) => unit === '' || one.unit?.id === unit || one.organization.id === unit)
      .map((one) => one.organization.id),
  )
  const organizations = result.organizations.filter((one) => inUnit.has(one.organization.id))
  const obligations = result.obligations.filter((one) => unit === '' || inUnit.has(one.organization.id))
  const label = useId()
  return (
    <>
      <Panel title="变了的要求" note={`${result.requirements.length} 项`} flush>
        <Requirements result={result} />
      </Panel>
      {result.untried.length > 0 && (
        <Panel title="没法试算的" note={`${result.untried.length} 项`}>
          <ul className="draft-list">
            {result.untried.map((one) => (
              <li key={one.code}>
                {one.code}：{one.reason}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {result.units.length > 0 && (
        <Panel title="各单位" note="现在 → 照草稿；按变化多少排列" flush>
          <Table heads={['单位', '现在', '照草稿', '变化', '不同的应办']}>
            {result.units.map((one) => (
              <tr key={one.organization.id}>
                <th scope="row">
                  <button type="button" className="rules-open" onClick={() => setUnit(one.organization.id)}>
                    {one.organization.name}
                  </button>
                </th>
                <Before before={one.before} after={one.after} differing={one.differing} />
              </tr>
            ))}
          </Table>
        </Panel>
      )}
      {result.total > 0 && (
        <>
          <div className="draft-bar">
            <label htmlFor={label}>只看一个单位</label>
            <Select
              id={label}
              className="draft-wide"
              value={unit}
              options={[
                { value: '', label: '全部单位' },
                ...result.units.map((one) => ({ value: one.organization.id, label: one.organization.name })),
              ]}
              onChange={setUnit}
            />
          </div>
          <Panel title="各组织" note={`${organizations.length} 个有变化`} flush>
            <Table heads={['组织', '现在', '照草稿', '变化', '不同的应办']}>
              {organizations.slice(0, 100).map((one) => (
                <tr key={one.organization.id}>
                  <th scope="row">{one.organization.name}</th>
                  <Before before={one.before} after={one.after} differing={one.differing} />
                </tr>
              ))}
            </Table>
          </Panel>
          <Panel title="逐项应办" note={noteOf(obligations.length, result.total, unit)} flush>
            <Table heads={['组织', '要求', '期间', '现在', '照草稿', '为什么']}>
              {obligations.slice(0, 200).map((one) => (
                <tr key={`${one.requirement} ${one.subject.id} ${one.period}`}>
                  <th scope="row">
                    {one.organization.name}
                    {one.subject.kind === 'person' && `（${one.subject.name}）`}
                  </th>
                  <td data-title="要求">
                    {one.requirement} {one.title}
                  </td>
                  <td data-title="期间">{periodWords(one.period)}</td>
                  <td data-title="现在">{wordOf(one.before)}</td>
                  <td data-title="照草稿">{wordOf(one.after)}</td>
                  <td data-title="为什么">{one.reason}</td>
                </tr>
              ))}
            </Table>
          </Panel>
        </>
      )}
      {result.total === 0 && <p className="draft-inset">照草稿算，去年每一项应办的结果都不变。</p>}
    </>
  )
}

const noteOf = (shown: number, total: number, unit: string): string =>
  unit === '' ? `共 ${total} 项，列出前 ${Math.min(shown, 200)} 项` : `列出 ${Math.min(shown, 200)} 项`

function Before(props: { before: Counts; after: Counts; differing: number }) {
  return (
    <>
      <td data-title="现在">{figureOf(props.before)}</td>
      <td data-title="照草稿">{figureOf(props.after)}</td>
      <td data-title="变化">{moved(props.before, props.after)}</td>
      <td data-title="不同的应办">{props.differing}</td>
    </>
  )
}

function Requirements({ result }: { result: Rehearsal }) {
  if (result.requirements.length === 0) return <p className="draft-muted draft-inset">草稿没有改变任何要求的算法。</p>
  return (
    <Table heads={['要求', '怎样变', '写法有什么不同', '现在', '照草稿', '变化', '不同的应办']}>
      {result.requirements.map((one) => (
        <tr key={one.code}>
          <th scope="row">
            {one.code} {one.title} <span className="rules-muted">{strengths[one.strength]}</span>
          </th>
          <td data-title="怎样变">{changeKinds[one.change]}</td>
          <td data-title="写法有什么不同">{one.why.join('；') || '－'}</td>
          <Before before={one.before} after={one.after} differing={one.differing} />
        </tr>
      ))}
    </Table>
  )
}

function Table(props: { heads: readonly string[]; children: ReactNode }) {
  return (
    <table className="rules-table rules-plain">
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  )
}
