import { periodInChinese, period as parse } from '../../../kernel/time/period.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../ui/address.ts'
import { FigureCell } from '../../../ui/figure-cell.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { periodIn } from '../../../ui/period-in.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import type { z } from 'zod'
import { explain } from '../explanation/explanation.contract.ts'
import { type Dimension, dimensions } from '../obligations/obligations.contract.ts'
import { cockpitAddress, followUpAddress, obligationsAddress, whyAddress } from './addresses.rules.ts'
import { figureParts, figureSentence } from './figures.rules.ts'
import { FigureViews } from './figure-views.tsx'

type Explanation = z.output<(typeof explain)['reply']>

/** What an organization stands at in a period, in words: what matters, and what waits on somebody above. */
export function ExplainPage() {
  const { today } = useSession()
  const [search, change] = useAddress()
  const period = periodIn(search, today)
  const read = useCall(explain, { query: { period, ...(search.organization && { organization: search.organization }) } })
  const found = read.data
  return (
    <Page
      title={found ? `${found.organization.name}情况说明` : '情况说明'}
      crumbs={[
        { label: '驾驶舱', to: cockpitAddress({ period, ...(search.organization && { organization: search.organization }) }) },
      ]}
      bar={
        <>
          <FigureViews current="explain" organization={search.organization} period={period} />
          <PeriodPicker value={period} today={today} onChange={(next) => change({ period: next })} />
        </>
      }
    >
      <Loaded query={read}>
        {(explained) => (
          <>
            <Stands explained={explained} />
            <Matters explained={explained} />
            <Waiting explained={explained} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Stands({ explained }: { explained: Explanation }) {
  const { organization, period } = explained
  return (
    <Panel title="到哪一步了" note={`${periodInChinese(parse(period))}，只计“应当”类要求`}>
      <p className="figure-said">
        {explained.sentence}
        <small>{explained.before.sentence}</small>
      </p>
      <ul className="figure-dimensions">
        {explained.dimensions
          .filter(({ counts }) => Object.values(counts).some((count) => count > 0))
          .map(({ dimension, counts }) => (
            <li key={dimension}>
              <Go to={whyAddress({ organization: organization.id, period, dimension })}>
                {dimensions[dimension as Dimension] ?? dimension}
              </Go>
              <FigureCell {...figureParts(counts)} label={dimensions[dimension as Dimension] ?? dimension} />
            </li>
          ))}
      </ul>
      <small>提示类要求（不计短缺）：{figureSentence(explained.soft)}</small>
    </Panel>
  )
}

function Matters({ explained }: { explained: Explanation }) {
  const { organization, period } = explained
  if (explained.matters.length === 0) {
    return (
      <Panel title="要紧的事">
        <Empty sentence="这一期没有欠办的“应当”类事项。" />
      </Panel>
    )
  }
  return (
    <Panel title="要紧的事" note="按欠办数列出要求；同一要求下按组织序">
      <ul className="figure-stack">
        {explained.matters.map((line) => (
          <li key={line.requirement}>
            <Go to={whyAddress({ organization: organization.id, period, requirement: line.requirement })}>
              {line.requirement} {line.title}
            </Go>
            ：
            {[
              ...(line.unmet > 0 ? [`未达标 ${line.unmet} 项`] : []),
              ...(line.notReported > 0 ? [`未报 ${line.notReported} 项`] : []),
            ].join('，')}
            ，最早 {inChinese(line.oldestDue)}到期。{line.remedy}
            <small>
              {line.places.map(({ id, name, open }) => (
                <span key={id}>
                  <Go to={obligationsAddress({ under: id, period, requirement: line.requirement })}>{name}</Go> {open}；{' '}
                </span>
              ))}
              {line.placesTotal > line.places.length && (
                <Go to={obligationsAddress({ under: organization.id, period, requirement: line.requirement })}>
                  共 {line.placesTotal} 个组织，看全部
                </Go>
              )}{' '}
              <Go to={followUpAddress(organization.id, line.title)}>看督办</Go>
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Waiting({ explained }: { explained: Explanation }) {
  return (
    <Panel title="在等上级的" note="等待期间不计入逾期">
      {explained.waiting.length === 0 ? (
        <Empty sentence="没有在等上级答复的事项。" />
      ) : (
        <ul className="figure-stack">
          {explained.waiting.map((line) => (
            <li key={`${line.kind} ${line.id}`}>
              <b>{line.organization.name}</b>：{line.title}，{line.waitsOn}
              <small>
                {inChinese(line.since)}起，已等 {line.days} 天
              </small>
            </li>
          ))}
        </ul>
      )}
      {explained.waitingTotal > explained.waiting.length && <small>共 {explained.waitingTotal} 项，这里列出等得最久的。</small>}
    </Panel>
  )
}
