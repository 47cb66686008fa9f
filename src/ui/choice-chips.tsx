import styles from './choice-chips.module.css'

export interface Choice {
  readonly value: string
  readonly label: string
}

export interface ChoiceChipsProps {
  /** What is chosen, for those who hear it. */
  readonly label: string
  readonly options: readonly Choice[]
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly multiple?: boolean
}

/** Large targets for a choice with the thumb; one or several. */
export function ChoiceChips(props: ChoiceChipsProps) {
  const toggle = (value: string) => {
    if (!props.multiple) return props.onChange([value])
    props.onChange(props.value.includes(value) ? props.value.filter((one) => one !== value) : [...props.value, value])
  }
  return (
    <fieldset className={styles.chips}>
      <legend className={styles.legend}>{props.label}</legend>
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={props.value.includes(option.value)}
          onClick={() => toggle(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
