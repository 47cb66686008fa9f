import { useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import type { EntryForm as FormStart, EntryPage } from '../entries/entry-endpoints.contract.ts'
import type { EntryKind } from '../entries/entry-kind.contract.ts'
import { formFields, valuesOf } from './entry-entry.rules.ts'
import { EntryForm } from './entry-form.tsx'
import { Recorded, type RecordedMeeting } from './recorded.tsx'

/** 更正: the same form with the record in it; what was recorded first stays, and so does its date. */
export function CorrectEntryPage({ kind }: { kind: EntryKind }) {
  const id = useParam('id')
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  const entry = useCall(kind.endpoints.show, result ? null : { params: { id } })
  const organization = entry.data?.organization.id
  const form = useCall(kind.endpoints.form, organization ? { query: { organization } } : null)
  const title = `更正${kind.noun}`
  if (result) {
    return (
      <Page title={title} narrow>
        <Recorded title="已更正" result={result} address={`/${kind.collection}/${id}`} />
      </Page>
    )
  }
  return (
    <Loaded query={entry}>
      {(page) =>
        page.abilities.includes('correct') ? (
          <Loaded query={form}>
            {(ready) => <Correct key={page.revision} kind={kind} page={page} form={ready} onDone={setResult} />}
          </Loaded>
        ) : (
          <Page title={title} narrow>
            <Empty sentence="这条记录现在不能更正。" next={<GoButton to={`/${kind.collection}/${id}`}>看这条记录</GoButton>} />
          </Page>
        )
      }
    </Loaded>
  )
}

interface Props {
  readonly kind: EntryKind
  readonly page: EntryPage
  readonly form: FormStart
  readonly onDone: (result: RecordedMeeting) => void
}

function Correct({ kind, page, form, onDone }: Props) {
  const sending = useSubmit(kind.endpoints.correct)
  const [initial] = useState(() => valuesOf(kind, page))
  const [schema] = useState(() => formFields(kind, kind.correctBody))
  const fields = useFields({ name: kind.code, schema, initial, draftKey: `${kind.code}-correct:${page.id}:${page.revision}` })
  return (
    <Page title={`更正${kind.noun}`} narrow crumbs={[{ label: page.title, to: `/${kind.collection}/${page.id}` }]}>
      <EntryForm
        kind={kind}
        form={form}
        fields={fields}
        submitLabel="保存更正"
        more={<GoButton to={`/${kind.collection}/${page.id}`}>不改了</GoButton>}
        onSubmit={async (values) => {
          const reply = await sending.send({ params: { id: page.id }, body: values })
          onDone({ ...reply, warnings: [] })
        }}
      />
    </Page>
  )
}
