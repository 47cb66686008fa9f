import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { type Fact, Facts } from '../../../ui/facts.tsx'
import { Panel } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { personCategories, type PersonPage, revealPerson, showPerson } from '../persons/persons.contract.ts'
import { PersonCorrectForm, PersonMoveForm } from './person-form.tsx'
import { sexNames, span, standingName } from './person-words.rules.ts'
import './organizations.css'

/** One person's file: personal numbers masked, each opened singly and with a reason. Looking at it is itself recorded. */
export function PersonDetail(props: { id: string }) {
  const read = useCall(showPerson, { params: { id: props.id } })
  return <Loaded query={read}>{(person) => <Content person={person} />}</Loaded>
}

type Doing = 'correct' | 'move' | null

function Content({ person }: { person: PersonPage }) {
  const { message } = App.useApp()
  const [doing, setDoing] = useState<Doing>(null)
  const may = (verb: string) => person.abilities.includes(`directory.person.${verb}`)
  const done = (said: string) => {
    setDoing(null)
    void message.success(said)
  }
  if (doing === 'correct') return <PersonCorrectForm person={person} onClose={() => setDoing(null)} onDone={done} />
  if (doing === 'move') return <PersonMoveForm person={person} onClose={() => setDoing(null)} onDone={done} />
  return (
    <div className="org-main">
      <Panel
        title={person.name}
        note={personCategories[person.category]}
        actions={person.exempt ? <StatusTag tone="exempt">免除硬性要求</StatusTag> : undefined}
      >
        <div className="dir-body">
          <Facts items={factsOf(person)} />
          <p className="dir-soft dir-plain">查看本页已记入审计。</p>
          {(may('correct') || may('move')) && (
            <div className="dir-acts">
              {may('correct') && <Button onClick={() => setDoing('correct')}>更正档案</Button>}
              {may('move') && <Button onClick={() => setDoing('move')}>转到另一支部</Button>}
            </div>
          )}
        </div>
      </Panel>
      <Personal person={person} reveals={may('reveal')} />
      <Panel title="组织关系">
        <Spans
          none="没有登记组织关系。"
          items={person.memberships.map((one) => ({ ...one, what: standingName(one.standing) }))}
        />
      </Panel>
      <Panel title="任职经历">
        <Spans none="没有登记任职。" items={person.postHistory.map((one) => ({ ...one, what: one.postName }))} />
      </Panel>
    </div>
  )
}

function factsOf(person: PersonPage): Fact[] {
  const marks = [person.isMobile && '流动党员', person.isLost && '失联党员'].filter((mark) => mark !== false)
  return [
    {
      term: '所在组织',
      wide: true,
      value: (
        <Link to="/organizations" search={{ id: person.organization.id } as never}>
          {person.organization.name}
        </Link>
      ),
    },
    { term: '党小组', value: person.groupName },
    { term: '职务', value: person.posts.join('、') },
    { term: '性别', value: sexNames(person.sex) },
    { term: '民族', value: person.ethnicity },
    { term: '出生日期', value: person.birthOn },
    { term: '学历', value: person.education },
    { term: '工作岗位', value: person.job },
    { term: '加入党组织', value: person.joinedOn },
    { term: '转为正式党员', value: person.fullSince },
    ...(marks.length > 0 ? [{ term: '标记', value: marks.join('、') }] : []),
  ]
}

type Field = 'idNumber' | 'phone' | 'landline' | 'address'
const fieldNames: Readonly<Record<Field, string>> = {
  idNumber: '公民身份号码',
  phone: '联系电话',
  landline: '固定电话',
  address: '家庭住址',
}

function Personal({ person, reveals }: { person: PersonPage; reveals: boolean }) {
  const [asked, setAsked] = useState<Field | null>(null)
  const [opened, setOpened] = useState<ReadonlyMap<Field, string>>(new Map())
  const { send } = useSubmit(revealPerson)
  const masked: Readonly<Record<Field, string | null>> = {
    idNumber: person.idNumberMasked,
    phone: person.phoneMasked,
    landline: null,
    address: null,
  }
  const fields = (Object.keys(fieldNames) as Field[]).filter((field) => masked[field] !== null || reveals)
  if (fields.length === 0) return null
  const title = asked ? `查看${fieldNames[asked]}` : ''
  return (
    <Panel title="个人信息" note="只显示部分；看完整内容须写明理由，并记入审计">
      <ul className="dir-lines">
        {fields.map((field) => (
          <li key={field}>
            <span className="dir-soft">{fieldNames[field]}</span>
            <span>{opened.get(field) ?? masked[field] ?? '未显示'}</span>
            {reveals && !opened.has(field) && (
              <span className="dir-end">
                <Button size="small" onClick={() => setAsked(field)} aria-label={`看完整的${fieldNames[field]}`}>
                  看完整
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <ConfirmReason
        open={asked !== null}
        title={title}
        sentence={`将显示${person.name}完整的${asked ? fieldNames[asked] : ''}。谁、何时、因何查看都会留痕。`}
        reasonLabel="为什么要看"
        confirmLabel="查看"
        least={2}
        onClose={() => setAsked(null)}
        onConfirm={async (reason) => {
          if (!asked) return
          const { value } = await send({ params: { id: person.id }, body: { field: asked, reason } })
          setOpened(new Map([...opened, [asked, value ?? '没有登记']]))
        }}
      />
    </Panel>
  )
}

interface Spanned {
  readonly organization: string
  readonly what: string
  readonly from: string
  readonly to: string | null
}

function Spans({ items, none }: { items: readonly Spanned[]; none: string }) {
  if (items.length === 0) return <p className="dir-soft dir-plain">{none}</p>
  return (
    <ul className="dir-lines">
      {items.map((one) => (
        <li key={one.organization + one.what + one.from}>
          <span>{one.organization}</span>
          <span>{one.what}</span>
          <span className="dir-soft dir-end">{span(one.from, one.to)}</span>
        </li>
      ))}
    </ul>
  )
}
