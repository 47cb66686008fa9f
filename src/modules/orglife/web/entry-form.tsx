import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { ChoiceChips } from '../../../ui/choice-chips.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import type { Fields } from '../../../ui/use-fields.ts'
import type { EntryForm as FormStart } from '../entries/entry-endpoints.contract.ts'
import { type EntryKind, type EntryRole, namesOf, titleOfField } from '../entries/entry-kind.contract.ts'
import { askedAs, type Named } from './entry-entry.rules.ts'
import { kindParts } from './kind-parts.tsx'
import { FilesPart } from './meeting-files.tsx'
import { PersonSelect } from './person-select.tsx'
import './meeting-form.css'

interface Props<Schema extends z.ZodObject> {
  readonly kind: EntryKind
  readonly form: FormStart
  readonly fields: Fields<Schema>
  readonly submitLabel: string
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
  /** Within a period that is over, so that the day is asked among its days. */
  readonly latest?: string | undefined
  readonly more?: ReactNode
}

/** The form of any kind in one column: its own fields, who, when and where; the rest opens on a tap. */
export function EntryForm<Schema extends z.ZodObject>(props: Props<Schema>) {
  const { kind, form } = props
  const fields = props.fields as unknown as Fields
  const { today } = useSession()
  const Within = kindParts[kind.code]?.within
  return (
    <Panel>
      <p className="meeting-soft" style={{ marginTop: 0 }}>
        {kind.hint}
      </p>
      <FieldForm form={props.fields} submitLabel={props.submitLabel} onSubmit={props.onSubmit} more={props.more}>
        {Object.entries(kind.content.shape as Record<string, z.ZodType>).map(([name, schema]) => (
          <Content key={name} kind={kind} name={name} schema={schema} fields={fields} />
        ))}
        {kind.roles.map((role) => (
          <People key={role.field} role={role} form={form} fields={fields} />
        ))}
        {kind.place === 'asked' && <FormField name="place" />}
        <FormField name="heldOn" latest={props.latest ?? today} />
        {Within && <Within form={form} values={fields.values} />}
        <Why fields={fields} />
        <Rest kind={kind} fields={fields} />
      </FieldForm>
    </Panel>
  )
}

function Content(props: { kind: EntryKind; name: string; schema: z.ZodType; fields: Fields }) {
  const { name, schema, fields } = props
  const asked = askedAs(schema)
  if (asked === 'plain') return <FormField name={name} />
  if (asked === 'area') return <FormField name={name} control="area" />
  const options = Object.entries(namesOf(schema) ?? {}).map(([value, label]) => ({ value, label }))
  const several = asked === 'several'
  return (
    <FormField
      name={name}
      render={() => (
        <ChoiceChips
          label={titleOfField(props.kind, name)}
          options={options}
          multiple={several}
          value={[fields.values[name] ?? []].flat() as string[]}
          onChange={(chosen) => fields.set(name, several ? chosen : chosen[0])}
        />
      )}
    />
  )
}

function People({ role, form, fields }: { role: EntryRole; form: FormStart; fields: Fields }) {
  const all: Named[] = form.people.map(({ personId, name }) => ({ id: personId, name }))
  const value = (fields.values[role.field] ?? []) as Named[]
  const everybody = role.most >= all.length && value.length < all.length && role.most > 5
  return (
    <FormField
      name={role.field}
      title={role.title}
      help={role.help}
      render={() => (
        <div className="meeting-pair">
          <PersonSelect
            label={role.title}
            placeholder="选人，或输入名字找别处的人"
            people={all}
            value={value}
            multiple={role.most > 1}
            onChange={(people) => fields.set(role.field, people)}
          />
          {everybody && <Button onClick={() => fields.set(role.field, all)}>全体 {all.length} 人</Button>}
        </div>
      )}
    />
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

/** What is rarely needed. */
function Rest({ kind, fields }: { kind: EntryKind; fields: Fields }) {
  const { organizations } = useSession()
  const hidden = ['title', 'place', 'organizationIds', 'fileIds'].some((field) => fields.errors.has(field))
  const [open, setOpen] = useState(false)
  if (!open && !hidden) {
    return (
      <button type="button" className="meeting-chip" onClick={() => setOpen(true)}>
        <PlusOutlined aria-hidden /> {kind.place === 'offered' ? '标题、地点、附件' : '标题、附件'}
      </button>
    )
  }
  const options = organizations.map(({ id, name }) => ({ value: id, label: name }))
  const organizationIds = (fields.values['organizationIds'] ?? []) as string[]
  return (
    <>
      <FormField name="title" />
      {kind.place === 'offered' && <FormField name="place" />}
      {options.length > 1 && (
        <FormField
          name="organizationIds"
          render={(control) => (
            <Select mode="multiple" id={control.id} options={options} value={organizationIds} onChange={control.onChange} />
          )}
        />
      )}
      <FilesPart
        entry={{
          value: { files: (fields.values['fileIds'] ?? []) as Named[], organizationIds },
          change: ({ files }) => fields.set('fileIds', files),
        }}
        fault={fields.errors.get('fileIds')}
      />
    </>
  )
}
