import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '../../../kernel/http/call.ts'
import { listPersons, type PersonLine } from '../persons/persons.contract.ts'
import { type PickerProps, pickerBase } from './picker-base.tsx'

const words = { what: '人员', placeholder: '输入姓名或拼音查找' }

export interface PersonPickerProps extends PickerProps {
  readonly value: string | null
  /** Shown for a value that came with the form. */
  readonly name?: string
  readonly onChange: (id: string | null, name: string | null) => void
}

export interface PersonsPickerProps extends PickerProps {
  readonly value: readonly string[]
  /** Names of the values that came with the form. */
  readonly names?: ReadonlyMap<string, string>
  readonly onChange: (ids: string[], names: ReadonlyMap<string, string>) => void
}

/** One person, found by name or pinyin within what the reader may see. */
export function PersonPicker(props: PersonPickerProps) {
  const search = usePickerSearch(props)
  const known = search.options.some((option) => option.value === props.value)
  const own =
    props.value && !known ? [{ value: props.value, label: props.name ?? search.names.get(props.value) ?? '已选人员' }] : []
  return (
    <Select<string, Option>
      {...pickerBase(props, words)}
      {...search.behaviour}
      value={props.value}
      options={[...own, ...search.options]}
      onChange={(id: string | undefined) => props.onChange(id ?? null, (id && search.names.get(id)) ?? null)}
    />
  )
}

/** Several persons. */
export function PersonsPicker(props: PersonsPickerProps) {
  const search = usePickerSearch(props)
  const names = new Map([...(props.names ?? []), ...search.names])
  const own = props.value
    .filter((id) => !search.options.some((option) => option.value === id))
    .map((id) => ({ value: id, label: names.get(id) ?? '已选人员' }))
  return (
    <Select<string[], Option>
      {...pickerBase(props, words)}
      {...search.behaviour}
      mode="multiple"
      value={[...props.value]}
      options={[...own, ...search.options]}
      onChange={(ids: string[]) => props.onChange(ids, names)}
    />
  )
}

interface Option {
  readonly value: string
  readonly label: string
  readonly where?: string
}

function optionOf(one: PersonLine): Option {
  return { value: one.id, label: one.name, where: [one.organization.name, ...one.posts].join('，') }
}

function usePickerSearch(props: PickerProps) {
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed])
  const { under, except } = props
  const read = useQuery({
    queryKey: ['person-search', text, under ?? null],
    queryFn: ({ signal }) =>
      call(listPersons, { query: { limit: 50, ...(text && { text }), ...(under && { under }) } }, { signal }),
    enabled: opened,
    placeholderData: keepPreviousData,
  })
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const { data } = read
  useEffect(() => {
    if (data) setNames((before) => new Map([...before, ...data.items.map((one) => [one.id, one.name] as const)]))
  }, [data])
  return {
    names,
    options: (data?.items ?? []).filter((one) => !except?.includes(one.id)).map(optionOf),
    behaviour: {
      showSearch: { filterOption: false as const, onSearch: setTyped },
      onOpenChange: (open: boolean) => {
        if (open) setOpened(true)
      },
      loading: read.isFetching,
      optionRender: (option: { label?: unknown; data: Option }) => (
        <>
          {String(option.label)} <span className="org-kind">{option.data.where}</span>
        </>
      ),
      notFoundContent: read.isFetching
        ? '正在查找'
        : read.isError
          ? '没有查到，请检查网络后再试。'
          : '没有符合的人，请换个姓名或拼音。',
    },
  }
}
