import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import { posts } from '../../../directory/posts/posts.contract.ts'
import { exemptionTitles, standingTitles } from '../../documents/rulebook-file.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { looseOf, valueAt } from './draft-content.rules.ts'
import { fieldId, GroupError, PartField, usePart } from './part-field.tsx'

const whoTitles = { kinds: '组织', post: '担任某职务的人', members: '党员和其他人员' } as const
type Who = keyof typeof whoTitles

const kinds = optionsOf(organizationKinds)
const postOptions = Object.entries(posts).map(([value, { name }]) => ({ value, label: name }))

/** Who owes it: organizations of some kinds, holders of a post, or members; narrowed by conditions; and who is let off. */
export function RequirementWho() {
  const part = usePart()
  const subject = looseOf(valueAt(part.value, ['subject']))
  const who = (Object.keys(whoTitles) as Who[]).find((key) => key in subject) ?? 'kinds'
  const choose = (next: Who) => {
    const { where, exempt } = subject
    part.set(['subject'], {
      [next]: next === 'kinds' ? [] : {},
      ...(where !== undefined && { where }),
      ...(exempt !== undefined && { exempt }),
    })
  }
  return (
    <>
      <PartField
        path={['subject', 'who']}
        title="约束谁"
        render={(control) => (
          <select
            id={control.id}
            className="draft-select"
            value={who}
            disabled={part.readOnly}
            onChange={(event) => choose(event.target.value as Who)}
          >
            {Object.entries(whoTitles).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      />
      {who === 'kinds' && <PartField path={['subject', 'kinds']} control="several" options={kinds} />}
      {who === 'post' && (
        <>
          <PartField path={['subject', 'post', 'code']} control="select" options={postOptions} />
          <PartField path={['subject', 'post', 'at']} control="several" options={kinds} />
        </>
      )}
      {who === 'members' && (
        <>
          <PartField path={['subject', 'members', 'standing']} control="several" options={optionsOf(standingTitles)} />
          <PartField path={['subject', 'members', 'at']} control="several" options={kinds} />
        </>
      )}
      <GroupError path="subject" />
      <Where />
      <PartField
        path={['subject', 'exempt']}
        control="several"
        options={optionsOf(exemptionTitles)}
        optional
        help="符合这些情形的算豁免，不算欠办"
      />
    </>
  )
}

const yesNo = [
  { value: 'yes', label: '只约束符合的' },
  { value: 'no', label: '只约束不符合的' },
]

function Where() {
  const part = usePart()
  const where = looseOf(valueAt(part.value, ['subject', 'where']))
  const open = Object.keys(where).length > 0
  return (
    <details className="draft-more" open={open || undefined}>
      <summary>范围条件（选填）</summary>
      {(['has_committee', 'has_groups'] as const).map((key) => (
        <PartField
          key={key}
          path={['subject', 'where', key]}
          control="select"
          optional
          options={yesNo}
          render={(control) => (
            <select
              id={control.id}
              className="draft-select"
              disabled={part.readOnly}
              value={where[key] === true ? 'yes' : where[key] === false ? 'no' : ''}
              onChange={(event) => control.onChange(event.target.value === '' ? undefined : event.target.value === 'yes')}
            >
              <option value="">不限</option>
              {yesNo.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        />
      ))}
      <PartField path={['subject', 'where', 'min_full_members']} control="number" optional />
      <PartField path={['subject', 'where', 'max_full_members']} control="number" optional />
      <span id={fieldId(['subject', 'where'])} />
    </details>
  )
}
