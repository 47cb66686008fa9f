import { Suspense } from 'react'
import { useAddress } from '../../../ui/address.ts'
import { Loading } from '../../../ui/states.tsx'
import { DutyCalendar } from '../../rulebook/web/index.ts'
import type { Figures } from './cockpit-table.tsx'

/** Where the tree ends: one organization's requirements over the months of a year. */
export function BranchYear(props: { figures: Figures; period: string }) {
  const { organization } = props.figures
  const [search, change] = useAddress()
  return (
    <Suspense fallback={<Loading />}>
      <DutyCalendar
        organization={organization.id}
        name={organization.name}
        year={props.period.slice(0, 4)}
        selected={search.duty ?? null}
        onSelect={(duty) => change({ duty: duty ?? undefined })}
      />
    </Suspense>
  )
}
