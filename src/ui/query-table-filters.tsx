import { FilterOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { DateField } from './date-field.tsx'
import type { Filter, FilterValues } from './query-table-shape.ts'
import styles from './query-table.module.css'
import { words } from './words.ts'
import { CloseCircleFilled } from '@ant-design/icons'
import { clearable } from './clearable.tsx'

interface FilterLineProps {
  readonly filters: readonly Filter[]
  readonly values: FilterValues
  readonly phone: boolean
  readonly onChange: (part: Record<string, string | undefined>, how?: { replace?: boolean }) => void
}

/** The filters in one line; on a phone behind one button that says how many are set. */
export function FilterLine(props: FilterLineProps) {
  const [open, setOpen] = useState(false)
  if (props.filters.length === 0) return null
  const set = props.filters.filter((filter) => props.values[filter.key] && props.values[filter.key] !== filter.initial).length
  if (props.phone && !open) {
    return (
      <Button icon={<FilterOutlined aria-hidden />} onClick={() => setOpen(true)} aria-expanded={false}>
        {set > 0 ? `${words.filters} ${set}` : words.filters}
      </Button>
    )
  }
  return (
    <search className={styles.filters}>
      {props.filters.map((filter) => (
        <FilterControl key={filter.key} filter={filter} value={props.values[filter.key] ?? ''} onChange={props.onChange} />
      ))}
      {set > 0 && (
        <Button
          type="link"
          onClick={() => props.onChange(Object.fromEntries(props.filters.map((filter) => [filter.key, undefined])))}
        >
          {words.clearFilters}
        </Button>
      )}
      {props.phone && (
        <Button onClick={() => setOpen(false)} aria-expanded>
          {words.close}
        </Button>
      )}
    </search>
  )
}

function FilterControl(props: { filter: Filter; value: string; onChange: FilterLineProps['onChange'] }) {
  const { filter, value } = props
  const set = (next: string | undefined | null) => props.onChange({ [filter.key]: next ?? undefined }, { replace: true })
  const style = { width: `${filter.width ?? 10}em` }
  if (filter.kind === 'custom') return <>{filter.render?.({ value, onChange: set, label: filter.title })}</>
  if (filter.kind === 'date')
    return <DateField aria-label={filter.title} placeholder={filter.title} value={value || null} onChange={set} />
  if (filter.kind === 'text') return <TextFilter title={filter.title} value={value} width={style.width} onChange={set} />
  const options = (filter.options ?? []).map((option) => ({ ...option }))
  const shared = {
    'aria-label': filter.title,
    placeholder: filter.title,
    options,
    allowClear: clearable(filter.title),
    style,
    popupMatchSelectWidth: false,
  }
  if (filter.kind === 'several') {
    return (
      <Select
        {...shared}
        mode="multiple"
        maxTagCount="responsive"
        value={value ? value.split(',') : []}
        onChange={(chosen: string[]) => set(chosen.join(','))}
      />
    )
  }
  return (
    <Select
      {...shared}
      showSearch={{ optionFilterProp: 'label' }}
      value={value || null}
      onChange={(chosen: string | undefined) => set(chosen)}
    />
  )
}

/** Waits until typing pauses, and while a character is being composed with an input method. */
function TextFilter(props: { title: string; value: string; width: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(props.value)
  const composing = useRef(false)
  const sent = useRef(props.value)
  const { value, onChange } = props
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      if (composing.current) return
      sent.current = text.trim()
      onChange(text.trim())
    }, 350)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <Input
      aria-label={props.title}
      placeholder={props.title}
      allowClear={{ clearIcon: <CloseCircleFilled aria-label={`清除${props.title}`} /> }}
      style={{ width: props.width }}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        setText(`${event.currentTarget.value} `.trimEnd())
      }}
    />
  )
}
