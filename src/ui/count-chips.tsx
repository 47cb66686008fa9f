import styles from './count-chips.module.css'

export interface CountChipsProps {
  /** What is counted, and what pressing one does, for those who hear it. */
  readonly label: string
  readonly chips: readonly { readonly key: string; readonly name: string; readonly count: number }[]
  readonly picked: string | undefined
  readonly onPick: (key: string | undefined) => void
}

/** How many stand where; a chip narrows the list to itself, pressed again it lets go. On a phone they are one line. */
export function CountChips({ label, chips, picked, onPick }: CountChipsProps) {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {chips.map(({ key, name, count }) => (
        <button key={key} type="button" aria-pressed={picked === key} onClick={() => onPick(picked === key ? undefined : key)}>
          {name} <b>{count}</b>
        </button>
      ))}
    </div>
  )
}
