import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import type { Fields } from '../../../ui/use-fields.ts'
import type { TagShown, workRecordForm } from '../work-records/work-records.contract.ts'
import { FilesPart } from './meeting-files.tsx'
import { type Linked, LinkedPicker } from './linked-picker.tsx'
import type { Named } from './meeting-entry.rules.ts'
import { PersonSelect } from './person-select.tsx'
import { askedBy, titleFor, withTags } from './work-record-entry.rules.ts'
import './meeting-form.css'

export type WorkForm = z.output<(typeof workRecordForm)['reply']>

interface Props<Schema extends z.ZodObject> {
  readonly form: WorkForm
  readonly fields: Fields<Schema>
  readonly submitLabel: string
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
  /** Within a period that is over, so that the day is asked among its days. */
  readonly latest?: string | undefined
  readonly more?: ReactNode
}

type Tagged = readonly { readonly tag: string; readonly category?: string }[]

/** 工作纪实 in one column: the tag first, what it asks for, a sentence; the rest opens on a tap. */
export function WorkRecordForm<Schema extends z.ZodObject>(props: Props<Schema>) {
  const { form, fields } = props
  const { today } = useSession()
  const tagged = (fields.values['tags'] ?? []) as Tagged
  const chosen = form.tags.filter((tag) => tagged.some((each) => each.tag === tag.code))
  const asked = askedBy(chosen)
  return (
    <Panel>
      <FieldForm form={fields} submitLabel={props.submitLabel} onSubmit={props.onSubmit} more={props.more}>
        <FormField
          name="tags"
          title="标签"
          render={() => <Tags form={form} fields={fields as Fields} chosen={chosen} tagged={tagged} />}
        />
        <FormField name="content" control="area" placeholder={chosen[0]?.hint ?? ''} />
        <FormField name="heldOn" latest={props.latest ?? today} />
        <Asked form={form} fields={fields as Fields} asked={asked} />
        <Why fields={fields as Fields} />
        <Rest {...props} asked={asked} />
      </FieldForm>
    </Panel>
  )
}

interface AskedProps {
  readonly form: WorkForm
  readonly fields: Fields
  readonly asked: ReturnType<typeof askedBy>
}

/** What the chosen tags ask for besides. */
function Asked({ form, fields, asked }: AskedProps) {
  return (
    <>
      {asked.hours && <FormField name="hours" />}
      {asked.quantity && <FormField name="quantity" title={asked.unit ? `数量（${asked.unit}）` : '数量'} />}
      {asked.persons && <People form={form} fields={fields} />}
      {asked.place && <FormField name="place" />}
    </>
  )
}

/** Reasons, where they are asked for: of a late record, of a correction. */
function Why({ fields }: { fields: Fields }) {
  const late = fields.errors.has('lateReason') || Boolean(fields.values['lateReason'])
  return (
    <>
      {late && <FormField name="lateReason" help="已过记录期限，可以照常补记。做的日期和记录日期会并列显示。" />}
      {'reason' in fields.schema.shape && <FormField name="reason" help="原记录留存，首次记录日期不变。" />}
    </>
  )
}

function Tags(props: { form: WorkForm; fields: Fields; chosen: readonly TagShown[]; tagged: Tagged }) {
  const { form, fields, chosen, tagged } = props
  const usual = form.tags.filter((tag) => tag.usual || chosen.includes(tag))
  const [all, setAll] = useState(usual.length === 0)
  const shown = all ? form.tags : usual
  const change = (next: Tagged) => fields.change({ tags: next, ...retitled(props, next) })
  if (form.tags.length === 0)
    return <p className="meeting-soft">现行制度文件没有定义标签。请工委在制度文件里定义标签，再来记工作纪实。</p>
  return (
    <>
      <ChoiceChips
        label="标签，可选几个"
        multiple
        options={shown.map((tag) => ({ value: tag.code, label: tag.title }))}
        value={tagged.map(({ tag }) => tag)}
        onChange={(codes) => change(withTags(tagged, codes) as Tagged)}
      />
      {!all && shown.length < form.tags.length && (
        <Button type="link" style={{ padding: 0 }} onClick={() => setAll(true)}>
          其他标签
        </Button>
      )}
      {chosen.map((tag) => (
        <Category key={tag.code} tag={tag} tagged={tagged} fields={fields} onChange={change} />
      ))}
    </>
  )
}

