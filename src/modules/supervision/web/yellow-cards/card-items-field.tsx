import { Button, Input } from 'antd'
import { addDays } from '../../../../kernel/time/civil-date.ts'
import { DateField } from '../../../../ui/date-field.tsx'
import type { ControlProps } from '../../../../ui/field-control.tsx'
import styles from '../cases.module.css'
import { personOf } from '../records/pickers.tsx'

interface Item {
  readonly title: string
  readonly ownerId?: string
  readonly dueOn: string
}

/** The list of what is to be put right: each with its owner and its day. */
export const cardItems = (under: string, today: string) =>
  function CardItemsField(control: ControlProps) {
    const items = (Array.isArray(control.value) ? control.value : []) as Item[]
    const fresh: Item = { title: '', dueOn: addDays(today, 30) }
    const put = (at: number, part: Partial<Item>) =>
      control.onChange(items.map((item, index) => (index === at ? { ...item, ...part } : item)))
    const person = personOf(under)
    return (
      <div className={styles.stack} id={control.id} tabIndex={-1}>
        {items.map((item, at) => {
          const id = `${control.id}-${at}`
          return (
            <fieldset key={id} className={styles.item}>
              <legend>第 {at + 1} 条</legend>
              <label htmlFor={`${id}-title`}>要整改什么</label>
              <Input id={`${id}-title`} value={item.title} onChange={(event) => put(at, { title: event.target.value })} />
              <label htmlFor={`${id}-owner`}>责任人</label>
              {person({
                ...control,
                id: `${id}-owner`,
                value: item.ownerId,
                onChange: (ownerId) => put(at, { ownerId: typeof ownerId === 'string' ? ownerId : '' }),
              })}
              <label htmlFor={`${id}-due`}>完成时限</label>
              <DateField
                id={`${id}-due`}
                value={item.dueOn}
                earliest={today}
                onChange={(dueOn) => put(at, { dueOn: dueOn ?? '' })}
              />
              <Button onClick={() => control.onChange(items.filter((_, index) => index !== at))}>删去第 {at + 1} 条</Button>
            </fieldset>
          )
        })}
        <div>
          <Button onClick={() => control.onChange([...items, fresh])}>加一条</Button>
        </div>
      </div>
    )
  }
