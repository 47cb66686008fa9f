import { Button } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { showWorkingDays, type SpecialDay, specialKinds } from '../working-days/working-days.contract.ts'
import { type DaySpan, inSpans, spanInWords } from '../working-days/day-spans.rules.ts'
import { WorkingDaysForm } from './working-days-form.tsx'
import styles from './working-days.module.css'

/** The days off and swapped working days by which deadlines in working days are counted, year by year. */
export function WorkingDaysPage() {
  const [address, change] = useAddress()
  const session = useSession()
  const thisYear = Number(session.today.slice(0, 4))
  const asked = Number(address.year)
  const year = asked >= 2020 && asked <= 2100 ? asked : thisYear
  const found = useCall(showWorkingDays, { query: { year } })
  const maySet = useAbility('directory.working_days.set')
  const go = (to: number) => change({ year: to === thisYear ? undefined : String(to), open: undefined })
  return (
    <Page
      title="工作日历"
      narrow
      bar={
        <div className={styles.years}>
          <Button onClick={() => go(year - 1)} disabled={year <= 2020}>{`${year - 1} 年`}</Button>
          <b aria-live="polite">{year} 年</b>
          <Button onClick={() => go(year + 1)} disabled={year >= 2100}>{`${year + 1} 年`}</Button>
        </div>
      }
    >
      <Loaded query={found}>
        {(known) => (
          <>
            <Panel
              title="放假日和调休上班日"
              note={known.setOn ? `${inChinese(known.setOn)}录入` : ''}
              actions={
                maySet &&
                address.open !== 'enter' && (
                  <Button type={known.source === null ? 'primary' : 'default'} onClick={() => change({ open: 'enter' })}>
                    {known.source === null ? `录入 ${year} 年` : `更正 ${year} 年`}
                  </Button>
                )
              }
            >
              <p>陈述、申诉、回音等按工作日计的期限，照这里推算。录入新的一年以后，已经定下的到期日不变。</p>
              {known.source === null ? (
                <p>还没有录入 {year} 年的安排，现在只按周一至周五算工作日。通知公布以后请录入。</p>
              ) : (
                <Entered days={known.days} source={known.source} />
              )}
            </Panel>
            {maySet && address.open === 'enter' && (
              <WorkingDaysForm key={year} year={year} known={known} onDone={() => change({ open: undefined })} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Entered({ days, source }: { days: readonly SpecialDay[]; source: string }) {
  const spans = inSpans(days)
  return (
    <>
      <p>依据：{source}</p>
      {(['off', 'work'] as const).map((kind) => (
        <Spans key={kind} title={specialKinds[kind]} spans={spans.filter((span) => span.kind === kind)} />
      ))}
    </>
  )
}

function Spans({ title, spans }: { title: string; spans: readonly DaySpan[] }) {
  return (
    <>
      <b>{title}</b>
      {spans.length === 0 ? (
        <p>没有</p>
      ) : (
        <ul>
          {spans.map((span) => (
            <li key={span.from}>{spanInWords(span)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
