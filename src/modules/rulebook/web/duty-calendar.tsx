import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Panel } from '../../../ui/page.tsx'
import { usePhone } from '../../../ui/screen.ts'
import { SplitView } from '../../../ui/split-view.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { listObligations, type Obligation, statuses, strengths } from '../obligations/obligations.contract.ts'
import { calendarRows, type CalendarRow } from './duty-calendar.rules.ts'
import './duty-calendar.css'
import { DutyDetail } from './duty-detail.tsx'
import { toneOf } from './figures.rules.ts'

export interface DutyCalendarProps {
  readonly organization: string
  readonly name: string
  readonly year: string
  /** The duty that stands open beside, as `onSelect` named it; kept in the address by the page. */
  readonly selected: string | null
  readonly onSelect: (duty: string | null) => void
}

const keyOf = (duty: Obligation): string =>
  [duty.requirement, duty.period, ...(duty.subject.kind === 'person' ? [duty.subject.id] : [])].join(' ')

/** One organization's year: its requirements by month, each duty with its status in words, opening down to the record. */
export function DutyCalendar(props: DutyCalendarProps) {
  const own = useCall(listObligations, { query: { subject: props.organization, period: props.year } })
  // What is asked of a person by post stands under the organization, but is not the organization's own duty.
  const persons = useCall(listObligations, { query: { under: props.organization, period: props.year, limit: 500 } })
  return (
    <Loaded query={own}>
      {(list) => {
        const posts = (persons.data?.items ?? []).filter(
          (duty) => duty.subject.kind === 'person' && duty.organization.id === props.organization,
        )
        return <Year {...props} duties={[...list.items, ...posts]} />
      }}
    </Loaded>
  )
}

function Year(props: DutyCalendarProps & { duties: readonly Obligation[] }) {
  const open = props.duties.find((duty) => keyOf(duty) === props.selected)
  return (
    <SplitView
      detail={open ? <DutyDetail key={keyOf(open)} duty={open} /> : null}
      detailTitle={open ? `${open.requirement} ${open.title}` : ''}
      onClose={() => props.onSelect(null)}
    >
      <Panel title={`${props.year}年应办事项`} note="一格一项，点开看到期、记录和条文" flush>
        <Calendar {...props} />
      </Panel>
    </SplitView>
  )
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

function Calendar(props: DutyCalendarProps & { duties: readonly Obligation[] }) {
  const phone = usePhone()
  const rows = calendarRows(props.duties)
  if (rows.length === 0) {
    return <Empty sentence="这一年这里没有应办事项：还没有适用的要求，或组织从下一期起才开始计。" />
  }
  if (phone) {
    return (
      <ul className="duty-lines" aria-label={`${props.name} ${props.year}年应办事项`}>
        {rows.map((row) => (
          <PhoneRow key={row.key} row={row} selected={props.selected} onSelect={props.onSelect} />
        ))}
      </ul>
    )
  }
  return (
    <div className="duty-scroll">
      <table className="duty-calendar" aria-label={`${props.name} ${props.year}年应办事项`}>
        <thead>
          <tr>
            <th scope="col">要求</th>
            {months.map((month) => (
              <th key={month} scope="col">
                {month}月
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} selected={props.selected} onSelect={props.onSelect} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: CalendarRow
  readonly selected: string | null
  readonly onSelect: (duty: string) => void
}

/** In one hand: the latest first, each duty with its month. */
function PhoneRow(props: RowProps) {
  const { row } = props
  return (
    <li>
      <Title row={row} />
      <div className="duty-months">
        {row.cells
          .toReversed()
          .flatMap((cell) => cell.duties)
          .map((duty) => (
            <DutyButton
              key={keyOf(duty)}
              duty={duty}
              selected={props.selected === keyOf(duty)}
              onOpen={() => props.onSelect(keyOf(duty))}
              named
            />
          ))}
      </div>
    </li>
  )
}

function Title(props: { row: CalendarRow }) {
  const { row } = props
  return (
    <>
      {row.title}
      <span className="duty-muted">
        {row.code}
        {row.strength === 'soft' && ` ${strengths.soft}`}
        {row.person && ` · ${row.person}`}
      </span>
    </>
  )
}

function Row(props: RowProps) {
  const { row } = props
  return (
    <tr>
      <th scope="row">
        <Title row={row} />
      </th>
      {row.cells.map((cell) => (
        <td key={cell.month} colSpan={cell.span}>
          {cell.duties.map((duty) => (
            <DutyButton
              key={keyOf(duty)}
              duty={duty}
              selected={props.selected === keyOf(duty)}
              onOpen={() => props.onSelect(keyOf(duty))}
            />
          ))}
        </td>
      ))}
    </tr>
  )
}

function DutyButton(props: { duty: Obligation; selected: boolean; named?: boolean; onOpen: () => void }) {
  const { duty } = props
  const sign = { exempt: '－', not_applicable: '·' }[duty.status as string]
  const when = periodInChinese(period(duty.period))
  return (
    <button
      type="button"
      className="duty-duty"
      aria-pressed={props.selected}
      aria-label={`${duty.title} ${when} ${statuses[duty.status]}`}
      title={`${statuses[duty.status]}，${inChinese(duty.due)}到期`}
      onClick={props.onOpen}
    >
      {props.named && <span className="duty-muted">{when.slice(5) || when}</span>}
      {sign ?? <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag>}
    </button>
  )
}
