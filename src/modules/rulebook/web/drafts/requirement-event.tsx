import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import { posts } from '../../../directory/posts/posts.contract.ts'
import { standingTitles } from '../../documents/rulebook-file.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { looseOf, textAt, valueAt } from './draft-content.rules.ts'
import { PartField, usePart } from './part-field.tsx'

/** Events of the directory from which a time is counted. */
const events = {
  'directory.post_started': '任职之日起',
  'directory.member_joined': '取得身份之日起',
  'directory.election_due': '该换届之日起',
  'directory.organization_established': '组织成立之日起',
} as const

const kinds = optionsOf(organizationKinds)
const postOptions = Object.entries(posts).map(([value, { name }]) => ({ value, label: name }))
const committees = [
  { value: 'committee', label: '委员会' },
  { value: 'discipline_committee', label: '纪委' },
]

/** So long after what: the event, its parameters, and the time. */
export function RequirementEvent() {
  const part = usePart()
  const name = textAt(looseOf(valueAt(part.value, ['event'])), 'name')
  const known = name === '' || name in events
  const options = [...optionsOf(events), ...(known ? [] : [{ value: name, label: name }])]
  return (
    <>
      <PartField
        path={['event', 'name']}
        title="从什么时候起算"
        control="select"
        options={options}
        onChange={(value) =>
          part.set(['event'], value ? { ...looseOf(valueAt(part.value, ['event'])), name: value, params: {} } : undefined)
        }
      />
      {name === 'directory.post_started' && (
        <>
          <PartField path={['event', 'params', 'posts']} title="任哪些职务" control="several" options={postOptions} />
          <PartField path={['event', 'params', 'at']} title="任职组织的种类" control="several" options={kinds} optional />
        </>
      )}
      {name === 'directory.member_joined' && (
        <PartField
          path={['event', 'params', 'standing']}
          title="取得哪种身份"
          control="several"
          options={optionsOf(standingTitles)}
        />
      )}
      {name === 'directory.election_due' && (
        <>
          <PartField path={['event', 'params', 'kind']} title="哪种委员会" control="select" options={committees} optional />
          <PartField path={['event', 'params', 'months_before']} title="届满前几个月起算" control="number" optional />
        </>
      )}
      {name === 'directory.organization_established' && (
        <PartField path={['event', 'params', 'kinds']} title="哪些组织" control="several" options={kinds} />
      )}
      <PartField path={['event', 'months']} control="number" optional help="几个月内或几天内，填一项" />
      <PartField path={['event', 'days']} control="number" optional />
    </>
  )
}
