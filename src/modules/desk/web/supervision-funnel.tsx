import { useNavigate } from '@tanstack/react-router'
import { Funnel } from '../../../ui/funnel.tsx'
import { Figure, Panel, PanelRow } from '../../../ui/page.tsx'
import { Empty, Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { funnel } from '../../supervision/cases/cases.contract.ts'

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
              <PanelRow>
                <Figure title="超期" value={found.overdue} words="项" alarm={found.overdue > 0} to={address({ overdue: 'yes' })} />
                <Figure title="待核验" value={found.toVerify} words="项" to={address({ state: 'reported' })} />
                <Figure
                  title="在等上级"
                  value={found.waiting}
                  words={found.waiting > 0 ? `项，最长 ${found.longestWait} 天` : '项'}
                  to={address({ waiting: 'yes' })}
                />
              </PanelRow>
              <Funnel
                caption="各环节现有项数"
                steps={listed.map((stage) => ({ name: stage.name, count: stage.count }))}
                onPick={(at) => void navigate({ to: '/cases', search: { under: props.organization, state: listed[at]?.state } as never })}
              />
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}
