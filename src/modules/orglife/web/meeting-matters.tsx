import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber } from 'antd'
import { useId } from 'react'
import { attemptKey } from '../../../kernel/http/call.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { carried } from '../meetings/meetings.rules.ts'
import type { Entry } from './meeting-entry.client.ts'
import type { Heads, ResolutionLine, VoteLine } from './meeting-entry.rules.ts'
import { votesExcess } from './meeting-votes.rules.ts'
import { PersonSelect } from './person-select.tsx'

interface PartProps {
  readonly entry: Entry
  readonly faults: ReadonlyMap<string, string>
}

/** 表决 with the denominator by which it is judged: those who should have come with a vote (ZB7). */
export function VotesPart({ entry, faults }: PartProps) {
  const { heads } = entry
  const set = (votes: readonly VoteLine[]) => entry.change({ votes })
  const lines = entry.value.votes
  const replace = (key: string, part: Partial<VoteLine>) =>
    set(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  return (
    <section className="meeting-part" aria-label="表决">
      <h2>
        表决{' '}
        <small>
          应到有表决权 {heads.eligible}，到会 {heads.eligiblePresent}
        </small>
      </h2>
      <div className="meeting-lines">
        {lines.map((line, at) => (
          <Vote
            key={line.key}
            line={line}
            place={at + 1}
            heads={heads}
            faults={{
              matter: faults.get(`votes.${at}.matter`),
              counts: ballots.map(([key]) => faults.get(`votes.${at}.${key}`)).find((text) => text !== undefined),
            }}
            onChange={(part) => replace(line.key, part)}
            onRemove={() => set(lines.filter((one) => one !== line))}
          />
        ))}
      </div>
      <Button
        type="link"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => set([...lines, { key: attemptKey(), matter: '', yes: null, no: null, abstained: null }])}
      >
        加一项表决
      </Button>
    </section>
  )
}

const ballots = [
  ['yes', '赞成'],
  ['no', '不赞成'],
  ['abstained', '弃权'],
] as const

function Vote(props: {
  line: VoteLine
  place: number
  heads: Heads
  faults: { readonly matter: string | undefined; readonly counts: string | undefined }
  onChange: (part: Partial<VoteLine>) => void
  onRemove: () => void
}) {
  const { line, heads } = props
  const id = useId()
  const excess = votesExcess(line, heads)
  const wrong = excess ?? props.faults.counts
  return (
    <div className="meeting-box">
      <Input
        aria-label={`第 ${props.place} 项表决的事项`}
        aria-invalid={props.faults.matter !== undefined}
        {...(props.faults.matter && { status: 'error' as const })}
        placeholder="表决事项，例如：接收预备党员 1 名"
        maxLength={200}
        value={line.matter}
        onChange={(event) => props.onChange({ matter: event.target.value })}
      />
      {props.faults.matter && <p className="meeting-fault">{props.faults.matter}</p>}
      <div className="meeting-pair" style={{ marginTop: 0 }}>
        {ballots.map(([key, label]) => (
          <label key={key}>
            <span>{label}</span>
            {/* Without bounds: a count that was mistyped is said to be wrong, never changed into another one. */}
            <InputNumber<number>
              className="meeting-count"
              inputMode="numeric"
              aria-invalid={wrong !== undefined}
              {...(wrong && { status: 'error' as const, 'aria-describedby': `${id}-wrong` })}
              value={line[key]}
              onChange={(value) => props.onChange({ [key]: value })}
            />
          </label>
        ))}
        <Button onClick={() => props.onChange({ yes: heads.eligiblePresent, no: 0, abstained: 0 })}>到会全部赞成</Button>
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={`删去第 ${props.place} 项表决`}
          onClick={props.onRemove}
        />
      </div>
      {wrong ? (
        <p id={`${id}-wrong`} className="meeting-fault" role="status">
          {wrong}
        </p>
      ) : (
        line.yes !== null && (
          <p className="meeting-soft" role="status">
            {verdict(line.yes, heads)}
          </p>
        )
      )}
    </div>
  )
}

function verdict(yes: number, heads: Heads): string {
  const passed = carried({ yes }, { eligible: heads.eligible, present: heads.eligiblePresent })
  const half = heads.eligiblePresent * 2 < heads.eligible ? '到会不足半数，' : ''
  return `应到有表决权 ${heads.eligible}，到会 ${heads.eligiblePresent}，赞成 ${yes}，${half}${passed ? '通过' : '未通过'}`
}

/** 决议, each with who sees to it and by when. */
export function ResolutionsPart({ entry, faults }: PartProps) {
  const lines = entry.value.resolutions
  const set = (resolutions: readonly ResolutionLine[]) => entry.change({ resolutions })
  const replace = (key: string, part: Partial<ResolutionLine>) =>
    set(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const people = entry.people.map((person) => ({ id: person.personId, name: person.name }))
  return (
    <section className="meeting-part" aria-label="决议">
      <h2>决议</h2>
      <div className="meeting-lines">
        {lines.map((line, at) => (
          <div key={line.key} className="meeting-box">
            <Input.TextArea
              aria-label={`第 ${at + 1} 项决议`}
              placeholder="决定了什么"
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={500}
              value={line.content}
              onChange={(event) => replace(line.key, { content: event.target.value })}
            />
            <div className="meeting-pair" style={{ marginTop: 0 }}>
              <div className="meeting-labelled meeting-grow">
                <span>负责人</span>
                <PersonSelect
                  label={`第 ${at + 1} 项决议的负责人`}
                  placeholder="可不填"
                  people={people}
                  value={people.filter((person) => person.id === line.ownerId)}
                  onChange={([owner]) => replace(line.key, { ownerId: owner?.id ?? null })}
                />
              </div>
              <div className="meeting-labelled">
                <span>时限</span>
                <DateField
                  aria-label={`第 ${at + 1} 项决议的时限`}
                  value={line.dueOn}
                  earliest={entry.value.heldOn}
                  onChange={(dueOn) => replace(line.key, { dueOn })}
                />
              </div>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`删去第 ${at + 1} 项决议`}
                onClick={() => set(lines.filter((one) => one !== line))}
              />
            </div>
            {faults.get(`resolutions.${at}.content`) && (
              <p className="meeting-fault">{faults.get(`resolutions.${at}.content`)}</p>
            )}
          </div>
        ))}
      </div>
      <Button
        type="link"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => set([...lines, { key: attemptKey(), content: '', ownerId: null, dueOn: null }])}
      >
        加一项决议
      </Button>
    </section>
  )
}
