import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { Section } from '../../drafts/drafts.contract.ts'
import { type Content, looseOf } from './draft-content.rules.ts'
import { isCoded, mergeParts, taking } from './draft-part.rules.ts'

export interface PartConflictProps {
  readonly section: Section
  readonly base: unknown
  readonly mine: unknown
  /** The entry as it now stands; null when it was removed. */
  readonly theirs: unknown
  /** What was changed anywhere in the draft, by whom, in words. */
  readonly said: readonly string[]
  readonly onSave: (merged: unknown) => void
}

const byField = (section: Section) => isCoded(section) || section === 'document'

/** Two officers changed the draft at once: what the other did, what of it touches this entry, and what is kept. */
export function PartConflict(props: PartConflictProps) {
  return (
    <section className="draft-conflict" aria-label="别人刚改过这份草稿">
      <p role="alert">
        <b>别人刚改过这份草稿，您的修改还没有存进去，都还在下面。</b>
      </p>
      {props.said.length > 0 && (
        <ul>
          {props.said.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {props.theirs === null ? <Gone {...props} /> : byField(props.section) ? <Merged {...props} /> : <Whole {...props} />}
    </section>
  )
}

function Gone(props: PartConflictProps) {
  return (
    <p>
      这一项已被对方删去。<Button onClick={() => props.onSave(props.mine)}>仍按我的保存（重新加上）</Button>
    </p>
  )
}

function Whole(props: PartConflictProps) {
  return (
    <p>
      <Button onClick={() => props.onSave(props.mine)}>按我的保存（盖过对方的）</Button>{' '}
      <Button onClick={() => props.onSave(props.theirs)}>照对方的</Button>
    </p>
  )
}

function Merged(props: PartConflictProps) {
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set())
  const both = { mine: props.mine as Content, theirs: props.theirs as Content }
  const { merged, clashes, taken } = mergeParts(props.section, looseOf(props.base), both)
  const choose = (field: string, theirs: boolean) => {
    const next = new Set(others)
    if (theirs) next.add(field)
    else next.delete(field)
    setOthers(next)
  }
  const result = () => [...others].reduce<unknown>((so, field) => taking(so, both.theirs, field), merged)
  return (
    <>
      {clashes.length === 0 && taken.length === 0 && <p>对方没有动这一项，可以放心保存。</p>}
      {taken.length > 0 && (
        <p>对方改的、您没有动的，一并保留：{taken.map((one) => `${one.title}（${one.after}）`).join('；')}。</p>
      )}
      {clashes.map((one) => (
        <fieldset key={one.field} className="draft-group">
          <legend>{one.title}：两人都改了</legend>
          <p className="draft-muted">原来：{one.before}</p>
          <Radio.Group
            value={others.has(one.field) ? 'theirs' : 'mine'}
            onChange={(event) => choose(one.field, event.target.value === 'theirs')}
            options={[
              { value: 'mine', label: `我的：${one.mine}` },
              { value: 'theirs', label: `对方的：${one.theirs}` },
            ]}
          />
        </fieldset>
      ))}
      <p>
        <Button type="primary" onClick={() => props.onSave(result())}>
          合在一起保存
        </Button>
      </p>
    </>
  )
}
