import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { Loading, Refused } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import type { EntryKind } from '../entries/entry-kind.contract.ts'
import { EntryActs, EntryShown } from './entry-shown.tsx'

/** One entry on a page of its own, which is also what is printed. */
export function EntryDetailPage({ kind }: { kind: EntryKind }) {
  const id = useParam('id')
  const entry = useCall(kind.endpoints.show, { params: { id } })
  const crumbs = [{ label: kind.noun, to: `/${kind.collection}` }]
  if (!entry.data) {
    return (
      <Page title={kind.noun} crumbs={crumbs} narrow>
        {entry.isError ? <Refused error={entry.error} onRetry={() => void entry.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page title={entry.data.title} crumbs={crumbs} narrow>
      <div className="meeting-acts-page">
        <EntryActs kind={kind} entry={entry.data} />
      </div>
      <EntryShown kind={kind} entry={entry.data} />
    </Page>
  )
}
