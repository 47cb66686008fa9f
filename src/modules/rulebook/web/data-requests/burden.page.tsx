import { InputNumber } from 'antd'
import { useAddress } from '../../../../ui/address.ts'
import { Go } from '../../../../ui/go.tsx'
import { Figure, Page, Panel, PanelRow } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { showBurden } from '../../data-requests/data-requests.contract.ts'
import './data-requests.css'
import '../figure-views.css'

/** What a year asks of an organization beyond recording, with the ceiling in sight. */
export function BurdenPage() {
  const { today } = useSession()
  const [search, change] = useAddress()
  const latest = Number(today.slice(0, 4)) + 1
  const year = Math.min(Math.max(Number(search.year ?? today.slice(0, 4)) || 2019, 2019), latest)
  const found = useCall(showBurden, { query: { year, ...(search.organization && { organization: search.organization }) } })
  return (
    <Page
      title={found.data ? `${found.data.organization.name}的填报负担` : '填报负担'}
      crumbs={[{ label: '专项填报', to: '/data-requests' }]}
      bar={
        <InputNumber
          aria-label="年度"
          value={year}
          min={2019}
          max={latest}
          addonAfter="年"
          onChange={(next) => next && change({ year: String(next) })}
        />
      }
      note="会议和工作纪实是规定的记录，不算在内"
    >
      <Loaded query={found}>
        {(burden) => (
          <>
            <PanelRow>
              <Figure
                title="一个组织一年最多"
                value={`${burden.most} / ${burden.ceiling}`}
                words="次，右边是上限"
                alarm={burden.most >= burden.ceiling}
              />
              <Figure title="合计" value={burden.hours} words="小时" />
              <Figure title="填报件数" value={burden.items.length} words="件" />
            </PanelRow>
            <Panel title="每一件" flush>
              {burden.items.length === 0 ? (
                <Empty sentence="这一年没有专项填报：会议和工作记录之外，没有人另外要数据。" />
              ) : (
                <div className="request-scroll">
                  <table className="figure-lines" aria-label="一年的专项填报">
                    <thead>
                      <tr>
                        {['名称', '由哪里要求', '次数', '组织数', '每次分钟', '小时'].map((head) => (
                          <th key={head} scope="col">
                            {head}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {burden.items.map((item) => (
                        <tr key={item.id}>
                          <th scope="row">
                            <Go to={`/data-requests/${item.id}`}>{item.title}</Go>
                          </th>
                          <td>{item.issuer}</td>
                          <td className="figure-number">{item.rounds}</td>
                          <td className="figure-number">{item.recipients}</td>
                          <td className="figure-number">{item.minutesEach}</td>
                          <td className="figure-number">{item.hours}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  )
}
