import { Page } from '../../../ui/page.tsx'
import { useParam } from '../../../ui/address.ts'
import { PersonDetail } from './person-detail.tsx'

/** A person's file as a page of its own, for links from elsewhere. */
export function PersonPage() {
  const id = useParam('id')
  return (
    <Page title="个人档案" crumbs={[{ label: '人员', to: '/persons' }]} narrow>
      <PersonDetail key={id} id={id} />
    </Page>
  )
}
