import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { addDays } from '../kernel/time/civil-date.ts'
import { type Cadence, following, type PeriodName, period, periodInChinese, periodOf } from '../kernel/time/period.ts'
import styles from './period-picker.module.css'
import { words } from './words.ts'

export interface PeriodPickerProps {
  readonly value: PeriodName
  readonly onChange: (value: PeriodName) => void
  /** Today, from the session; no period after the one it lies in can be chosen. */
  readonly today: string
  readonly cadences?: readonly Cadence[]
}

const every: readonly Cadence[] = ['month', 'quarter', 'half', 'year']

/** Month, quarter, half or year; the chosen one shows its name, with the one before and the one after. */
export function PeriodPicker(props: PeriodPickerProps) {
  const chosen = period(props.value)
  const last = chosen.ends >= props.today
  const switchTo = (cadence: Cadence) => {
    const anchor = chosen.ends < props.today ? chosen.ends : props.today
    props.onChange(periodOf(anchor < chosen.starts ? chosen.starts : anchor, cadence).name)
  }
  return (
    <fieldset className={styles.picker}>
      <legend className={styles.legend}>{periodInChinese(chosen)}</legend>
      <button
        type="button"
        aria-label={words.previous}
        onClick={() => props.onChange(periodOf(addDays(chosen.starts, -1), chosen.cadence).name)}
      >
        <LeftOutlined aria-hidden />
      </button>
      {(props.cadences ?? every).map((cadence) => (
        <button key={cadence} type="button" aria-pressed={cadence === chosen.cadence} onClick={() => switchTo(cadence)}>
          {cadence === chosen.cadence ? periodInChinese(chosen) : words[cadence]}
        </button>
      ))}
      <button type="button" aria-label={words.next} disabled={last} onClick={() => props.onChange(following(chosen).name)}>
        <RightOutlined aria-hidden />
      </button>
    </fieldset>
  )
}
