import { Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { strengths } from '../obligations/obligations.contract.ts'
import type { RequirementLine } from '../requirements/requirements.contract.ts'

const fields: readonly (readonly [string, (line: RequirementLine) => string])[] = [
  ['名称', (line) => line.title],
  ['适用', (line) => `${inChinese(line.from)}起${line.to === null ? '' : `，到${inChinese(line.to)}前`}`],
  ['约束', (line) => strengths[line.strength]],
  ['是否启用', (line) => (line.enabled ? '已启用' : `未启用：${line.reasonOff ?? ''}`)],
  ['约束谁', (line) => line.subject],
  ['周期', (line) => line.cadence],
  ['目标', (line) => line.target],
  ['计什么', (line) => line.measure],
  ['怎么算', (line) => line.formula],
  ['怎么补', (line) => line.remedy],
  ['出处', (line) => line.source],
  ['可信程度', (line) => line.confidence],
]

const nameOf = (line: RequirementLine) => `第 ${line.version} 版 · ${inChinese(line.from)}起`

/** Two versions of a requirement side by side; what reads the same is left out unless asked for. */
export function VersionsSide({ versions }: { versions: readonly RequirementLine[] }) {
  const [left, setLeft] = useState(versions.at(-2)?.version)
  const [right, setRight] = useState(versions.at(-1)?.version)
  const [all, setAll] = useState(false)
  const [leftId, rightId] = [useId(), useId()]
  const one = (version: number | undefined) => versions.find((line) => line.version === version)
  const [before, after] = [one(left), one(right)]
  if (!before || !after) return null
  const options = versions.map((line) => ({ value: line.version, label: nameOf(line) }))
  const rows = fields.filter(([, words]) => all || words(before) !== words(after))
  return (
    <section>
      <h3>各版对照（共 {versions.length} 版）</h3>
      <div className="rules-acts">
        <label htmlFor={leftId}>左</label>
        <Select id={leftId} value={left ?? null} options={options} onChange={setLeft} />
        <label htmlFor={rightId}>右</label>
        <Select id={rightId} value={right ?? null} options={options} onChange={setRight} />
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          相同的也列出
        </Checkbox>
      </div>
      {rows.length === 0 && <p className="rules-muted">两版没有差别。</p>}
      {rows.length > 0 && (
        <table className="rules-table rules-plain" aria-label="两版对照">
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col">{nameOf(before)}</th>
              <th scope="col">{nameOf(after)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([title, words]) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td data-title="左">{words(before)}</td>
                <td data-title="右">{words(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
