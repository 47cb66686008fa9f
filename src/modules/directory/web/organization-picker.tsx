import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useCall } from '../../../ui/use-call.ts'
import { type OrganizationKind, organizationKinds, showOrganization } from '../organizations/organizations.contract.ts'
import { useOrganizationSearch } from './organizations.client.ts'
import { type PickerProps, pickerBase } from './picker-base.tsx'

const words = { what: '组织', placeholder: '输入名称或拼音查找' }

interface OrganizationSearch extends PickerProps {
  readonly kinds?: readonly OrganizationKind[]
  /** By the tree of a day. */
  readonly asOf?: string | undefined
}

export interface OrganizationPickerProps extends OrganizationSearch {
  readonly value: string | null
  /** Gets the name too, for sentences about what was chosen. */
  readonly onChange: (id: string | null, name: string | null) => void
}

export interface OrganizationsPickerProps extends OrganizationSearch {
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
}

/** One organization, found by name or pinyin. */
export function OrganizationPicker(props: OrganizationPickerProps) {
  const search = usePickerSearch(props)
  const known = search.options.some((option) => option.value === props.value)
  const shown = useCall(showOrganization, props.value && !known ? { params: { id: props.value } } : null)
  const own =
    props.value && !known ? [{ value: props.value, label: shown.data?.name ?? '正在读取名称', kind: shown.data?.kind }] : []
  return (
    <Select<string, Option>
      {...pickerBase(props, words)}
      {...search.behaviour}
      value={props.value}
      options={[...own, ...search.options]}
      onChange={(id: string | undefined) =>
        props.onChange(id ?? null, search.options.find((option) => option.value === id)?.label ?? null)
      }
    />
  )
}

/** Several organizations, found by name or pinyin. */
export function OrganizationsPicker(props: OrganizationsPickerProps) {
  const search = usePickerSearch(props)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const { options } = search
  const unnamed = props.value.find((id) => !names.has(id))
  const { data: named } = useCall(showOrganization, unnamed ? { params: { id: unnamed } } : null)
  useEffect(() => {
    const found = [...options.map((one) => [one.value, one.label] as const), ...(named ? [[named.id, named.name] as const] : [])]
    setNames((before) => new Map([...before, ...found]))
  }, [options, named])
  const own = props.value
    .filter((id) => !options.some((option) => option.value === id))
    .map((id) => ({ value: id, label: names.get(id) ?? '正在读取名称' }))
  return (
    <Select<string[], Option>
      {...pickerBase(props, words)}
      {...search.behaviour}
      mode="multiple"
      value={[...props.value]}
      options={[...own, ...options]}
      onChange={(ids: string[]) => props.onChange(ids)}
    />
  )
}

function usePickerSearch(props: OrganizationSearch) {
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed])
  const read = useOrganizationSearch(opened ? { text, under: props.under, kinds: props.kinds, asOf: props.asOf } : null)
  const [options, setOptions] = useState<readonly Option[]>([])
  const { data } = read
  const { except } = props
  useEffect(() => {
    if (data) setOptions(data.items.filter((one) => !except?.includes(one.id)).map(optionOf))
  }, [data, except])
  return {
    options,
    behaviour: {
      showSearch: { filterOption: false as const, onSearch: setTyped },
      onOpenChange: (open: boolean) => {
        if (open) setOpened(true)
      },
      loading: read.isFetching,
      optionRender: (option: { label?: unknown; data: Option }) => (
        <>
          {String(option.label)} {option.data.kind && <span className="org-kind">{organizationKinds[option.data.kind]}</span>}
        </>
      ),
      notFoundContent: read.isFetching
        ? '正在查找'
        : read.isError
          ? '没有查到，请检查网络后再试。'
          : '没有符合的组织，请换个名称或拼音。',
    },
  }
}

interface Option {
  readonly value: string
  readonly label: string
  readonly kind?: OrganizationKind | undefined
}

function optionOf(one: { id: string; name: string; kind: OrganizationKind }): Option {
  return { value: one.id, label: one.name, kind: one.kind }
}
