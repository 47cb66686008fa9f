import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { listPersons } from '../../directory/persons/persons.contract.ts'
import type { Named } from './meeting-entry.rules.ts'
import { clearable } from '../../../ui/clearable.tsx'

export interface PersonSelectProps {
  readonly label: string
  readonly placeholder: string
  /** Offered at once; others are found by typing a name or its pinyin. */
  readonly people: readonly Named[]
  readonly value: readonly Named[]
  readonly onChange: (value: Named[]) => void
  readonly multiple?: boolean
  readonly invalid?: boolean
}

/** Somebody of the meeting's own people, or anybody else on the reader's rosters by name. */
export function PersonSelect(props: PersonSelectProps) {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['person-select', text],
    queryFn: ({ signal }) => call(listPersons, { query: { text, limit: 20 } }, { signal }),
    enabled: text.length > 0,
    retry: false,
  })
  const known = new Map<string, string>()
  for (const person of [...props.people, ...props.value, ...(found.data?.items ?? [])]) known.set(person.id, person.name)
  const choose = (ids: readonly string[]) => props.onChange(ids.map((id) => ({ id, name: known.get(id) ?? '' })))
  const shared = {
    'aria-label': props.label,
    placeholder: props.placeholder,
    options: [...known].map(([value, label]) => ({ value, label })),
    showSearch: { onSearch: (typed: string) => setText(typed.trim()), filterOption: matching(found.data?.items ?? []) },
    style: { minWidth: '9em', width: '100%' },
    ...(props.invalid && { status: 'error' as const }),
  }
  if (props.multiple) return <Select {...shared} mode="multiple" value={props.value.map((one) => one.id)} onChange={choose} />
  return (
    <Select
      {...shared}
      allowClear={clearable(props.label)}
      value={props.value[0]?.id ?? null}
      onChange={(id: string | null | undefined) => choose(id ? [id] : [])}
    />
  )
}

/** Names by what was typed; whoever the server found stays, by pinyin too. */
function matching(found: readonly { readonly id: string }[]) {
  return (typed: string, option?: { value: string; label: string }) =>
    option !== undefined && (option.label.includes(typed.trim()) || found.some((person) => person.id === option.value))
}
