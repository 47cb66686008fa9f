import { Button, Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { type SearchValues, useAddress } from '../../../ui/address.ts'
import { type Crumb, Page } from '../../../ui/page.tsx'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { branchKinds } from '../../directory/organizations/organizations.contract.ts'
import { cockpit, cockpitExport } from '../../rulebook/indicators/indicators.contract.ts'
import { cockpitAddress, periodIn } from '../../rulebook/web/index.ts'
import { BranchYear } from './branch-year.tsx'
import { CityFigures } from './city-figures.tsx'
import type { Figures } from './cockpit-table.tsx'

const trees = { as_was: '按当时建制', as_is: '按现行建制' } as const
type Tree = keyof typeof trees

/** What the address asks for; without a period, the quarter in which today lies. */
function askedIn(search: SearchValues, today: string) {
  const tree: Tree = search.tree === 'as_is' ? 'as_is' : 'as_was'
  const period = periodIn(search, today)
  return { period, tree, ...(search.organization && { organization: search.organization }) }
}

/** Unit × dimension from the city down to the branch, and from any figure down to the record. */
export function CockpitPage() {
  const session = useSession()
  const [search, change] = useAddress()
  const asked = askedIn(search, session.today)
  const read = useCall(cockpit, { query: asked }, { keepPrevious: true })
  const pending = read.data?.freshness.pending ?? 0
  const { refetch } = read
  useEffect(() => {
    if (pending === 0) return
    const timer = setTimeout(() => void refetch(), 2_000)
    return () => clearTimeout(timer)
  }, [pending, refetch])
  const figures = read.data
  const leaf = figures !== undefined && (isLeaf(figures) || search.view === 'own')
  return (
    <Page
      title={figures?.organization.name ?? '驾驶舱'}
      crumbs={crumbsOf(figures, asked)}
      bar={
        <>
          <PeriodPicker
            value={leaf ? asked.period.slice(0, 4) : asked.period}
            today={session.today}
            onChange={(period) => change({ period, requirement: undefined })}
            {...(leaf && { cadences: ['year'] as const })}
          />
          {!leaf && <TreeSwitch tree={asked.tree} onChange={(tree) => change({ tree, cell: undefined, requirement: undefined })} />}
        </>
      }
      note={!leaf && figures && <Freshness pending={pending} />}
      actions={
        !leaf && (
          <Button href={addressOf(cockpitExport.path, { query: asked })} download>
            导出
          </Button>
        )
      }
    >
      <Loaded query={read}>
        {(found) =>
          isLeaf(found) || search.view === 'own' ? (
            <BranchYear key={found.organization.id} figures={found} period={asked.period} />
          ) : (
            <CityFigures figures={found} period={asked.period} tree={asked.tree} stale={read.isPlaceholderData} />
          )
        }
      </Loaded>
    </Page>
  )
}

const isLeaf = (figures: Figures): boolean => branchKinds.some((kind) => kind === figures.organization.kind)

function crumbsOf(figures: Figures | undefined, asked: { period: string; tree: Tree }): Crumb[] {
  return (figures?.path ?? [])
    .filter((place) => place.id !== figures?.organization.id)
    .map((place) => ({
      label: place.name,
      to: cockpitAddress({ organization: place.id, period: asked.period, ...(asked.tree === 'as_is' && { tree: asked.tree }) }),
    }))
}

function TreeSwitch(props: { tree: Tree; onChange: (tree: Tree) => void }): ReactNode {
  return (
    <Segmented<Tree>
      aria-label="建制"
      name="tree"
      value={props.tree}
      options={(Object.keys(trees) as Tree[]).map((value) => ({ value, label: trees[value] }))}
      onChange={props.onChange}
    />
  )
}

function Freshness(props: { pending: number }) {
  return <span role="status">{props.pending > 0 ? `有 ${props.pending} 处变动正在计入` : '已计入全部变动'}</span>
}
