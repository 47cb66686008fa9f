import { inChinese } from '../../../../kernel/time/civil-date.ts'
import { useParam } from '../../../../ui/address.ts'
import { Facts } from '../../../../ui/facts.tsx'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import * as contract from '../../yellow-cards/cards.contract.ts'
import { cardStates, itemStates } from '../../yellow-cards/cards.lifecycle.ts'
import { PaperLink } from '../papers/paper-link.tsx'
import { AppealLink } from '../appeals/appeal-link.tsx'
import { RecordActs } from '../records/record-acts.tsx'
import { RecordSteps } from '../records/record-steps.tsx'
import { cardActs, itemActs } from './card-steps.tsx'

/** One yellow card: on what it rests, what the organization said, what was decided, each item with its state. */
export function CardPage() {
  const id = useParam('id')
  const { today } = useSession()
  const found = useCall(contract.showCard, { params: { id } })
  const title = found.data ? `黄牌警示：${found.data.organization.name}` : '黄牌警示'
  return (
    <Page
      title={title}
      crumbs={[{ label: '黄牌警示', to: '/yellow-cards' }]}
      narrow
      actions={['in_force', 'lifted'].includes(found.data?.state ?? '') && <PaperLink kind="yellow_card" id={id} />}
    >
      <Loaded query={found}>
        {(data) => (
          <>
            <RecordActs id={id} name="card" acts={cardActs(data, today)} abilities={data.abilities} notices={data.notices} />
            <Panel title="黄牌" note={cardStates[data.state]}>
              <CardFacts found={data} />
              {(data.state === 'in_force' || data.state === 'lifted') && data.steps.length > 0 && (
                <AppealLink measure="yellow_card" id={id} />
              )}
            </Panel>
            {data.items.map((item, at) => (
              <Item key={item.id} card={id} item={item} at={at} />
            ))}
            {data.reports.length > 0 && (
              <Panel title="每月报告">
                <Facts items={data.reports.map(({ month, report }) => ({ term: month, value: report, wide: true }))} />
              </Panel>
            )}
            <RecordSteps steps={data.steps} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function CardFacts({ found }: { found: contract.CardPage }) {
  const from = found.caseId && <Go to={`/cases/${found.caseId}`}>督办事项</Go>
  return (
    <Facts
      items={[
        { term: '状态', value: cardStates[found.state] },
        { term: '组织', value: found.organization.name },
        { term: '建议日期', value: inChinese(found.proposedOn) },
        { term: '陈述期到', value: inChinese(found.hearBy) },
        { term: '是否公开', value: found.isPublic ? '公开' : '不公开' },
        { term: '由哪里来', value: from },
        { term: '留痕到', value: found.shownUntil && inChinese(found.shownUntil) },
        { term: '依据', value: found.grounds, wide: true },
        ...found.records.map((one) => ({ term: one.requirement, value: `${one.title}：${one.periods.join('、')}`, wide: true })),
        { term: '陈述意见', value: found.statement, wide: true },
        { term: '决定理由', value: found.decision, wide: true },
      ]}
    />
  )
}

function Item({ card, item, at }: { card: string; item: contract.CardItem; at: number }) {
  return (
    <>
      <Panel title={`清单第 ${at + 1} 条：${item.title}`} note={itemStates[item.state]}>
        <Facts
          items={[
            { term: '责任人', value: item.owner?.name },
            { term: '完成时限', value: inChinese(item.dueOn) },
            { term: '办理结果', value: item.result, wide: true },
            { term: '核验情况', value: item.test, wide: true },
          ]}
        />
      </Panel>
      <RecordActs
        id={card}
        name={`item-${item.id}`}
        acts={itemActs(item.id)}
        abilities={item.abilities}
        title={`办理第 ${at + 1} 条`}
      />
    </>
  )
}
