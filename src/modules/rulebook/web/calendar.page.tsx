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
import { type CalendarDuty, showCalendar, showOwnCalendar } from '../calendar/calendar.contract.ts'
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

const whose = [
  { value: 'organization', label: '组织' },
  { value: 'me', label: '本人' },
]

/** The organization asked for, or the first that the account keeps, or its own. Who keeps none looks at what is due of herself first. */
function useWhose(
  asked: string | undefined,
  who: string | undefined,
): { organization: string | null; own: boolean; both: boolean } {
  const session = useSession()
  const kept = session.grants.find((grant) => grant.role !== 'member')?.organization.id
  const person = session.person !== null
  const own = person && (who === 'me' || (who === undefined && asked === undefined && kept === undefined))
  return { organization: asked ?? kept ?? session.organizations[0]?.id ?? null, own, both: person }
}

/** 应办日历: what falls due in the next twelve months, to be seen before it is late. */
export function CalendarPage() {
  const [search, change] = useAddress()
  const { organization, own, both } = useWhose(search.organization, search.who)
  const subscribes = useAbility('rulebook.calendar.subscribe')
  const view = search.view === 'month' ? 'month' : 'list'
  return (
    <Page
      title="应办日历"
      crumbs={[{ label: '待办', to: '/' }]}
      bar={
        own ? undefined : (
          <OrganizationPicker
            aria-label="看哪个组织的日历"
            width="16em"
            value={organization}
            onChange={(id) => change({ organization: id ?? undefined, duty: undefined })}
          />
        )
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
        {both && (
          <ChoiceChips
            label="谁的应办事项"
            options={whose}
            value={[own ? 'me' : 'organization']}
            onChange={([next]) => change({ who: next, duty: undefined })}
          />
        )}
        <ChoiceChips label="怎么看" options={views} value={[view]} onChange={([next]) => change({ view: next })} />
      </div>
      {own ? (
        <OwnDuties view={view} />
      ) : organization === null ? (
        <Empty sentence="您还没有所属的组织。请在上面选择要看的组织。" />
      ) : (
        <Duties key={organization} organization={organization} view={view} />
      )}
      {subscribes && <CalendarSubscription />}
    </Page>
  )
}

type Shown = { readonly items: readonly CalendarDuty[]; readonly to: string }

function Duties(props: { organization: string; view: 'list' | 'month' }) {
  const read = useCall(showCalendar, { query: { organization: props.organization } })
  return (
    <Loaded query={read}>
      {(found) => (
        <DutyViews found={found} view={props.view} none="这里没有应办事项：没有适用的要求，或组织从下一期起才开始计。" />
      )}
    </Loaded>
  )
}

/** What is due of the person who looks, as a member and by posts. Nobody else opens it here. */
function OwnDuties({ view }: { view: 'list' | 'month' }) {
  const read = useCall(showOwnCalendar, { query: {} })
  return <Loaded query={read}>{(found) => <DutyViews found={found} view={view} none="没有要您本人办的事项。" />}</Loaded>
}

function DutyViews({ found: { items, to }, view, none }: { found: Shown; view: 'list' | 'month'; none: string }) {
  const [search, change] = useAddress()
  const phone = usePhone()
  const { today } = useSession()
  const select = (duty: string | undefined) => change({ duty })
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
          <Empty sentence={`到${inChinese(to)}为止，${none}`} />
        </Panel>
      ) : view === 'month' ? (
        <DutyMonth {...shown} month={month} phone={phone} onMonth={(next) => change({ month: next })} />
      ) : (
        <DutyList {...shown} />
      )}
    </SplitView>
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
