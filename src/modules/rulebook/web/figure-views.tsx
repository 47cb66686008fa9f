import { Go } from '../../../ui/go.tsx'
import './figure-views.css'

const views = {
  cockpit: { title: '数字', path: '/cockpit' },
  explain: { title: '情况说明', path: '/cockpit/explain' },
  differences: { title: '差别', path: '/cockpit/differences' },
  standing: { title: '年度履责', path: '/cockpit/standing' },
  frozen: { title: '冻结与复核', path: '/cockpit/frozen' },
} as const
export type FigureView = keyof typeof views

/** Ways to look at the same organization and period. */
export function FigureViews(props: { current: FigureView; organization?: string | undefined; period: string }) {
  const search = new URLSearchParams({
    ...(props.organization && { organization: props.organization }),
    period: props.period,
  })
  return (
    <nav className="figure-views" aria-label="看同一组织同一期的几种办法">
      {Object.entries(views).map(([view, { title, path }]) =>
        view === props.current ? (
          <span key={view} aria-current="page">
            {title}
          </span>
        ) : (
          <Go key={view} to={`${path}?${search.toString()}`}>
            {title}
          </Go>
        ),
      )}
    </nav>
  )
}
