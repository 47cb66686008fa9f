import { useAddress } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { Wide } from '../../../ui/wide.tsx'
import { type GroupCoverage, type ShareLine, trainingCoverage, trainingShares } from '../coverage/coverage.contract.ts'
import { inPercent } from '../classes/theory-share.rules.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import './training.css'

const namesShown = 30

/** Who of each target group had training this year, who had not, by name; and how much of it was political theory. */
export function CoveragePage() {
  const [search] = useAddress()
  const { today } = useSession()
  const year = Number(search.year ?? today.slice(0, 4))
  const query = { year, ...(search.under && { under: search.under }) }
  const coverage = useCall(trainingCoverage, { query })
  const shares = useCall(trainingShares, { query })
  return (
    <Page title="培训覆盖" crumbs={crumbs} note={`${year} 年`}>
      <TrainingTabs now="coverage" />
      <div className="training-lines">
        <Loaded query={coverage}>
          {({ groups }) => (
            <>
              {groups.map((one) => (
                <Group key={one.group} one={one} />
              ))}
            </>
          )}
        </Loaded>
        <Panel title="政治理论比重">
          <Loaded query={shares}>{({ items }) => <Shares items={items} />}</Loaded>
        </Panel>
      </div>
    </Page>
  )
}

function Group({ one }: { one: GroupCoverage }) {
  const mayCreate = useAbility('learning.class.create')
  const names = one.missing
    .slice(0, namesShown)
    .map(({ name, organization, due }) => `${name}（${organization}${due ? `，${due} 前` : ''}）`)
  return (
    <Panel title={`${one.title} ${one.trained} / ${one.total} 人`} note={`本年办班 ${one.classes} 期`}>
      {one.total === 0 && <p className="training-soft">没有这一类的同志。</p>}
      {one.missing.length > 0 && (
        <p>
          还没有培训：{names.join('、')}
          {one.missing.length > namesShown && ` 等 ${one.missing.length} 人`}
        </p>
      )}
      {one.missing.length > 0 && mayCreate && (
        <div className="training-acts">
          <GoButton to={`/training-classes/new?targetGroup=${one.group}`} label={`办班：${one.title}`}>
            办班
          </GoButton>
        </div>
      )}
    </Panel>
  )
}

function Shares({ items }: { items: readonly ShareLine[] }) {
  if (items.length === 0) return <Empty sentence="今年还没有登记过出勤的培训班。" />
  return (
    <Wide label="各单位办班">
      <table className="training-table">
        <tbody>
          {items.map((line) => (
            <tr key={line.organization.id}>
              <td>{line.organization.name}</td>
              <td className="number">{line.classes} 班</td>
              <td className="number">
                {line.theoryHours} / {line.hours} 学时（{inPercent(line.theoryHours / line.hours)}）
              </td>
              <td>{line.met ? '达到七成' : '不到七成'}</td>
              <td>{line.exceptions > 0 && `${line.exceptions} 班按理由办班`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}
