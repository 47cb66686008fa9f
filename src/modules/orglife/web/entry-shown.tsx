import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import type { EntryPage } from '../entries/entry-endpoints.contract.ts'
import { type EntryKind, inWords, titleOfField } from '../entries/entry-kind.contract.ts'
import { entryStates } from '../entries/entries.lifecycle.ts'
import { kindParts } from './kind-parts.tsx'
import { FilesPanel, RevisionsPanel, ServesPanel } from './record-parts.tsx'
import './meeting-form.css'

interface Part {
  readonly kind: EntryKind
  readonly entry: EntryPage
}

/** Everything about an entry, beside the list, on its own page and on paper. */
export function EntryShown({ kind, entry }: Part) {
  const Shown = kindParts[kind.code]?.shown
  return (
    <div className="meeting-lines">
      <Panel title={kind.noun}>
        {entry.state === 'withdrawn' && (
          <div className="meeting-warn">
            <span>
              {entryStates.withdrawn}：{entry.stateReason}
            </span>
          </div>
        )}
        <Facts items={factsOf(kind, entry)} />
      </Panel>
      {Shown && <Shown content={entry.content} />}
      <FilesPanel files={entry.files} />
      <ServesPanel serves={entry.serves} several={entry.organizations.length > 1} />
      <RevisionsPanel revisions={entry.revisions} states={entryStates} />
    </div>
  )
}

function factsOf(kind: EntryKind, entry: EntryPage) {
  const content = Object.keys(kind.content.shape).flatMap((field) => {
    const value = inWords(kind, field, entry.content[field])
    return value === '' ? [] : [{ term: titleOfField(kind, field), value, wide: value.length > 20 }]
  })
  const people = kind.roles.flatMap(({ role, title }) => {
    const names = entry.people.filter((person) => person.role === role).map(({ name }) => name)
    return names.length === 0
      ? []
      : [{ term: names.length > 1 ? `${title} ${names.length} 人` : title, value: names.join('、'), wide: names.length > 4 }]
  })
  return [
    ...content,
    ...people,
    { term: '组织', value: entry.organizations.map(({ name }) => name).join('、') },
    ...(entry.place === null ? [] : [{ term: '地点', value: entry.place }]),
    { term: '日期', value: inChinese(entry.heldOn) },
    {
      term: '记录日期',
      value: (
        <>
          {inChinese(entry.recordedOn)} {entry.late && <StatusTag tone="late">补记</StatusTag>}
        </>
      ),
    },
    ...(entry.lateReason ? [{ term: '补记理由', value: entry.lateReason, wide: true }] : []),
  ]
}

/** What this account may do with this entry now; the server said so. */
export function EntryActs({ kind, entry }: Part) {
  const [asked, setAsked] = useState(false)
  const withdrawing = useSubmit(kind.endpoints.withdraw)
  const may = (verb: string) => entry.abilities.includes(verb)
  return (
    <div className="meeting-acts meeting-noprint">
      <Button href={addressOf(kind.endpoints.paper.path, { params: { id: entry.id } })}>下载 Word</Button>
      {may('correct') && <GoButton to={`/${kind.collection}/${entry.id}/correct`}>更正</GoButton>}
      {may('withdraw') && <Button onClick={() => setAsked(true)}>撤回</Button>}
      <ConfirmReason
        open={asked}
        title="撤回记录"
        sentence="撤回后不再计入任何要求；记录和撤回理由都留存。记错了几处，请用“更正”。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params: { id: entry.id }, body: { reason } })}
        onClose={() => setAsked(false)}
      />
    </div>
  )
}
