import { useParam } from '../../../../ui/address.ts'
import { Page } from '../../../../ui/page.tsx'
import { PaperDetail } from './paper-detail.tsx'

/** One paper on a page of its own. */
export function PaperPageWhole() {
  const id = useParam('id')
  return (
    <Page title="文书" crumbs={[{ label: '文书', to: '/papers' }]} narrow>
      <PaperDetail id={id} />
    </Page>
  )
}
