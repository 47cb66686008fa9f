import { useNavigate } from '@tanstack/react-router'
import { Funnel } from '../../../ui/funnel.tsx'
import { Go } from '../../../ui/go.tsx'
import { Figure, Panel } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { funnel } from '../../supervision/cases/cases.contract.ts'
import './cockpit.css'

interface Stage {
  readonly name: string
  readonly count: number
}

/** A case that stands further on has come this far too, so the funnel narrows as it should; where it stands now is a note. */
function reached(stages: readonly Stage[]): { name: string; count: number; note: string }[] {
  return stages.map((stage, at) => ({
    name: stage.name,
    count: stages.slice(at).reduce((sum, later) => sum + later.count, 0),
    note: `现在停在这里 ${stage.count} 项`,
  }))
}

/** What is followed up under an organization, each number a link to its list. */
export function SupervisionFunnel(props: { organization: string }) {
  const read = useCall(funnel, { query: { under: props.organization } })
  const navigate = useNavigate()
  const address = (more: Readonly<Record<string, string>>) =>
    `/cases?${new URLSearchParams({ under: props.organization, ...more }).toString()}`
  return (
    <Panel title="督办" note="从建议立项到核验销号">
      <Loaded query={read}>
        {(found) => {
          const listed = found.stages.filter((stage) => stage.state !== 'dismissed')
          if (found.stages.every((stage) => stage.count === 0)) return <Empty sentence="这里没有督办事项。" />
          return (
            <>
              <div className="cockpit-three">
                <Figure
                  title="超期"
                  value={found.overdue}
                  words="项"
                  alarm={found.overdue > 0}
                  to={address({ overdue: 'yes' })}
                />
                <Figure title="待核验" value={found.toVerify} words="项" to={address({ state: 'reported' })} />
                <Figure
                  title="在等上级"
                  value={found.waiting}
                  words={found.waiting > 0 ? `项，最长 ${found.longestWait} 天` : '项'}
                  to={address({ waiting: 'yes' })}
                />
              </div>
              <ul className="cockpit-stages" aria-label="现在停在各环节的">
                {listed.map((stage) => (
                  <li key={stage.state}>
                    <Go to={address({ state: stage.state })}>
                      {stage.name} {stage.count}
                    </Go>
                  </li>
                ))}
              </ul>
              <Funnel
                caption="走到过各环节的项数（含已走到后面的）"
                steps={reached(listed)}
                onPick={(at) =>
                  void navigate({ to: '/cases', search: { under: props.organization, state: listed[at]?.state } as never })
                }
              />
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}
