import { useState } from 'react'
import { period, periodName } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { Page, Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { useFields } from '../../../ui/use-fields.ts'
import type { EntryForm as FormStart } from '../entries/entry-endpoints.contract.ts'
import type { EntryKind } from '../entries/entry-kind.contract.ts'
import { entryDraftKey, formFields, initialOf } from './entry-entry.rules.ts'
import { EntryForm } from './entry-form.tsx'
import { Recorded, type RecordedMeeting } from './recorded.tsx'

/** Records an entry of a kind: preset by the address (organization, a period that is over). */
export function RecordEntryPage({ kind }: { kind: EntryKind }) {
  const [search] = useAddress()
  const session = useSession()
  const [round, setRound] = useState(0)
  const organization = search.organization ?? actsFor(session)?.id
  const form = useCall(kind.endpoints.form, organization ? { query: { organization } } : null)
  if (!organization) {
    return (
      <Page title={`记${kind.noun}`} narrow>
        <Panel>您还不属于任何组织，请先请管理员把您编入支部。</Panel>
      </Page>
    )
  }
  return (
    <Loaded query={form}>
      {(ready) => (
        <Record key={`${ready.organization.id} ${round}`} kind={kind} form={ready} onAgain={() => setRound(round + 1)} />
      )}
    </Loaded>
  )
}

/** The last day of a period that is over, which the address may name. */
function endOf(name: string | undefined, today: string): string | undefined {
  const span = periodName.safeParse(name).data
  return span !== undefined && period(span).ends < today ? period(span).ends : undefined
}

function Record(props: { kind: EntryKind; form: FormStart; onAgain: () => void }) {
  const { kind, form } = props
  const [search] = useAddress()
  const { today } = useSession()
  const [latest] = useState(() => endOf(search.period, today))
  const [initial] = useState(() => initialOf(kind, form, latest !== undefined))
  const sending = useSubmit(kind.endpoints.record)
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  const [schema] = useState(() => formFields(kind, kind.recordBody))
  const draftKey = entryDraftKey(kind.collection, { organization: form.organization.id, period: search.period })
  const fields = useFields({ name: kind.code, schema, initial, draftKey })
  const crumbs = [{ label: kind.noun, to: `/${kind.collection}` }]
  if (result) {
    return (
      <Page title={`记${kind.noun}`} crumbs={crumbs} narrow>
        <Recorded title="已记好" result={result} address={`/${kind.collection}/${result.id}`} onAgain={props.onAgain} />
      </Page>
    )
  }
  return (
    <Page title={`记${kind.noun}`} crumbs={crumbs} narrow note={form.organization.name}>
      <EntryForm
        kind={kind}
        form={form}
        fields={fields}
        submitLabel="记好"
        latest={latest}
        onSubmit={async (values) => {
          const reply = await sending.send({ body: values })
          setResult({ ...reply, warnings: [] })
        }}
      />
    </Page>
  )
}
