import { Button, Checkbox } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import type { Choosing, QueryTableProps } from './query-table-shape.ts'
import styles from './query-table.module.css'
import { words } from './words.ts'

/** Which rows are chosen, and how that changes. */
export interface Choice<Row> {
  readonly chosen: ReadonlyMap<string, Row>
  readonly keyOf: (row: Row) => string
  readonly nameOf: (row: Row) => string
  readonly may: (row: Row) => boolean
  readonly toggle: (row: Row) => void
  readonly toggleByKey: (key: string | undefined) => void
  /** Rows on the screen that may be chosen. */
  readonly open: readonly Row[]
  readonly chooseAll: (all: boolean) => void
  readonly drop: (keys: readonly string[]) => void
}

/** Keeps what is chosen, with the rows as they were then, so that nothing is lost when the list is read again. */
export function useChoice<Row>(props: QueryTableProps<Row>, rows: readonly Row[]): Choice<Row> | null {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map())
  const { rowKey: keyOf, choosing } = props
  const drop = useCallback((keys: readonly string[]) => setChosen((before) => without(before, keys)), [])
  if (!choosing) return null
  const may = choosing.may ?? (() => true)
  const open = rows.filter(may)
  const add = (more: readonly Row[]) =>
    setChosen((before) => new Map([...before, ...more.map((row) => [keyOf(row), row] as const)]))
  const toggle = (row: Row) => {
    const key = keyOf(row)
    if (chosen.has(key)) drop([key])
    else if (may(row)) add([row])
  }
  return {
    chosen,
    keyOf,
    nameOf: choosing.nameOf,
    may,
    toggle,
    toggleByKey: (key) => {
      const row = rows.find((one) => keyOf(one) === key)
      if (row !== undefined) toggle(row)
    },
    open,
    chooseAll: (all) => (all ? add(open) : drop(open.map(keyOf))),
    drop,
  }
}

function without<Row>(before: ReadonlyMap<string, Row>, keys: readonly string[]): ReadonlyMap<string, Row> {
  return new Map([...before].filter(([key]) => !keys.includes(key)))
}

/** The box before a row; nothing where none of the acts fits. */
export function ChooseRow<Row>({ choice, row }: { choice: Choice<Row>; row: Row }) {
  const checked = choice.chosen.has(choice.keyOf(row))
  if (!checked && !choice.may(row)) return null
  return <Checkbox aria-label={words.choose(choice.nameOf(row))} checked={checked} onChange={() => choice.toggle(row)} />
}

/** The box over all rows that are shown. */
export function ChooseAll<Row>({ choice }: { choice: Choice<Row> }) {
  const { open, chosen, keyOf } = choice
  const count = open.filter((row) => chosen.has(keyOf(row))).length
  return (
    <Checkbox
      aria-label={words.chooseAll}
      disabled={open.length === 0}
      checked={count > 0 && count === open.length}
      indeterminate={count > 0 && count < open.length}
      onChange={(event) => choice.chooseAll(event.target.checked)}
    />
  )
}

/** How many are chosen and what can be done with them; stands only while something is chosen. */
export function ChoiceBar<Row>(props: { choice: Choice<Row>; acts: Choosing<Row>['acts'] | undefined }): ReactNode {
  const { chosen, drop } = props.choice
  if (chosen.size === 0) return null
  return (
    <div className={styles.chosen}>
      <span role="status">{words.chosen(chosen.size)}</span>
      {props.acts?.([...chosen.values()], drop)}
      <Button type="link" onClick={() => drop([...chosen.keys()])}>
        {words.chooseNone}
      </Button>
    </div>
  )
}
