import { Button } from 'antd'
import { useCall } from '../../../../ui/use-call.ts'
import { titleOfField } from '../../drafts/field-words.rules.ts'
import { tagFieldTitles } from '../../documents/rulebook-tags.contract.ts'
import { organizationKinds } from '../../../directory/organizations/organizations.contract.ts'
import { listRequirements } from '../../requirements/requirements.contract.ts'
import type { DraftBody } from '../../drafts/drafts.contract.ts'
import { optionsOf } from './choices.rules.ts'
import { type Content, looseOf, nextCode, textAt } from './draft-content.rules.ts'
import { PartField, usePart } from './part-field.tsx'

function useEntries(): { entries: readonly Content[]; set: (next: readonly unknown[]) => void; readOnly: boolean } {
  const part = usePart()
  const entries = Array.isArray(part.value) ? part.value.map(looseOf) : []
  return { entries, set: (next) => part.set([], next), readOnly: part.readOnly }
}

/** Soft requirements of other documents that this one makes hard. */
export function TightensForm({ body }: { body: DraftBody }) {
  const { entries, set, readOnly } = useEntries()
  const rules = useCall(listRequirements, { query: {} })
  const soft = (rules.data?.items ?? []).filter(
    (one) => one.strength === 'soft' && one.rulebook !== textAt(body.document, 'code'),
  )
  const options = optionsOf(Object.fromEntries(soft.map((one) => [one.code, `${one.code} ${one.title}`])))
  const clauses = body.clauses.map((one) => ({
    value: textAt(one, 'code'),
    label: `${textAt(one, 'code')} ${textAt(one, 'title')}`,
  }))
  return (
    <>
      <p className="draft-muted">别的文件里“一般”要做的（软要求），本文件写明必须做的，列在这里，从哪一天起变成硬要求。</p>
      {entries.map((entry, at) => (
        <fieldset key={at} className="draft-section">
          <legend>
            第 {at + 1} 项 {textAt(entry, 'requirement')}
          </legend>
          <PartField path={[at, 'requirement']} control="select" options={withOwn(options, textAt(entry, 'requirement'))} />
          <PartField path={[at, 'from']} control="date" />
          <PartField path={[at, 'to']} control="date" optional />
          <PartField path={[at, 'clauses']} control="several" options={clauses} help="本文件的哪一条这样规定" />
          <PartField path={[at, 'article']} placeholder="第三条" />
          <PartField path={[at, 'note']} control="area" optional />
          {!readOnly && <Remove what={`第 ${at + 1} 项从严`} onRemove={() => set(entries.toSpliced(at, 1))} />}
        </fieldset>
      ))}
      {!readOnly && <Button onClick={() => set([...entries, { strength: 'hard' }])}>加一项从严</Button>}
    </>
  )
}

const withOwn = (options: ReturnType<typeof optionsOf>, own: string) =>
  own === '' || options.some((one) => one.value === own) ? options : [...options, { value: own, label: own }]

function Remove(props: { what: string; onRemove: () => void }) {
  return (
    <div>
      <Button onClick={props.onRemove} aria-label={`删去${props.what}`}>
        删去
      </Button>
    </div>
  )
}

/** Practices that have no module of their own: how they are recorded as 工作纪实. */
export function TagsForm() {
  const { entries, set, readOnly } = useEntries()
  const codes = entries.map((entry) => textAt(entry, 'code'))
  return (
    <>
      <p className="draft-muted">
        文件要求做、系统又没有专门登记处的事，在这里定一个标签，支部就能以工作纪实记下来，要求里用标签来数。
      </p>
      {entries.map((entry, at) => (
        <fieldset key={at} className="draft-section">
          <legend>
            第 {at + 1} 个标签 {textAt(entry, 'title')}
          </legend>
          <PartField path={[at, 'title']} />
          <PartField path={[at, 'code']} help="小写字母开头；不改也可以" />
          <PartField path={[at, 'hint']} control="area" help="记的人看到的话：记什么、不必记什么" />
          <PartField path={[at, 'fields']} control="several" options={optionsOf(tagFieldTitles)} optional />
          <PartField path={[at, 'unit']} optional placeholder="个" />
          <PartField path={[at, 'for']} control="several" options={optionsOf(organizationKinds)} optional />
          <Choices at={at} name="categories" entry={entry} />
          <Choices at={at} name="quality" entry={entry} />
          {!readOnly && <Remove what={`标签 ${textAt(entry, 'title')}`} onRemove={() => set(entries.toSpliced(at, 1))} />}
        </fieldset>
      ))}
      {!readOnly && <Button onClick={() => set([...entries, { code: nextCode(codes, 'tag_') }])}>加一个标签</Button>}
    </>
  )
}

/** Named choices of a tag, one a line; their codes stay with their names. */
function Choices(props: { at: number; name: 'categories' | 'quality'; entry: Content }) {
  const part = usePart()
  const { at, name, entry } = props
  const held = (Array.isArray(entry[name]) ? entry[name] : []).map(looseOf)
  const take = (names: readonly string[]) => {
    const kept = held.filter((one) => names.includes(textAt(one, 'title')))
    const codes = kept.map((one) => textAt(one, 'code'))
    const next = names.map((title) => {
      const known = kept.find((one) => textAt(one, 'title') === title)
      if (known) return known
      const code = nextCode(codes, 'c_')
      codes.push(code)
      return { code, title }
    })
    part.set([at, name], next)
  }
  return (
    <PartField
      path={[at, name]}
      title={titleOfField('tags', [name]).split('·').at(-1) ?? ''}
      optional
      help="一行一个"
      render={(control) => (
        <textarea
          id={control.id}
          className="draft-select"
          rows={3}
          disabled={part.readOnly}
          defaultValue={held.map((one) => textAt(one, 'title')).join('\n')}
          onBlur={(event) =>
            take([
              ...new Set(
                event.target.value
                  .split('\n')
                  .map((line) => line.trim())
                  .filter(Boolean),
              ),
            ])
          }
        />
      )}
    />
  )
}
