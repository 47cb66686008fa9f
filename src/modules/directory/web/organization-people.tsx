import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { Panel } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { OrganizationPage } from '../organizations/organizations.contract.ts'
import { electsCommittee } from '../posts/post-fit.rules.ts'
import { AppointForm, CommitteeForm, LeaveForm, ResponsibilityForm } from './organization-people-form.tsx'

interface PeopleProps {
  readonly page: OrganizationPage
  /** False while another day's tree is looked at. */
  readonly changeable: boolean
}

/** A button that opens a form in a dialog; the form closes it. */
function FormButton(props: { label: string; title: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Dialog open={open} title={props.title} onClose={close}>
        {open && props.children(close)}
      </Dialog>
    </>
  )
}

function may({ page, changeable }: PeopleProps, ability: string): boolean {
  return changeable && page.abilities.includes(ability)
}

function PersonLink(props: { id: string; name: string }) {
  return (
    <Link to="/persons/$id" params={{ id: props.id } as never}>
      {props.name}
    </Link>
  )
}

/** The committee in office, its term, and whether an election is due. */
export function CommitteePanel(props: PeopleProps & { today: string }) {
  const { page, today } = props
  const { committee } = page
  if (!electsCommittee(page.kind)) return null
  const elect = may(props, 'directory.committee.elect') && (
    <FormButton label="登记新一届" title={`登记新一届委员会：${page.name}`}>
      {(close) => <CommitteeForm page={page} onClose={close} />}
    </FormButton>
  )
  if (!committee) {
    return (
      <Panel title="委员会" actions={elect}>
        <p className="dir-soft dir-plain">没有登记委员会。</p>
      </Panel>
    )
  }
  const until = committee.extendedTo ?? committee.dueOn
  return (
    <Panel title="委员会" note={`${inChinese(committee.electedOn)}当选，任期 ${committee.termYears} 年`} actions={elect}>
      <p className="dir-plain">
        {until < today ? <StatusTag tone="short">已过期</StatusTag> : <StatusTag tone="done">任期内</StatusTag>} 应于
        {inChinese(until)}前换届
        {committee.extendedTo && `（经批准由${inChinese(committee.dueOn)}延期）`}
      </p>
      <ul className="dir-lines">
        {committee.members.map((one) => (
          <li key={one.personId + one.duty}>
            <PersonLink id={one.personId} name={one.name} />
            <span className="dir-soft">{one.duty}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Who holds which post, since when. */
export function PostsPanel(props: PeopleProps) {
  const { page } = props
  const appoint = may(props, 'directory.post.appoint') && (
    <FormButton label="登记任职" title={`登记任职：${page.name}`}>
      {(close) => <AppointForm page={page} onClose={close} />}
    </FormButton>
  )
  return (
    <Panel title="任职" actions={appoint}>
      {page.posts.length === 0 && <p className="dir-soft dir-plain">没有登记任职。</p>}
      <ul className="dir-lines">
        {page.posts.map((one) => (
          <li key={one.id}>
            <span>{one.postName}</span>
            <PersonLink id={one.personId} name={one.name} />
            {one.fullTime && <StatusTag tone="none">专职</StatusTag>}
            <span className="dir-soft">{one.since} 起</span>
            {may(props, 'directory.post.end') && (
              <span className="dir-end">
                <FormButton label="登记免职" title={`登记免职：${one.name}（${one.postName}）`}>
                  {(close) => <LeaveForm id={one.id} since={one.since} onClose={close} />}
                </FormButton>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const dutyNames = { first: '第一责任人', direct: '直接责任人', deputy: '分管责任人', member: '班子成员' } as const

/** Who answers for the party work of the unit, in the order of the chain. */
export function ResponsibilityPanel(props: PeopleProps) {
  const { page } = props
  const assign = may(props, 'directory.responsibility.assign')
  if (page.responsibilities.length === 0 && !assign) return null
  return (
    <Panel
      title="责任链"
      actions={
        assign && (
          <FormButton label="登记责任人" title={`登记责任人：${page.name}`}>
            {(close) => <ResponsibilityForm page={page} onClose={close} />}
          </FormButton>
        )
      }
    >
      {page.responsibilities.length === 0 && <p className="dir-soft dir-plain">没有登记责任人。</p>}
      <ul className="dir-lines">
        {page.responsibilities.map((one) => (
          <li key={one.personId + one.duty}>
            <span>{dutyNames[one.duty]}</span>
            <PersonLink id={one.personId} name={one.name} />
            <span className="dir-soft">{one.since} 起</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
