import { Suspense } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Go } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { OrganizationPicker } from '../../directory/web/index.ts'
import { type CalendarDuty, showCalendar } from '../calendar/calendar.contract.ts'
import { statuses, strengths } from '../obligations/obligations.contract.ts'
import { whyAddress } from './addresses.rules.ts'
import { CalendarSubscription } from './calendar-subscription.tsx'
import { DutyList, DutyMonth, keyOf } from './calendar-views.tsx'
import { DutyRelief } from './duty-relief.tsx'
import { toneOf } from './figures.rules.ts'
import './duty-calendar.css'
import './relief.css'

const views = [
  { value: 'list', label: '列表' },
  { value: 'month', label: '月历' },
]

/** The organization asked for, or the first that the account keeps, or its own. */
function useOrganization(asked: string | undefined): string | null {
  const session = useSession()
  const kept = session.grants.find((grant) => grant.role !== 'member')?.organization.id
  return asked ?? kept ?? session.organizations[0]?.id ?? null
}

/** 应办日历: what falls due in the next twelve months, to be seen before it is late. */
export function CalendarPage() {
  const [search, change] = useAddress()
  const organization = useOrganization(search.organization)
  const subscribes = useAbility('rulebook.calendar.subscribe')
  const view = search.view === 'month' ? 'month' : 'list'
  return (
    <Page
      title="应办日历"
      crumbs={[{ label: '待办', to: '/' }]}
      bar={
        <Suspense fallback={null}>
          <OrganizationPicker
            aria-label="看哪个组织的日历"
            width="16em"
            value={organization}
            onChange={(id) => change({ organization: id ?? undefined, duty: undefined })}
          />
        </Suspense>
      }
      actions={
        <>
          <Go to="/reliefs">延期和停表</Go>
          <Go to="/exemptions">豁免</Go>
          <Go to="/working-days">工作日历</Go>
        </>
      }
    >
      <div className="duty-views">
        <ChoiceChips label="怎么看" options={views} value={[view]} onChange={([next]) => change({ view: next })} />
      </div>
      {organization === null ? (
        <Empty sentence="您还没有所属的组织。请在上面选择要看的组织。" />
      ) : (
        <Duties key={organization} organization={organization} view={view} />
      )}
      {subscribes && <CalendarSubscription />}
    </Page>
  )
}

function Duties(props: { organization: string; view: 'list' | 'month' }) {
  const read = useCall(showCalendar, { query: { organization: props.organization } })
  const [search, change] = useAddress()
  const phone = usePhone()
  const { today } = useSession()
  const select = (duty: string | undefined) => change({ duty })
  return (
    <Loaded query={read}>
      {({ items, to }) => {
        const open = items.find((duty) => keyOf(duty) === search.duty)
        const shown = { duties: items, selected: search.duty ?? null, onSelect: select }
        const month = search.month && /^\d{4}-\d{2}$/.test(search.month) ? search.month : today.slice(0, 7)
        return (
          <SplitView
            detail={open ? <CalendarDetail key={keyOf(open)} duty={open} /> : null}
            detailTitle={open ? `${open.requirement} ${open.title}` : ''}
            onClose={() => select(undefined)}
          >
            {items.length === 0 ? (
              <Panel title="应办事项">
                <Empty sentence={`到${inChinese(to)}为止，这里没有应办事项：没有适用的要求，或组织从下一期起才开始计。`} />
              </Panel>
            ) : props.view === 'month' ? (
              <DutyMonth {...shown} month={month} phone={phone} onMonth={(next) => change({ month: next })} />
            ) : (
              <DutyList {...shown} />
            )}
          </SplitView>
        )
      }}
    </Loaded>
  )
}

/** One duty of the calendar: until when, from when reminded, what was granted and what can be asked. */
function CalendarDetail({ duty }: { duty: CalendarDuty }) {
  const { today } = useSession()
  const facts = [
    { term: '状态', value: <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag> },
    { term: '期间', value: periodInChinese(period(duty.period)) },
    {
      term: '责任',
      value: duty.subject.kind === 'person' ? `${duty.organization.name} ${duty.subject.name}` : duty.organization.name,
    },
    { term: '约束', value: strengths[duty.strength] },
    { term: '到期', value: inChinese(duty.due) },
    { term: '提醒', value: duty.strength === 'hard' ? `${inChinese(duty.noticeOn)}起还没有办的，会提醒` : '只作提示，不提醒' },
  ]
  return (
    <>
      <Facts items={facts} />
      <DutyRelief duty={duty} />
      {duty.starts <= today && (
        <p>
          <Go to={whyAddress({ organization: duty.organization.id, period: duty.period, requirement: duty.requirement })}>
            看记录、条文和算法
          </Go>
        </p>
      )}
    </>
  )
}
