import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { listMeetings } from '../meetings/meetings.contract.ts'
import { type LinkedKind, linkedKinds, listWorkRecords } from '../work-records/work-records.contract.ts'

/** Another record, with the name under which the reader knows it. */
export interface Linked {
  readonly kind: LinkedKind
  readonly id: string
  readonly name: string
}

interface Option {
  readonly value: string
  readonly label: string
  readonly where: string
  readonly linked: Linked
}

const keyOf = ({ kind, id }: Pick<Linked, 'kind' | 'id'>) => `${kind}:${id}`

function optionOf(kind: LinkedKind, line: { id: string; title: string; heldOn: string; organization: { name: string } }): Option {
  const linked = { kind, id: line.id, name: `${line.heldOn} ${line.title}` }
  return { value: keyOf(linked), label: linked.name, where: `${linkedKinds[kind]} · ${line.organization.name}`, linked }
}

/** Meetings and work records that stand, the latest first, by words of the title. */
async function found(text: string, signal: AbortSignal): Promise<Option[]> {
  const query = { limit: 20, state: 'recorded' as const, ...(text && { text }) }
  const [meetings, records] = await Promise.all([
    call(listMeetings, { query }, { signal }),
    call(listWorkRecords, { query }, { signal }),
  ])
  return [
    ...meetings.items.map((line) => optionOf('meeting', line)),
    ...records.items.map((line) => optionOf('work_record', line)),
  ].toSorted((a, b) => b.label.localeCompare(a.label))
}

/** Other records, found by their title among those that the reader may see. */
export function LinkedPicker(props: { id: string; value: readonly Linked[]; onChange: (links: Linked[]) => void }) {
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed])
  const read = useQuery({
    queryKey: ['linked-search', text],
    queryFn: ({ signal }) => found(text, signal),
    enabled: opened,
    placeholderData: keepPreviousData,
  })
  const chosen = new Set(props.value.map(keyOf))
  const own = props.value.map((linked): Option => ({ value: keyOf(linked), label: linked.name, where: '', linked }))
  const others = (read.data ?? []).filter((option) => !chosen.has(option.value))
  return (
    <Select<string[], Option>
      id={props.id}
      mode="multiple"
      style={{ width: '100%' }}
      placeholder="输入标题里的字查找"
      value={own.map(({ value }) => value)}
      options={[...own, ...others]}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={(open) => open && setOpened(true)}
      loading={read.isFetching}
      optionRender={({ label, data }) => (
        <>
          {label} <span className="meeting-soft">{data.where}</span>
        </>
      )}
      notFoundContent={
        read.isFetching ? '正在查找' : read.isError ? '没有查到，请检查网络后再试。' : '没有符合的记录，请换几个字。'
      }
      onChange={(_, options) => props.onChange([options].flat().flatMap((option) => (option ? [option.linked] : [])))}
    />
  )
}
