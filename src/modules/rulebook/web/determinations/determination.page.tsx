import { useParam } from '../../../../ui/address.ts'
import { Page } from '../../../../ui/page.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { showDetermination } from '../../determinations/determinations.contract.ts'
import { DeterminationActs } from './determination-acts.tsx'
import { DeterminationShown } from './determination-shown.tsx'

const crumbs = [{ label: '认定', to: '/determinations' }]

/** One determination on a page of its own. */
export function DeterminationDetailPage() {
  const id = useParam('id')
  const read = useCall(showDetermination, { params: { id } })
  return (
    <Loaded query={read}>
      {(page) => (
        <Page title={`${page.requirement.code} ${page.requirement.title}`} crumbs={crumbs} narrow>
          <DeterminationActs page={page} />
          <DeterminationShown page={page} />
        </Page>
      )}
    </Loaded>
  )
}
