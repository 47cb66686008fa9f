import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useAddress } from '../../../ui/address.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Figure, Panel, PanelRow } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { organizationKinds, type OrganizationPage, showOrganization } from '../organizations/organizations.contract.ts'
import { OrganizationAct } from './organization-act.tsx'
import { actsOffered } from './organization-acts.rules.ts'
import { CommitteePanel, PostsPanel, ResponsibilityPanel } from './organization-people.tsx'
import './organizations.css'

/** One organization: what it is, its people in office, its history, and what may be done with it. */
export function OrganizationDetail(props: { id: string; asOf: string | null }) {
  const read = useCall(showOrganization, { params: { id: props.id }, query: props.asOf ? { asOf: props.asOf } : {} })
  return <Loaded query={read}>{(found) => <Content page={found} asOf={props.asOf} />}</Loaded>
}

function Content({ page, asOf }: { page: OrganizationPage; asOf: string | null }) {
  const [address, change] = useAddress()
  const { today } = useSession()
  const acts = asOf === null ? actsOffered(page) : []
  const act = acts.find((one) => one.key === address.act)
  if (act) return <OrganizationAct key={act.key} act={act.key} page={page} onClose={() => change({ act: undefined })} />
  const day = asOf ?? today
  return (
    <>
      <Head page={page} asOf={asOf} />
      {acts.length > 0 && (
        <div className="dir-acts">
          {acts.map((one) => (
            <Button key={one.key} onClick={() => change({ act: one.key })}>
              {one.label}
            </Button>
          ))}
        </div>
      )}
      <Counts page={page} />
      {page.hints.length > 0 && (
        <Panel title="提示" note="按规模和任期提醒，是否调整由党组织决定">
          <ul className="dir-lines">
            {page.hints.map((hint) => (
              <li key={hint.rule + hint.text}>
                <StatusTag tone="late">{hint.rule}</StatusTag>
                <span>{hint.text}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <CommitteePanel page={page} today={day} changeable={asOf === null} />
      <PostsPanel page={page} changeable={asOf === null} />
      <ResponsibilityPanel page={page} changeable={asOf === null} />
      <Panel title="沿革">
        <ul className="dir-lines">
          {page.history.map((one) => (
            <li key={one.on + one.what}>
              <span className="dir-soft">{one.on}</span>
              <span>{one.what}</span>
              {one.on !== day && (
                <span className="dir-end">
                  <Link to="/organizations" search={{ id: page.id, asOf: one.on } as never}>
                    看那天的建制
                  </Link>
                </span>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

function Head({ page, asOf }: { page: OrganizationPage; asOf: string | null }) {
  const above = page.path.filter((one) => one.id !== page.id)
  const ended = page.dissolvedOn !== null
  return (
    <Panel
      title={page.name}
      note={
        <>
          {organizationKinds[page.kind]}
          {asOf && `，${asOf} 的建制`}
        </>
      }
      actions={ended ? <StatusTag tone="none">已撤销</StatusTag> : undefined}
    >
      <Facts
        items={[
          {
            term: '上级',
            wide: true,
            value:
              above.length === 0
                ? null
                : above.map((one, at) => (
                    <span key={one.id}>
                      {at > 0 && ' › '}
                      <Link to="/organizations" search={{ id: one.id, ...(asOf && { asOf }) } as never}>
                        {one.name}
                      </Link>
                    </span>
                  )),
          },
          { term: '简称', value: page.shortName },
          { term: '设立', value: page.establishedOn },
          ...(page.endsOn ? [{ term: '存续至', value: page.endsOn }] : []),
          ...(page.dissolvedOn ? [{ term: '撤销', value: page.dissolvedOn }] : []),
        ]}
      />
      <div className="dir-links">
        <Link to="/cockpit" search={{ organization: page.id } as never}>
          看各项数字
        </Link>
        <Link to="/calendar" search={{ organization: page.id } as never}>
          看应办日历
        </Link>
        <Link to="/meetings" search={{ under: page.id } as never}>
          看组织生活
        </Link>
        <Link to="/persons" search={{ under: page.id } as never}>
          看人员名册
        </Link>
      </div>
    </Panel>
  )
}

function Counts({ page }: { page: OrganizationPage }) {
  const { counts } = page
  const people = (category: string) => `/persons?under=${page.id}&category=${category}`
  return (
    <PanelRow>
      <Figure title="正式党员" value={counts.fullMembers} words="人" to={people('full_member')} />
      <Figure title="预备党员" value={counts.probationaryMembers} words="人" to={people('probationary_member')} />
      <Figure title="其他在册人员" value={counts.others} words="人" to={`/persons?under=${page.id}`} />
      {counts.below > 0 && <Figure title="党支部" value={counts.branches} words="个" />}
      {counts.below > 0 && <Figure title="全部下级组织" value={counts.below} words="个" />}
    </PanelRow>
  )
}
