import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Popover } from 'antd'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { SearchValues } from './address.ts'
import { keep, readKept } from './device-store.ts'
import type { Column, Filter } from './query-table-shape.ts'
import styles from './query-table.module.css'
import { useSession } from './session.tsx'
import { words } from './words.ts'

interface ToolsProps<Row> {
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly shown: ReadonlySet<string>
  readonly onChoose: (keys: readonly string[]) => void
  readonly filters: readonly Filter[]
  readonly search: SearchValues
  readonly onChange: (part: Record<string, string | undefined>) => void
  readonly href: string | undefined
  readonly views?: ReactNode
}

/** Saved views, the choice of columns, and export. */
export function TableTools<Row>(props: ToolsProps<Row>) {
  return (
    <>
      {props.views ??
        (props.filters.length > 0 && (
          <Popover trigger="click" placement="bottomRight" content={<Views {...props} />}>
            <Button>{words.views}</Button>
          </Popover>
        ))}
      <Popover trigger="click" placement="bottomRight" content={<ColumnList {...props} />}>
        <Button>{words.columns}</Button>
      </Popover>
      {props.href !== undefined && (
        <Button href={props.href} download>
          {words.export}
        </Button>
      )}
    </>
  )
}

function ColumnList<Row>(props: ToolsProps<Row>) {
  return (
    <Checkbox.Group
      className={styles.popup ?? ''}
      value={[...props.shown]}
      options={props.columns.map((column) => ({ value: column.key, label: column.title, disabled: column.fixed ?? false }))}
      onChange={(keys) => props.onChoose(keys.map(String))}
    />
  )
}

/** Which columns are shown; kept per account on the device. */
export function useColumnChoice<Row>(
  name: string,
  columns: readonly Column<Row>[],
): [ReadonlySet<string>, (keys: readonly string[]) => void] {
  const account = useSession().account.id
  const [chosen, setChosen] = useState(() => readKept<string[]>('columns', account, name))
  const keys = chosen ?? columns.filter((column) => !column.extra).map((column) => column.key)
  const choose = (next: readonly string[]) => {
    keep(next, 'columns', account, name)
    setChosen([...next])
  }
  return [new Set([...keys, ...columns.filter((column) => column.fixed).map((column) => column.key)]), choose]
}

interface View {
  readonly title: string
  readonly search: Readonly<Record<string, string>>
}

function Views<Row>(props: ToolsProps<Row>) {
  const account = useSession().account.id
  const [views, setViews] = useState(() => readKept<View[]>('views', account, props.name) ?? [])
  const [title, setTitle] = useState('')
  const keys = [...props.filters.map((filter) => filter.key), 'sort']
  const store = (next: View[]) => {
    keep(next, 'views', account, props.name)
    setViews(next)
  }
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const named = title.trim()
    if (!named) return
    const search = Object.fromEntries(Object.entries(props.search).filter(([key]) => keys.includes(key)))
    store([...views.filter((view) => view.title !== named), { title: named, search }])
    setTitle('')
  }
  const show = (view: View) => props.onChange({ ...Object.fromEntries(keys.map((key) => [key, undefined])), ...view.search })
  return (
    <div className={styles.popup}>
      {views.length === 0 && <p className={styles.hint}>{words.noViews}</p>}
      {views.map((view) => (
        <div key={view.title} className={styles.view}>
          <Button type="link" onClick={() => show(view)}>
            {view.title}
          </Button>
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${words.remove} ${view.title}`}
            onClick={() => store(views.filter((one) => one !== view))}
          />
        </div>
      ))}
      <form name={`${props.name}-view`} className={styles.view} onSubmit={save}>
        <Input
          aria-label={words.viewName}
          placeholder={words.viewName}
          maxLength={30}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button htmlType="submit">{words.saveView}</Button>
      </form>
    </div>
  )
}
