import type { ReactNode } from 'react'
import { useCall } from '../../../../ui/use-call.ts'
import {
  cadenceTitles,
  confidenceTitles,
  dimensionTitles,
  lateTitles,
  moduleTitles,
  strengthTitles,
} from '../../documents/rulebook-file.contract.ts'
import type { DraftBody } from '../../drafts/drafts.contract.ts'
import { listMeasures } from '../../requirements/coverage.contract.ts'
import { listClauses, listRequirements } from '../../requirements/requirements.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { looseOf, textAt, valueAt } from './draft-content.rules.ts'
import { MeasureParams, type Suggested } from './measure-params.tsx'
import { GroupError, PartField, usePart } from './part-field.tsx'
import { RequirementEvent } from './requirement-event.tsx'
import { RequirementWho } from './requirement-who.tsx'

const { general: _general, ...dimensions } = dimensionTitles
const confidences = Object.entries(confidenceTitles).map(([value, title]) => ({
  value,
  label: value === 'conflict' ? title : `${value} ${title}`,
}))
const months = Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), label: `${at + 1} 月` }))

function Part(props: { title: string; note?: string; children: ReactNode }) {
  return (
    <fieldset className="draft-section">
      <legend>
        {props.title}
        {props.note && <small>{props.note}</small>}
      </legend>
      {props.children}
    </fieldset>
  )
}

/** One requirement in sections: what · who · when · how it is counted · target · lateness · source · words. */
export function RequirementForm(props: { body: DraftBody }) {
  return (
    <>
      <What body={props.body} />
      <Part title="谁来做" note="约束哪些组织或哪些人">
        <RequirementWho />
      </Part>
      <When />
      <How body={props.body} />
      <Part title="迟报怎么算">
        <PartField
          path={['late', 'counts']}
          control="select"
          options={optionsOf(lateTitles)}
          optional
          help="过了宽限才记录的算什么；不填即迟报完成"
        />
        <PartField path={['late', 'credit']} control="number" optional help="年度评价中迟报折算多少，0 到 1；不填即 1" />
        <PartField path={['weight']} control="number" optional help="年度评价中这一项的权重；不填即 1" />
      </Part>
      <Part title="依据">
        <PartField path={['source', 'regulation']} help="文件全名，不加书名号" />
        <PartField path={['source', 'article']} placeholder="第三条" />
        <PartField path={['confidence']} control="select" options={confidences} help="B- 以下的只能作提示，没有证实的不能启用" />
      </Part>
      <Part title="怎么说" note="被约束的人看到的话">
        <PartField path={['formula']} control="area" help="数是怎么算出来的，一句话说清分子分母" />
        <PartField path={['remedy']} control="area" help="没有做到时该做什么" />
      </Part>
    </>
  )
}

function What({ body }: { body: DraftBody }) {
  const part = usePart()
  const all = useCall(listClauses, { query: {} })
  const own = textAt(body.document, 'code')
  const clauses = [
    ...body.clauses.map((clause) => ({
      value: textAt(clause, 'code'),
      label: `${textAt(clause, 'code')} ${textAt(clause, 'title')}`,
    })),
    ...(all.data?.items ?? [])
      .filter((clause) => clause.rulebook !== own)
      .map((clause) => ({
        value: `${clause.rulebook}:${clause.code}`,
        label: `${clause.rulebook} ${clause.code} ${clause.title}`,
      })),
  ]
  const off = valueAt(part.value, ['enabled']) === false
  const confidence = valueAt(part.value, ['confidence'])
  const unproved = confidence === 'C' || confidence === 'conflict'
  return (
    <Part title="要求什么">
      <PartField path={['title']} />
      <PartField path={['code']} help="全城不重复，如 GW1；发布后不再改" />
      <PartField path={['clauses']} control="several" options={clauses} help="出自哪几条；也可以引用别的文件的条款" />
      <PartField path={['dimension']} control="select" options={optionsOf(dimensions)} />
      <PartField
        path={['strength']}
        control="radio"
        options={[
          { value: 'hard', label: `${strengthTitles.hard}：没有做到算欠办` },
          { value: 'soft', label: `${strengthTitles.soft}：没有做到只作提示` },
        ]}
      />
      <PartField path={['enabled']} control="check" placeholder="发布后就开始计算" />
      {off && <PartField path={['reason_off']} control="area" help="例如：还没有模块能提供数据；依据尚未核实" />}
      {off && <PartField path={['awaits']} control="select" options={optionsOf(moduleTitles)} optional />}
      {!off && unproved && <PartField path={['reason_on']} control="area" optional />}
      <PartField path={['valid_from']} control="date" help="从哪一天起算；发布时所选的施行日期更晚的，以施行日期为准" />
      <PartField path={['valid_to']} control="date" optional help="长期有效的不填" />
    </Part>
  )
}