/** The title follows the tags while nobody wrote another. */
function retitled(props: { form: WorkForm; fields: Fields; chosen: readonly TagShown[] }, next: Tagged) {
  const current = props.fields.values['title'] ?? ''
  if (current !== '' && current !== titleFor(props.chosen)) return {}
  return { title: titleFor(props.form.tags.filter((tag) => next.some((each) => each.tag === tag.code))) }
}

function Category(props: { tag: TagShown; tagged: Tagged; fields: Fields; onChange: (next: Tagged) => void }) {
  const { tag, tagged } = props
  const at = tagged.findIndex((each) => each.tag === tag.code)
  const fault = props.fields.errors.get(`tags.${at}.category`)
  if (tag.categories.length === 0) return <p className="meeting-soft">{tag.hint}</p>
  const pick = (category: string | undefined) =>
    props.onChange(tagged.map((each) => (each.tag === tag.code && category ? { ...each, category } : each)))
  return (
    <>
      <p className="meeting-soft">{tag.hint}</p>
      <ChoiceChips
        label={`${tag.title}的类别`}
        options={tag.categories.map(({ code, title }) => ({ value: code, label: title }))}
        value={tagged.flatMap((each) => (each.tag === tag.code && each.category ? [each.category] : []))}
        onChange={([category]) => pick(category)}
      />
      {fault && <p className="meeting-fault">{fault}</p>}
    </>
  )
}

function People({ form, fields }: { form: WorkForm; fields: Fields }) {
  const all: Named[] = form.people.map(({ personId, name }) => ({ id: personId, name }))
  const value = (fields.values['people'] ?? []) as Named[]
  return (
    <FormField
      name="people"
      title="参加人员"
      render={() => (
        <div className="meeting-pair">
          <PersonSelect
            label="参加人员"
            placeholder="选人，或输入名字找别处的人"
            people={all}
            value={value}
            multiple
            onChange={(people) => fields.set('people', people)}
          />
          {value.length < all.length && <Button onClick={() => fields.set('people', all)}>全体 {all.length} 人</Button>}
        </div>
      )}
    />
  )
}

/** What is rarely needed. */
function Rest<Schema extends z.ZodObject>(props: Props<Schema> & { asked: ReturnType<typeof askedBy> }) {
  const { organizations, today } = useSession()
  const fields = props.fields as Fields
  const hidden = ['title', 'startedOn', 'result', 'organizationIds', 'files', 'links'].some((field) => fields.errors.has(field))
  const [open, setOpen] = useState(false)
  if (!open && !hidden) {
    return (
      <button type="button" className="meeting-chip" onClick={() => setOpen(true)}>
        <PlusOutlined aria-hidden /> 标题、人员、地点、结果、相关记录、附件
      </button>
    )
  }
  const options = organizations.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <FormField name="title" />
      <FormField name="startedOn" latest={today} />
      {!props.asked.persons && <People form={props.form} fields={fields} />}
      {!props.asked.place && <FormField name="place" />}
      <FormField name="result" control="area" />
      <FormField
        name="links"
        render={(control) => (
          <LinkedPicker id={control.id} value={(fields.values['links'] ?? []) as Linked[]} onChange={control.onChange} />
        )}
      />
      {options.length > 1 && (
        <FormField
          name="organizationIds"
          render={(control) => (
            <Select
              mode="multiple"
              id={control.id}
              options={options}
              value={(fields.values['organizationIds'] ?? []) as string[]}
              onChange={control.onChange}
            />
          )}
        />
      )}
      <FilesPart
        entry={{
          value: {
            files: (fields.values['files'] ?? []) as Named[],
            organizationIds: (fields.values['organizationIds'] ?? []) as string[],
          },
          change: ({ files }) => fields.set('files', files),
        }}
        fault={fields.errors.get('fileIds')}
      />
    </>
  )
}
