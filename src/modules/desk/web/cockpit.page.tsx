import { Button, Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { addressOf } from '../../../kernel/http/call.ts'
import { type SearchValues, useAddress } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { type Crumb, Page } from '../../../ui/page.tsx'
import { periodIn } from '../../../ui/period-in.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { branchKinds } from '../../directory/organizations/organizations.contract.ts'
import { cockpit, cockpitExport } from '../../rulebook/indicators/indicators.contract.ts'
import { cockpitAddress, FigureViews, FrozenNotice, obligationsAddress } from '../../rulebook/web/index.ts'
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

const titleOf = (figures: Figures | undefined, own: boolean): string =>
  own ? '本级应办事项' : (figures?.organization.name ?? '驾驶舱')

type Asked = ReturnType<typeof askedIn>

/** The figures, read again every two seconds while changes are on their way into them. */
function useFigures(asked: Asked) {
  const read = useCall(cockpit, { query: asked }, { keepPrevious: true })
  const { refetch, dataUpdatedAt } = read
  const pending = read.data?.freshness.pending ?? 0
  useEffect(() => {
    if (pending === 0) return
    const timer = setTimeout(() => void refetch(), 2_000)
    return () => clearTimeout(timer)
  }, [pending, refetch, dataUpdatedAt])
  return read
}

/** Unit × dimension from the city down to the branch, and from any figure down to the record. */
export function CockpitPage() {
  const session = useSession()
  const [search] = useAddress()
  const asked = askedIn(search, session.today)
  const read = useFigures(asked)
  const figures = read.data
  const own = search.view === 'own'
  const leaf = figures !== undefined && (own || isLeaf(figures))
  return (
    <Page
      title={titleOf(figures, own)}
      crumbs={crumbsOf(figures, asked, own)}
      bar={<Bar asked={asked} leaf={leaf} />}
      note={!leaf && figures && <Freshness pending={figures.freshness.pending} />}
      actions={figures && <Acts asked={asked} organization={figures.organization.id} leaf={leaf} />}
    >
      {figures && <FrozenNotice organization={figures.organization.id} period={asked.period} />}
      <Loaded query={read}>
        {(found) =>
          leaf ? (
            <BranchYear key={found.organization.id} figures={found} period={asked.period} />
          ) : (
            <CityFigures figures={found} period={asked.period} tree={asked.tree} stale={read.isPlaceholderData} />
          )
        }
      </Loaded>
    </Page>
  )
}

/** Which period and by which tree; a branch shows a whole year. */
function Bar(props: { asked: Asked; leaf: boolean }) {
  const { asked, leaf } = props
  const { today } = useSession()
  const [, change] = useAddress()
  return (
    <>
      <FigureViews current="cockpit" organization={asked.organization} period={asked.period} />
      <PeriodPicker
        value={leaf ? asked.period.slice(0, 4) : asked.period}
        today={today}
        onChange={(period) => change({ period, requirement: undefined, duty: undefined })}
        {...(leaf && { cadences: ['year'] as const })}
      />
      {!leaf && <TreeSwitch tree={asked.tree} onChange={(tree) => change({ tree, cell: undefined, requirement: undefined })} />}
    </>
  )
}

function Acts(props: { asked: Asked; organization: string; leaf: boolean }) {
  const { asked } = props
  return (
    <>
      <GoButton to={obligationsAddress({ under: props.organization, period: asked.period })}>应办事项</GoButton>
      {!props.leaf && (
        <Button href={addressOf(cockpitExport.path, { query: asked })} download>
          导出
        </Button>
      )}
    </>
  )
}

const isLeaf = (figures: Figures): boolean => branchKinds.some((kind) => kind === figures.organization.kind)

/** The way down; seen for its own duties alone, the organization itself is the last step. */
function crumbsOf(figures: Figures | undefined, asked: Asked, own: boolean): Crumb[] {
  return (figures?.path ?? [])
    .filter((place) => own || place.id !== figures?.organization.id)
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
