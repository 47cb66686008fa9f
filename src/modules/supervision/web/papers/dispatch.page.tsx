import { Button } from 'antd'
import { addressOf } from '../../../../kernel/http/call.ts'
import { periodOf } from '../../../../kernel/time/period.ts'
import { useAddress } from '../../../../ui/address.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { PeriodPicker } from '../../../../ui/period-picker.tsx'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import {
  type Change,
  changes,
  type DispatchCounts,
  type DispatchItem,
  dispatchKinds,
  exportDispatch,
  showDispatch,
} from '../../dispatch/dispatch.contract.ts'
import { SupervisionTabs } from '../tasks/supervision-tabs.tsx'
import styles from './papers.module.css'

type Found = ReturnType<(typeof showDispatch)['reply']['parse']>

/** Roles that sign papers of the organization they are held over. */
const signers: readonly string[] = ['committee_officer', 'committee_secretary', 'full_time_deputy']

/** 季度调度: everything open by unit and line, and what changed since a day. */
export function DispatchPage() {
  const [search, change] = useAddress()
  const { today, grants } = useSession()
  const mayDraft = useAbility('supervision.paper.draft')
  const quarter = search.quarter ?? periodOf(today, 'quarter').name
  const query = { quarter, ...(search.since && { since: search.since }), ...(search.under && { under: search.under }) }
  const found = useCall(showDispatch, { query })
  const own = grants.find((grant) => signers.includes(grant.role))?.organization.id
  const bulletin = `/papers/new?objectKind=dispatch&objectId=${encodeURIComponent(`${quarter}:${search.under ?? own ?? ''}`)}`
  return (
    <Page
      title="季度调度"
      crumbs={[{ label: '督办', to: '/cases' }]}
      bar={
        <>
          <SupervisionTabs now="dispatch" />
          <PeriodPicker value={quarter} onChange={(value) => change({ quarter: value })} today={today} cadences={['quarter']} />
        </>
      }
      actions={
        <>
          {mayDraft && own && <GoButton to={bulletin}>出通报</GoButton>}
          <Button href={addressOf(exportDispatch.path, { query })}>导出</Button>
        </>
      }
    >
      <Loaded query={found}>{(data) => <Whole found={data} />}</Loaded>
    </Page>
  )
}

function Whole({ found }: { found: Found }) {
  if (found.itemsTotal === 0) return <Empty sentence="这个季度没有未销号的事项，也没有办结的。" />
  return (
    <div className={styles.stack}>
      <p className={`${styles.plain} ${styles.aside}`}>
        数据截至 {found.until}，与 {found.since} 相比：未销号 {found.totals.open} 件，新增 {found.totals.came} 件，办结{' '}
        {found.totals.closed} 件，超过时限 {found.totals.overdue} 件，在等上级 {found.totals.waiting} 件。按组织次序排列。
      </p>
      <Panel title="各单位">
        <Counts rows={found.units.map((one) => ({ name: one.organization.name, counts: one.counts }))} head="单位" />
      </Panel>
      <Panel title="各条线">
        <Counts rows={found.lines.map((one) => ({ name: one.line, counts: one.counts }))} head="条线" />
      </Panel>
      <Panel
        title={`台账（${found.itemsTotal} 件${found.items.length < found.itemsTotal ? `，这里列前 ${found.items.length} 件，全部见导出` : ''}）`}
      >
        <Items items={found.items} />
      </Panel>
    </div>
  )
}

const counted: readonly (readonly [keyof DispatchCounts, string])[] = [
  ['open', '未销号'],
  ['came', '新增'],
  ['closed', '办结'],
  ['overdue', '超过时限'],
  ['waiting', '在等上级'],
]

function Counts(props: { rows: readonly { name: string; counts: DispatchCounts }[]; head: string }) {
  return (
    <section className={styles.wide} aria-label={`按${props.head}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{props.head}</th>
            {counted.map(([key, title]) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {counted.map(([key]) => (
                <td key={key}>{row.counts[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const changeWord = (change: Change) => changes[change]

function Items({ items }: { items: readonly DispatchItem[] }) {
  return (
    <section className={styles.wide} aria-label="台账">
      <table className={styles.table}>
        <thead>
          <tr>
            {['单位', '类别', '事项', '状态', '变化', '时限'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.kind}${item.id}`}>
              <td>{item.unit.name}</td>
              <td>{dispatchKinds[item.kind]}</td>
              <td>
                <Go to={item.link}>{item.title}</Go>
              </td>
              <td>{item.overdue ? `${item.state}，超过时限` : item.waiting ? `${item.state}，在等上级` : item.state}</td>
              <td>{changeWord(item.change)}</td>
              <td>{item.dueOn ?? '－'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
