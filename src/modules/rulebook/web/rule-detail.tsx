import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese, periodOf } from '../../../kernel/time/period.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusBar } from '../../../ui/status-bar.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { confidenceTitles } from '../documents/rulebook-file.contract.ts'
import { listIndicators } from '../indicators/indicators.contract.ts'
import { type Dimension, dimensions, strengths } from '../obligations/obligations.contract.ts'
import type { RequirementLine } from '../requirements/requirements.contract.ts'
import { cockpitAddress, obligationsAddress, whyAddress } from './addresses.rules.ts'
import { figureParts, figureSentence } from './figures.rules.ts'
import type { ClauseLine } from './rules-shown.rules.ts'
import { RuleActs } from './rule-acts.tsx'
import { VersionsSide } from './versions-side.tsx'
import './rules.css'

interface RuleDetailProps {
  readonly code: string
  /** Oldest first. */
  readonly versions: readonly RequirementLine[]
  readonly clauses: readonly ClauseLine[]
}

/** One requirement: how it stands in my organization, then whom it binds, how it is counted, where it comes from, and its versions. */
export function RuleDetail(props: RuleDetailProps) {
  const [newest, ...older] = props.versions.toReversed()
  if (!newest) return <Empty sentence={`没有代号为 ${props.code} 的要求，可能是地址有误。请从左边的条文里选。`} />
  return (
    <div className="rules-detail">
      {newest.enabled && <Standing code={props.code} />}
      <Version line={newest} />
      <RuleActs line={newest} />
      <section>
        <h3>条文</h3>
        {newest.clauses.map((full) => (
          <CitedClause key={full} full={full} clauses={props.clauses} />
        ))}
      </section>
      {older.length > 0 && <VersionsSide versions={props.versions} />}
    </div>
  )
}

/** Where the reader's own grant stands, else where the reader belongs. */
function useOwnOrganization() {
  const session = useSession()
  return session.grants[0]?.organization ?? session.organizations[0]
}

function Standing(props: { code: string }) {
  const own = useOwnOrganization()
  const { today } = useSession()
  const allowed = useAbility('rulebook.obligation.read')
  const year = periodOf(today, 'year').name
  const read = useCall(
    listIndicators,
    own && allowed ? { query: { organization: own.id, period: year, requirement: props.code } } : null,
  )
  if (!own || !allowed) return null
  return (
    <section>
      <h3>
        {own.name} · {periodInChinese(period(year))}至今
      </h3>
      <Loaded query={read}>
        {({ items }) => {
          const mine = items.filter((item) => item.organization.self)
          if (mine.length === 0) return <p className="rules-muted">今年到现在，这里没有这一项的应办。</p>
          return mine.map((item) => {
            const parts = figureParts(item.counts)
            return (
              <p key={item.strength}>
                <Go to={whyAddress({ organization: own.id, period: year, requirement: props.code })}>
                  {parts.m > 0 ? `${parts.n} / ${parts.m}` : '看来由'}
                </Go>{' '}
                {figureSentence(item.counts)}
                <StatusBar counts={parts.counts} />
              </p>
            )
          })
        }}
      </Loaded>
      <p>
        <Go to={obligationsAddress({ under: own.id, period: year, requirement: props.code })}>逐项看应办事项</Go>
        {' · '}
        <Go to={obligationsAddress({ under: own.id, period: year, requirement: props.code, status: 'not_reported' })}>
          谁还没有报
        </Go>
        {' · '}
        <Go to={cockpitAddress({ organization: own.id, period: year })}>去驾驶舱</Go>
      </p>
    </section>
  )
}

function Version(props: { line: RequirementLine }) {
  const { line } = props
  const confidence = (confidenceTitles as Readonly<Record<string, string>>)[line.confidence]
  const span = line.to === null ? `${inChinese(line.from)}起` : `${inChinese(line.from)}起，到${inChinese(line.to)}前`
  return (
    <Facts
      items={[
        {
          term: '约束',
          value: `${strengths[line.strength]} · ${line.strength === 'hard' ? '没有做到算欠办' : '没有做到只作提示'}`,
        },
        { term: '是否启用', value: line.enabled ? '已启用' : `未启用：${line.reasonOff ?? ''}`, wide: !line.enabled },
        { term: '约束谁', value: line.subject, wide: true },
        { term: '周期', value: line.cadence },
        { term: '目标', value: line.target },
        { term: '计什么', value: line.measure, wide: true },
        { term: '怎么算', value: line.formula, wide: true },
        { term: '怎么补', value: line.remedy, wide: true },
        { term: '维度', value: dimensions[line.dimension as Dimension] ?? line.dimension },
        { term: '版本', value: `第 ${line.version} 版，${span}` },
        { term: '出处', value: line.source, wide: true },
        {
          term: '可信程度',
          value: line.confidence === 'conflict' ? confidence : `${line.confidence} ${confidence ?? ''}`,
          wide: true,
        },
      ]}
    />
  )
}

function CitedClause(props: { full: string; clauses: readonly ClauseLine[] }) {
  const clause = props.clauses.find((one) => `${one.rulebook}:${one.code}` === props.full)
  if (!clause) return <p>{props.full}</p>
  return (
    <p>
      <b>
        {clause.code} {clause.title}
      </b>{' '}
      {clause.gist}
    </p>
  )
}