function When() {
  const part = usePart()
  const cadence = valueAt(part.value, ['cadence'])
  return (
    <Part title="什么时候做">
      <PartField path={['cadence']} control="select" options={optionsOf(cadenceTitles)} />
      {cadence === 'once' && <PartField path={['by']} control="date" />}
      {cadence === 'event' && <RequirementEvent />}
      {cadence !== 'once' && cadence !== 'event' && (
        <PartField path={['due', 'offset_days']} control="number" optional help="期末之后第几天到期；不填即期末当天" />
      )}
      {(cadence === 'quarter' || cadence === 'half' || cadence === 'year') && (
        <PartField
          path={['usual_months']}
          control="several"
          options={months}
          optional
          help="只作提示，不影响到期"
          onChange={(value) =>
            part.set(
              ['usual_months'],
              (Array.isArray(value) ? value.map(Number) : []).toSorted((a, b) => a - b),
            )
          }
        />
      )}
      <PartField path={['grace_days']} control="number" optional help="到期后几天内记录不算迟；不填即 5 天" />
      <PartField path={['notice_days']} control="number" optional help="到期前几天提醒；不填即 7 天" />
    </Part>
  )
}

function useSuggested(body: DraftBody): Suggested {
  const rules = useCall(listRequirements, { query: {} })
  const codes = new Map((rules.data?.items ?? []).map((one) => [one.code, `${one.code} ${one.title}`]))
  for (const own of body.requirements) codes.set(textAt(own, 'code'), `${textAt(own, 'code')} ${textAt(own, 'title')}`)
  const requirements = optionsOf(Object.fromEntries(codes))
  const tags = body.tags.map((tag) => ({ value: textAt(tag, 'code'), label: textAt(tag, 'title') || textAt(tag, 'code') }))
  const choices = (key: 'categories' | 'quality') =>
    body.tags.flatMap((tag) =>
      (Array.isArray(tag[key]) ? tag[key] : [])
        .map(looseOf)
        .map((one) => ({ value: textAt(one, 'code'), label: textAt(one, 'title') })),
    )
  return { tags, requirements, requirement: requirements, categories: choices('categories'), quality: choices('quality') }
}

function How({ body }: { body: DraftBody }) {
  const part = usePart()
  const read = useCall(listMeasures, {})
  const suggested = useSuggested(body)
  const measures = read.data?.items ?? []
  const name = textAt(looseOf(valueAt(part.value, ['measure'])), 'name')
  const chosen = measures.find((one) => one.name === name)
  const moduleOf = (measure: string) => (moduleTitles as Readonly<Record<string, string>>)[measure.split('.')[0] ?? ''] ?? '其他'
  const options = measures.map((one) => ({ value: one.name, label: `${moduleOf(one.name)} · ${one.title}` }))
  const unknown = name !== '' && read.data !== undefined && !chosen
  return (
    <Part title="怎么计数" note="数什么、数到多少算做到">
      <PartField
        path={['measure', 'name']}
        title="数什么"
        control="select"
        options={unknown ? [...options, { value: name, label: `${moduleOf(name)} · ${name}（还没有模块能计）` }] : options}
        help={chosen ? usedWords(chosen.usedBy) : '可以打字查找'}
        onChange={(value) => part.set(['measure'], value ? { name: value } : undefined)}
      />
      {unknown && <p className="draft-muted">还没有模块能计这一项：只能先不启用，等有数据来源后再打开。</p>}
      {chosen && <MeasureParams key={name} schema={chosen.params} path={['measure', 'params']} suggested={suggested} />}
      <Target unit={chosen?.unit ?? '次'} />
    </Part>
  )
}

const usedWords = (codes: readonly string[]) =>
  codes.length === 0
    ? '现在还没有别的要求用它'
    : `现在用它的要求：${codes.slice(0, 6).join('、')}${codes.length > 6 ? ' 等' : ''}`

const targets = { at_least: '不少于几次（个）', sum_at_least: '合计不少于多少', ratio_at_least: '比率不低于多少' } as const

function Target({ unit }: { unit: string }) {
  const part = usePart()
  const target = looseOf(valueAt(part.value, ['target']))
  const kind = (Object.keys(targets) as (keyof typeof targets)[]).find((key) => key in target) ?? 'at_least'
  const ratio = valueAt(part.value, ['target', 'ratio_at_least'])
  return (
    <>
      <PartField
        path={['target', 'kind']}
        title="目标"
        render={(control) => (
          <select
            id={control.id}
            className="draft-select"
            value={kind}
            disabled={part.readOnly}
            onChange={(event) => part.set(['target'], { [event.target.value]: 1 })}
          >
            {Object.entries(targets).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      />
      <PartField
        path={['target', kind]}
        control="number"
        title={kind === 'ratio_at_least' ? '比率（0 到 1）' : `至少多少${unit}`}
        {...(kind === 'ratio_at_least' && typeof ratio === 'number' && { help: `即 ${Math.round(ratio * 100)}%` })}
      />
      <GroupError path="target" />
    </>
  )
}
