import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { useParam } from '../../../ui/address.ts'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import {
  bookCategories,
  type ReadingPage,
  shareNote,
  showReading,
  withdrawNote,
  withdrawReading,
} from '../reading/reading.contract.ts'
import './training.css'

/** One instalment: its books, and what the branch shares about them. */
export function ReadingDetailPage() {
  const id = useParam('id')
  const list = useCall(showReading, { params: { id } })
  return <Loaded query={list}>{(page) => <Shown page={page} />}</Loaded>
}

function Shown({ page }: { page: ReadingPage }) {
  const [asked, setAsked] = useState(false)
  const withdrawing = useSubmit(withdrawReading)
  const may = (verb: string) => page.abilities.includes(verb)
  return (
    <Page
      title={page.title}
      crumbs={[{ label: '荐书', to: '/reading-lists' }]}
      note={`${page.organization.name} ${inChinese(page.issuedOn)}`}
      narrow
    >
      <div className="training-lines">
        <div className="training-acts">
          {may('correct') && <GoButton to={`/reading-lists/${page.id}/correct`}>更正</GoButton>}
          {may('withdraw') && <Button onClick={() => setAsked(true)}>撤回</Button>}
        </div>
        {page.state === 'withdrawn' && <Panel title="已撤回">{page.stateReason}</Panel>}
        <Panel title={`书目 ${page.books.length} 种`}>
          {page.note && <p>{page.note}</p>}
          <ul>
            {page.books.map((book, index) => (
              <li key={index}>
                {bookCategories[book.category]}：《{book.title}》{book.author}
                {book.remark && <div className="training-soft">{book.remark}</div>}
              </li>
            ))}
          </ul>
        </Panel>
        <Notes page={page} />
      </div>
      <ConfirmReason
        open={asked}
        title="撤回荐书"
        sentence="撤回后不再计入；记录和理由都留存。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params: { id: page.id }, body: { reason } })}
        onClose={() => setAsked(false)}
      />
    </Page>
  )
}

function Notes({ page }: { page: ReadingPage }) {
  const sending = useSubmit(shareNote)
  const taking = useSubmit(withdrawNote)
  const form = useFields({ name: 'reading-note', schema: shareNote.body, initial: {}, draftKey: `reading-note:${page.id}` })
  return (
    <Panel title="本支部的心得" note="自愿写，只有本支部的同志看得到，随时可以收回">
      <div className="training-lines">
        {page.notes.length === 0 && <p className="training-soft">还没有心得。</p>}
        {page.notes.map((note) => (
          <div key={note.id}>
            <p className="training-soft">
              {note.author} {note.sharedOn}
            </p>
            <p>{note.text}</p>
            {note.own && (
              <Button size="small" loading={taking.pending} onClick={() => void taking.submit({ params: { id: note.id } })}>
                收回
              </Button>
            )}
          </div>
        ))}
        {page.abilities.includes('share') && (
          <details>
            <summary>写一份心得</summary>
            <FieldForm
              form={form}
              submitLabel="在支部交流"
              onSubmit={async (body) => {
                await sending.send({ params: { id: page.id }, body })
                form.change({ text: '' })
              }}
            >
              <FormField name="text" control="area" />
            </FieldForm>
          </details>
        )}
      </div>
    </Panel>
  )
}
