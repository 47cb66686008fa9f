import { Go } from '../../../ui/go.tsx'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Loaded } from '../../../ui/states.tsx'
import { StatusBar } from '../../../ui/status-bar.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type Trace, trace } from '../indicators/indicators.contract.ts'
import { type Dimension, dimensions, strengths } from '../obligations/obligations.contract.ts'
import { whyAddress, type WhyAsked } from './addresses.rules.ts'
import { figureParts, figureSentence } from './figures.rules.ts'
import { WhyOpen } from './why-open.tsx'
import { WhyRecords } from './why-records.tsx'
import './why-panel.css'

export interface WhyPanelProps extends WhyAsked {
  /** Opens one requirement of the figure in place; without it each requirement links to its own page. */
  readonly onRequirement?: (code: string | undefined) => void
  /** Everything unfolded, as on paper. */
  readonly unfolded?: boolean
}

const treeOf = (tree: string | undefined): 'as_was' | 'as_is' => (tree === 'as_is' ? 'as_is' : 'as_was')

/** What the address may name: an unknown dimension is left out rather than sent. */
function queryOf(asked: WhyAsked) {
  const dimension = asked.dimension && asked.dimension in dimensions ? (asked.dimension as Dimension) : undefined
  return {
    organization: asked.organization,
    period: asked.period,
    tree: treeOf(asked.tree),
    ...(dimension && { dimension }),
    ...(asked.requirement && { requirement: asked.requirement }),
  }
}

export type WhyQuery = ReturnType<typeof queryOf>

/** Why a figure is what it is: the number in words, formula, what is owed and the one act that helps, records, clauses. */
export function WhyPanel(props: WhyPanelProps) {
  const query = queryOf(props)
  const read = useCall(trace, { query: { ...query, limit: 20 } })
  return <Loaded query={read}>{(figure) => <Why {...props} figure={figure} query={query} />}</Loaded>
}

function Why(props: WhyPanelProps & { figure: Trace; query: WhyQuery }) {
  const { figure, query } = props
  return (
    <div className="why-why">
      <Head {...props} />
      <p className="why-muted">
        <b>怎么算：</b>
        {figure.formula}
      </p>
      {query.requirement === undefined && <ByRequirement {...props} />}
      <WhyOpen figure={figure} query={query} />
      <WhyRecords figure={figure} query={query} unfolded={props.unfolded ?? false} />
      <Clauses figure={figure} unfolded={props.unfolded ?? false} />
      {!props.unfolded && (
        <p className="why-alone">
          <Go to={whyAddress(query)}>单独打开这一页，可打印</Go>
        </p>
      )}
    </div>
  )
}

function nameOf(figure: Trace, query: WhyQuery): string {
  if (query.requirement) return `${query.requirement} ${figure.requirements[0]?.title ?? ''}`.trim()
  return query.dimension ? dimensions[query.dimension] : '六个维度合计'
}

interface HeadProps extends WhyPanelProps {
  readonly figure: Trace
  readonly query: WhyQuery
}

const treeWords = { as_is: '按现行建制', as_was: '按当时建制' } as const

/** The number with its words. A soft requirement alone shows its own counts: they are nobody's debt. */
function Head(props: HeadProps) {
  const { figure, query } = props
  const onlySoft = figure.requirements.length > 0 && figure.requirements.every((one) => one.strength === 'soft')
  const main = onlySoft ? figure.soft : figure.counts
  const when = periodInChinese(period(figure.period))
  return (
    <div>
      <p className="why-muted">{[figure.organization.name, nameOf(figure, query), when, treeWords[query.tree]].join(' · ')}</p>
      <p>
        <span className="why-big">{bigOf(main)}</span>{' '}
        {figure.requirements.length === 0 ? '这一期这里没有适用的要求。' : figureSentence(main)}
      </p>
      <StatusBar counts={figureParts(main).counts} />
      <Measured figure={figure} />
      {onlySoft ? (
        <p className="why-muted">这是“提示”类要求：没有做到只作提示，不算欠办。</p>
      ) : (
        <SoftApart counts={figure.soft} />
      )}
      <BackToAll {...props} />
    </div>
  )
}

function Measured(props: { figure: Trace }) {
  const { value } = props.figure
  if (!value || value.denominator === 0) return null
  return (
    <p className="why-muted">
      计量值 {value.numerator} / {value.denominator}：记录计入的次数与应达的次数。
    </p>
  )
}

function BackToAll(props: HeadProps) {
  const { query, onRequirement } = props
  if (!query.requirement || !onRequirement) return null
  return (
    <button type="button" className="why-link" onClick={() => onRequirement(undefined)}>
      ‹ 回到{query.dimension ? dimensions[query.dimension] : '全部要求'}
    </button>
  )
}

/** Not yet due, exempt and not applicable are three things, and none of them is zero. */
function bigOf(counts: Trace['counts']): string {
  const { n, m, none } = figureParts(counts)
  if (m > 0) return `${n} / ${m}`
  return counts.not_due > 0 ? '未到期' : none.sign
}

function SoftApart(props: { counts: Trace['soft'] }) {
  const { n, m } = figureParts(props.counts)
  if (m === 0) return null
  return (
    <p className="why-muted">
      另有“提示”类要求 {n} / {m}，单独列，不算欠办。
    </p>
  )
}

function ByRequirement(props: WhyPanelProps & { figure: Trace; query: WhyQuery }) {
  const { figure } = props
  if (figure.requirements.length === 0) return null
  return (
    <section>
      <h3>逐项要求</h3>
      <ul className="why-rows">
        {figure.requirements.map((one, at) => (
          <li key={`${one.code} ${one.strength} ${at}`} className="why-requirement">
            <RequirementLink {...props} code={one.code} title={one.title} />
            <span className="why-muted">{one.strength === 'soft' && strengths.soft}</span>
            <RequirementFigure counts={one.counts} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function RequirementLink(props: WhyPanelProps & { query: WhyQuery; code: string; title: string }) {
  const words = `${props.code} ${props.title}`
  const { onRequirement } = props
  if (!onRequirement) return <Go to={whyAddress({ ...props.query, requirement: props.code })}>{words}</Go>
  return (
    <button type="button" className="why-link" onClick={() => onRequirement(props.code)}>
      {words}
    </button>
  )
}

function RequirementFigure(props: { counts: Trace['counts'] }) {
  const parts = figureParts(props.counts)
  return (
    <span className="why-figure">
      {bigOf(props.counts)}
      <StatusBar counts={parts.counts} />
    </span>
  )
}

function Clauses(props: { figure: Trace; unfolded: boolean }) {
  const { clauses, requirements } = props.figure
  if (clauses.length === 0) return null
  const sources = [...new Set(requirements.map((one) => one.source))]
  return (
    <details className="why-fold" open={props.unfolded || clauses.length <= 3}>
      <summary>依据 {clauses.length} 条条文</summary>
      {clauses.map((clause) => (
        <div key={`${clause.document} ${clause.code}`} className="why-clause">
          <p>
            <b>
              {clause.code} {clause.title}
            </b>{' '}
            <span className="why-muted">《{clause.document}》</span>
          </p>
          <p>{clause.gist}</p>
        </div>
      ))}
      <p className="why-muted">出处：{sources.join('；')}。条文为转述，以原文为准。</p>
    </details>
  )
}
