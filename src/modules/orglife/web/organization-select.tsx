import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { listOrganizations, type OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { kindsFor } from '../meetings/meetings.rules.ts'
import type { Named } from './meeting-entry.rules.ts'

export interface OrganizationSelectProps {
  readonly label: string
  /** Offered at once; others are found by typing. */
  readonly known: readonly Named[]
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
}

/** Organizations that hold meetings, by name or pinyin, within what the reader may see. */
export function OrganizationSelect(props: OrganizationSelectProps) {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['organization-select', text],
    queryFn: ({ signal }) => call(listOrganizations, { query: { limit: 50, ...(text && { text }) } }, { signal }),
    retry: false,
  })
  const holding = (found.data?.items ?? []).filter((organization) => kindsFor(organization.kind as OrganizationKind).length > 0)
  const names = new Map([...holding, ...props.known].map((organization) => [organization.id, organization.name]))
  return (
    <Select
      mode="multiple"
      aria-label={props.label}
      placeholder="选召开会议的组织"
      style={{ width: '100%', minWidth: '12em' }}
      options={[...names].map(([value, label]) => ({ value, label }))}
      value={[...props.value]}
      onChange={props.onChange}
      showSearch={{
        onSearch: (typed) => setText(typed.trim()),
        filterOption: (typed, option) =>
          (option?.label ?? '').includes(typed.trim()) || holding.some((one) => one.id === option?.value),
      }}
    />
  )
}
