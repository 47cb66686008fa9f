import { Button } from 'antd'
import { useState } from 'react'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { Panel } from '../../../ui/page.tsx'
import { actsFor, useAbility, useSession } from '../../../ui/session.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { type HeartTalkCoverage as Coverage, heartTalks, showHeartTalkCoverage } from '../heart-talks/heart-talks.contract.ts'
import './meeting-form.css'

/** Who has talked with whom this year and who is still missing, by name; shown to those who keep the branch's records. */
export function HeartTalkCoverage() {
  const session = useSession()
  const mayRecord = useAbility(`${heartTalks.permission}.record`)
  const own = session.organizations.find(({ kind }) => kind === 'branch' || kind === 'joint_branch') ?? actsFor(session)
  const coverage = useCall(showHeartTalkCoverage, mayRecord && own ? { query: { organization: own.id } } : null)
  if (!mayRecord || !own) return null
  return <Loaded query={coverage}>{(data) => <Shown coverage={data} />}</Loaded>
}

function Shown({ coverage }: { coverage: Coverage }) {
  const [all, setAll] = useState(false)
  const { committee, members } = coverage
  const pairs = committee.filter(({ on }) => on !== null).length
  const talked = members.filter(({ withCommittee }) => withCommittee !== null).length
  if (committee.length + members.length === 0) return null
  return (
    <Panel
      title={`${coverage.organization.name} ${coverage.year} 年谈心谈话`}
      note="每年一般各谈一次（支部条例第十九条），只提示"
    >
      <div className="meeting-lines">
        {committee.length > 0 && (
          <Holes
            title={`支委两两之间 ${pairs} / ${committee.length} 对`}
            holes={committee.filter(({ on }) => on === null).map(({ one, other }) => `${one.name}和${other.name}`)}
          />
        )}
        <Holes
          title={`支委和党员 ${talked} / ${members.length} 人`}
          holes={members.filter(({ withCommittee }) => withCommittee === null).map(({ person }) => person.name)}
        />
        <Holes
          title={`党员之间 ${members.filter(({ withMember }) => withMember !== null).length} / ${members.length} 人`}
          holes={members.filter(({ withMember }) => withMember === null).map(({ person }) => person.name)}
        />
        {all ? <Done coverage={coverage} /> : <Button onClick={() => setAll(true)}>看已经谈过的</Button>}
      </div>
    </Panel>
  )
}

function Holes({ title, holes }: { title: string; holes: readonly string[] }) {
  return (
    <div>
      <b>{title}</b>{' '}
      {holes.length === 0 ? <StatusTag tone="done">都谈过了</StatusTag> : <span>还没有谈：{holes.join('、')}</span>}
    </div>
  )
}

function Done({ coverage }: { coverage: Coverage }) {
  const lines = [
    ...coverage.committee.flatMap(({ one, other, on }) => (on ? [`${inChinese(on)} ${one.name}和${other.name}`] : [])),
    ...coverage.members.flatMap(({ person, withCommittee }) =>
      withCommittee ? [`${inChinese(withCommittee)} 支委和${person.name}`] : [],
    ),
  ]
  return <p style={{ margin: 0 }}>{lines.length === 0 ? '今年还没有谈过。' : lines.join('；')}</p>
}
