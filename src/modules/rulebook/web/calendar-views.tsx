import { Button } from 'antd'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { CalendarDuty } from '../calendar/calendar.contract.ts'
import { statuses, strengths } from '../obligations/obligations.contract.ts'
import { byMonth, monthAfter, weeksOf } from './duty-month.rules.ts'
import { toneOf } from './figures.rules.ts'

export const keyOf = (duty: CalendarDuty): string =>
  [duty.requirement, duty.period, ...(duty.subject.kind === 'person' ? [duty.subject.id, duty.organization.id] : [])].join(' ')

interface ViewProps {
  readonly duties: readonly CalendarDuty[]
  readonly selected: string | null
  readonly onSelect: (duty: string) => void
}

const monthInChinese = (month: string) => inChinese(`${month}-01`).replace('1日', '')

/** What falls due, month by month, each with its day. */
export function DutyList(props: ViewProps) {
  return (
    <>
      {byMonth(props.duties).map(([month, duties]) => (
        <Panel key={month} title={monthInChinese(month)} note={`${duties.length} 项到期`} flush>
          <ul className="duty-agenda" aria-label={`${monthInChinese(month)}到期的事项`}>
            {duties.map((duty) => (
              <li key={keyOf(duty)}>
                <DutyButton {...props} duty={duty} />
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </>
  )
}

function DutyButton(props: ViewProps & { duty: CalendarDuty }) {
  const { duty } = props
  const person = duty.subject.kind === 'person' ? ` · ${duty.subject.name}` : ''
  return (
    <button
      type="button"
      className="duty-agenda-line"
      aria-pressed={props.selected === keyOf(duty)}
      onClick={() => props.onSelect(keyOf(duty))}
    >
      <span className="duty-agenda-day">{Number(duty.due.slice(8))}日</span>
      <span>
        {duty.title}
        <span className="duty-muted">
          {periodInChinese(period(duty.period))}
          {duty.strength === 'soft' && ` · ${strengths.soft}`}
          {person}
        </span>
      </span>
      <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag>
    </button>
  )
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日']

/** One month as a sheet; on a phone only the days on which something falls due. */
export function DutyMonth(props: ViewProps & { month: string; phone: boolean; onMonth: (month: string) => void }) {
  const { month, onMonth } = props
  const within = props.duties.filter((duty) => duty.due.startsWith(month))
  return (
    <Panel title={monthInChinese(month)} note={`${within.length} 项到期`}>
      <div className="relief-acts">
        <Button onClick={() => onMonth(monthAfter(month, -1))}>上个月</Button>
        <Button onClick={() => onMonth(monthAfter(month, 1))}>下个月</Button>
      </div>
      {props.phone ? (
        <ul className="duty-agenda" aria-label={`${monthInChinese(month)}到期的事项`}>
          {within.map((duty) => (
            <li key={keyOf(duty)}>
              <DutyButton {...props} duty={duty} />
            </li>
          ))}
        </ul>
      ) : (
        <Sheet {...props} duties={within} />
      )}
      {within.length === 0 && <p className="relief-note">这个月没有到期的事项。</p>}
    </Panel>
  )
}

function Sheet(props: ViewProps & { month: string }) {
  return (
    <div className="duty-scroll">
      <table className="duty-sheet" aria-label={monthInChinese(props.month)}>
        <thead>
          <tr>
            {weekdays.map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(props.month).map((week, at) => (
            <tr key={week.find(Boolean) ?? at}>
              {week.map((day, index) => (
                <td key={day ?? `${at}-${index}`}>
                  {day !== null && (
                    <>
                      <span className="duty-muted">{Number(day.slice(8))}</span>
                      {props.duties
                        .filter((duty) => duty.due === day)
                        .map((duty) => (
                          <button
                            key={keyOf(duty)}
                            type="button"
                            className="duty-sheet-duty"
                            aria-pressed={props.selected === keyOf(duty)}
                            aria-label={`${inChinese(day)}到期：${duty.title} ${statuses[duty.status]}`}
                            onClick={() => props.onSelect(keyOf(duty))}
                          >
                            {duty.title}
                            <StatusTag tone={toneOf[duty.status]}>{statuses[duty.status]}</StatusTag>
                          </button>
                        ))}
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
