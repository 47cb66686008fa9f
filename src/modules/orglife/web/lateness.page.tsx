import type { z } from 'zod'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { periodInChinese, period as parse } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { periodIn } from '../../../ui/period-in.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { OrganizationPicker } from '../../directory/web/index.ts'
import { showLateness } from '../questions/lateness.contract.ts'
import { QuestionTabs } from './question-tabs.tsx'
import './questions.css'

type Lateness = z.output<(typeof showLateness)['reply']>

/** 按时记录情况 of one organization: shown to itself first, compared with nobody. */
export function LatenessPage() {
  const session = useSession()
  const [search, change] = useAddress()
  const period = periodIn(search, session.today)
  const organization = search.organization ?? session.organizations[0]?.id ?? null
  const read = useCall(showLateness, organization ? { query: { organization, period } } : null)
  return (
    <Page
      title="按时记录情况"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      bar={
        <>
          <QuestionTabs now="lateness" />
          <PeriodPicker value={period} today={session.today} onChange={(next) => change({ period: next })} />
        </>
      }
      actions={
        <OrganizationPicker
          aria-label="看哪个组织"
          placeholder="看哪个组织"
          width="14em"
          value={organization}
          onChange={(id) => change({ organization: id ?? undefined })}
        />
      }
    >
      {organization === null ? (
        <Empty sentence="请选一个组织。" />
      ) : (
        <Loaded query={read}>{(found) => <Shown found={found} />}</Loaded>
      )}
    </Page>
  )
}

function Shown({ found }: { found: Lateness }) {
  const { recorded, inTime, late, corrected, lateShare } = found
  return (
    <div className="question-lines">
      <Panel title={`${found.organization.name} ${periodInChinese(parse(found.period))}`}>
        {recorded === 0 ? (
          <Empty sentence="这一期还没有会议记录。" />
        ) : (
          <Facts
            items={[
              { term: '记录', value: `${recorded} 次` },
              { term: '按时记录', value: `${inTime} 次` },
              { term: '补记', value: `${late} 次${lateShare === null ? '' : `，占 ${lateShare}%`}` },
              { term: '事后更正过', value: `${corrected} 次` },
            ]}
          />
        )}
        <p className="question-soft">
          {found.own
            ? `现在只有本组织看得到；上级从${inChinese(found.aboveFrom)}起看得到。`
            : '这一期和宽限期都已过，本组织早已看到。'}
          不与别的组织比。
        </p>
      </Panel>
      {found.lateRecords.length > 0 && (
        <Panel title="补记的会议">
          <ul className="question-list">
            {found.lateRecords.map((record) => (
              <li key={record.id}>
                <Go to={`/meetings/${record.id}`}>{record.title}</Go>
                <div className="question-soft">
                  {inChinese(record.heldOn)}开会，{inChinese(record.recordedOn)}记录
                  {record.reason && `；${record.reason}`}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Rules found={found} />
    </div>
  )
}

const counted = (rule: Lateness['rules'][number]) =>
  rule.counts === 'unmet' ? '补记的不算办成' : `补记算办成，评价中按 ${Math.round(rule.credit * 100)}% 计`

/** What the rules publish about a late record. */
function Rules({ found }: { found: Lateness }) {
  if (found.rules.length === 0) return null
  return (
    <Panel title="制度怎么算补记">
      <ul className="question-list">
        {found.rules.map((rule) => (
          <li key={rule.code}>
            <Go to={`/rules/${encodeURIComponent(rule.code)}`}>
              {rule.code} {rule.title}
            </Go>
            ：期满后 {rule.graceDays} 天内记录都算按时；{counted(rule)}。
          </li>
        ))}
      </ul>
    </Panel>
  )
}
