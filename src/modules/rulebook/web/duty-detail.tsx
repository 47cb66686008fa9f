import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go, GoButton } from '../../../ui/go.tsx'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { dimensions, type Dimension, type Obligation, statuses, strengths } from '../obligations/obligations.contract.ts'
import { recordAddress } from './addresses.rules.ts'
import { determineAddress } from './determinations/determination-fields.rules.ts'
import { DutyRelief } from './duty-relief.tsx'
import { toneOf } from './figures.rules.ts'
import './why-panel.css'
import { WhyPanel } from './why-panel.tsx'

/** One duty: whose, until when, how it stands, what to do, the records, and the clause that asks for it. */
export function DutyDetail(props: { duty: Obligation }) {
  const { duty } = props
  const facts = [
    { term: '状态', value: <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag> },
    { term: '期间', value: periodInChinese(period(duty.period)) },
    {
      term: '责任',
      value: duty.subject.kind === 'person' ? `${duty.organization.name} ${duty.subject.name}` : duty.organization.name,
    },
    { term: '维度', value: `${dimensions[duty.dimension as Dimension] ?? duty.dimension} · ${strengths[duty.strength]}` },
    { term: '到期', value: duty.due },
    { term: '迟办界限', value: `${inChinese(duty.lateAfter)}以后记录的算迟办` },
    { term: '计入', value: `${duty.value.numerator} / ${duty.value.denominator}` },
    { term: '记录', value: <Records duty={duty} />, wide: true },
    ...(needsRemedy(duty) ? [{ term: '怎么补', value: duty.remedy, wide: true }] : []),
  ]
  return (
    <>
      <Facts items={facts} />
      <Determine duty={duty} />
      <DutyRelief duty={duty} />
      <div className="why-apart">
        <WhyPanel organization={duty.organization.id} period={duty.period} requirement={duty.requirement} />
      </div>
    </>
  )
}

/** Where a duty is judged by hand and nobody has looked yet, to the form with everything known filled in. */
function Determine({ duty }: { duty: Obligation }) {
  const may = useAbility('rulebook.determination.make')
  if (!may || duty.measure.name !== 'rulebook.determinations' || duty.evidence.length > 0) return null
  const preset = { requirement: duty.requirement, organization: duty.organization.id, period: duty.period }
  return (
    <p>
      <GoButton to={determineAddress(preset)}>作出认定</GoButton>
    </p>
  )
}

const needsRemedy = (duty: Obligation): boolean =>
  ['unmet', 'not_reported', 'not_due'].includes(duty.status) && duty.remedy !== ''

function Records(props: { duty: Obligation }) {
  const { evidence } = props.duty
  if (evidence.length === 0) return <>没有任何记录</>
  return (
    <>
      {evidence.map((record, at) => (
        <span key={record.id}>
          {at > 0 && '、'}
          <Go to={recordAddress(record)}>看记录{evidence.length > 1 ? ` ${at + 1}` : ''}</Go>
        </span>
      ))}
    </>
  )
}
