import { Select } from 'antd'
import type { z } from 'zod'
import { periodInChinese, period as parse } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { periodIn } from '../../../ui/period-in.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { differences } from '../differences/differences.contract.ts'
import { dimensions } from '../obligations/obligations.contract.ts'
import { cockpitAddress, whyAddress } from './addresses.rules.ts'
import { figureParts } from './figures.rules.ts'
import { FigureViews } from './figure-views.tsx'

type Differences = z.output<(typeof differences)['reply']>
type Row = Differences['rows'][number]
const every = 'all'

const dimensionIn = (text: string | undefined) =>
  text !== undefined && text in dimensions ? (text as keyof typeof dimensions) : undefined

/** Direct children against one another, with intervals; says when a difference is noise. */
export function DifferencesPage() {
  const { today } = useSession()
  const [search, change] = useAddress()
  const period = periodIn(search, today)
  const dimension = dimensionIn(search.dimension)
  const place = search.organization && { organization: search.organization }
  const read = useCall(differences, {
    query: { period, ...place, ...(dimension && { dimension }), ...(search.requirement && { requirement: search.requirement }) },
  })
  return (
    <Page
      title={read.data ? `${read.data.organization.name}各下级的差别` : '差别'}
      crumbs={[{ label: '驾驶舱', to: cockpitAddress({ period, ...place }) }]}
      bar={
        <>
          <FigureViews current="differences" organization={search.organization} period={period} />
          <PeriodPicker value={period} today={today} onChange={(next) => change({ period: next })} />
          <Select
            aria-label="维度"
            value={dimension ?? every}
            popupMatchSelectWidth={false}
            options={[
              { value: every, label: '六个维度合计' },
              ...Object.entries(dimensions).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(next: string) => change({ dimension: next === every ? undefined : next, requirement: undefined })}
          />
        </>
      }
    >
      <Loaded query={read}>{(found) => <Compared found={found} dimension={dimension} requirement={search.requirement} />}</Loaded>
    </Page>
  )
}

function Compared(props: { found: Differences; dimension: string | undefined; requirement: string | undefined }) {
  const { found } = props
  const phone = usePhone()
  if (found.rows.length === 0) return <Empty sentence="这里没有下级组织，没有可比较的。请回到上级看。" />
  const why = (row: Row) =>
    whyAddress({
      organization: row.organization.id,
      period: found.period,
      dimension: props.dimension,
      requirement: props.requirement,
    })
  return (
    <Panel title={found.sentence} note={`${periodInChinese(parse(found.period))}，按组织序，只计“应当”类要求`} flush={!phone}>
      {phone ? (
        <ul className="figure-stack">
          {found.rows.map((row) => (
            <li key={row.organization.id}>
              <Go to={why(row)}>{row.organization.name}</Go> <ShareOf row={row} />
              <IntervalBar row={row} />
              <small>{row.words}</small>
            </li>
          ))}
        </ul>
      ) : (
        <table className="figure-lines" aria-label={`${found.organization.name}各下级的差别`}>
          <thead>
            <tr>
              <th scope="col">组织</th>
              <th scope="col">已办 / 应办</th>
              <th scope="col">比率的区间（0 至 100%）</th>
              <th scope="col">能说什么</th>
            </tr>
          </thead>
          <tbody>
            {found.rows.map((row) => (
              <tr key={row.organization.id}>
                <th scope="row">
                  <Go to={why(row)}>{row.organization.name}</Go>
                </th>
                <td>
                  <ShareOf row={row} />
                </td>
                <td>
                  <IntervalBar row={row} />
                </td>
                <td>{row.words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p style={{ padding: phone ? 0 : '0 14px' }}>
        <small>{found.method}</small>
      </p>
    </Panel>
  )
}

const percent = (share: number) => `${Math.round(share * 100)}%`

function ShareOf({ row }: { row: Row }) {
  const { n, m } = figureParts(row.counts)
  return (
    <span>
      {n} / {m}
    </span>
  )
}

/** Where the share lies, and between which bounds it may as well lie. */
function IntervalBar({ row }: { row: Row }) {
  if (row.interval === null || row.ratio === null) return <span>·</span>
  const { low, high } = row.interval
  return (
    <>
      <span className="figure-span" aria-hidden="true">
        <i style={{ left: percent(low), width: percent(high - low) }} />
        <b style={{ left: percent(row.ratio) }} />
      </span>
      <small>
        {percent(row.ratio)}，区间 {percent(low)} 至 {percent(high)}
      </small>
    </>
  )
}
