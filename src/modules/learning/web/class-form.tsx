import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { DateField } from '../../../ui/date-field.tsx'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import type { Fields } from '../../../ui/use-fields.ts'
import type { Category } from '../categories/categories.contract.ts'
import { targetGroups } from '../classes/classes.contract.ts'
import { theoryShare } from '../classes/theory-share.rules.ts'
import { TheoryMeter } from './theory-meter.tsx'
import './training.css'

/** A session as typed; what is not filled in yet is missing. */
export interface TypedSession {
  readonly title?: string
  readonly heldOn?: string
  readonly hours?: number
  readonly category?: string
  readonly teacher?: string | undefined
  readonly place?: string | undefined
}

interface Props<Schema extends z.ZodObject> {
  readonly fields: Fields<Schema>
  readonly categories: readonly Category[]
  readonly organizations: readonly { readonly id: string; readonly name: string }[]
  readonly submitLabel: string
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
  readonly children?: ReactNode
}

const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
export const sessionsOf = (fields: Fields) => (fields.values['sessions'] ?? []) as readonly TypedSession[]

/** A class in one column: whom, when, what; the share of political theory moves with each hour. */
export function ClassForm<Schema extends z.ZodObject>(props: Props<Schema>) {
  const fields = props.fields as unknown as Fields
  const theory = new Set(props.categories.filter(({ politicalTheory }) => politicalTheory).map(({ code }) => code))
  const share = theoryShare(sessionsOf(fields).map(({ hours = 0, category = '' }) => ({ hours, theory: theory.has(category) })))
  const short = share.hours > 0 && !share.met
  return (
    <Panel>
      <FieldForm form={props.fields} submitLabel={props.submitLabel} onSubmit={props.onSubmit}>
        <FormField name="title" />
        {props.organizations.length > 1 && (
          <FormField
            name="organizationId"
            title="办班组织"
            control="select"
            options={props.organizations.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <FormField name="targetGroup" options={options(targetGroups)} />
        <FormField name="sessions" render={() => <Sessions fields={fields} categories={props.categories} />} />
        <TheoryMeter share={share} />
        {(short || Boolean(fields.values['exceptionReason'])) && <FormField name="exceptionReason" control="area" />}
        <FormField name="seats" />
        <FormField name="registersUntil" />
        <FormField name="offDuty" placeholder="脱产（请假按总学时比例提示）" />
        {props.children}
      </FieldForm>
    </Panel>
  )
}

function Sessions({ fields, categories }: { fields: Fields; categories: readonly Category[] }) {
  const sessions = sessionsOf(fields)
  const change = (index: number, part: TypedSession) =>
    fields.set(
      'sessions',
      sessions.map((each, at) => (at === index ? { ...each, ...part } : each)),
    )
  const last = sessions.at(-1)
  const add = () =>
    fields.set('sessions', [
      ...sessions,
      { heldOn: last?.heldOn, hours: last?.hours, category: last?.category, place: last?.place },
    ])
  const drop = (index: number) =>
    fields.set(
      'sessions',
      sessions.filter((_, at) => at !== index),
    )
  return (
    <div>
      {sessions.map((session, index) => (
        <OneSession
          key={index}
          index={index}
          session={session}
          errors={fields.errors}
          categories={categories}
          onChange={(part) => change(index, part)}
          onDrop={sessions.length > 1 ? () => drop(index) : null}
        />
      ))}
      <Button onClick={add}>加一课</Button>
    </div>
  )
}

interface OneProps {
  readonly index: number
  readonly session: TypedSession
  readonly errors: ReadonlyMap<string, string>
  readonly categories: readonly Category[]
  readonly onChange: (part: TypedSession) => void
  readonly onDrop: (() => void) | null
}

function OneSession({ index, session, errors, categories, onChange, onDrop }: OneProps) {
  const at = `第 ${index + 1} 课`
  const faults = ['title', 'heldOn', 'hours', 'category'].flatMap((field) => errors.get(`sessions.${index}.${field}`) ?? [])
  return (
    <>
      <div className="training-session">
        <Input
          aria-label={`${at}名称`}
          placeholder={`${at}名称`}
          maxLength={100}
          value={session.title ?? ''}
          onChange={(event) => onChange({ title: event.target.value })}
        />
        <DateField
          aria-label={`${at}日期`}
          value={session.heldOn ?? null}
          onChange={(heldOn) => onChange({ heldOn: heldOn ?? '' })}
        />
        <InputNumber
          aria-label={`${at}学时`}
          placeholder="学时"
          min={0.5}
          max={24}
          step={0.5}
          style={{ width: '100%' }}
          value={session.hours ?? null}
          onChange={(hours) => onChange({ hours: hours ?? 0 })}
        />
        <Select
          aria-label={`${at}类别`}
          placeholder="类别"
          style={{ width: '100%' }}
          value={session.category ?? null}
          options={categories.map(({ code, title, politicalTheory }) => ({
            value: code,
            label: politicalTheory ? `${title}（计入七成）` : title,
          }))}
          onChange={(category: string) => onChange({ category })}
        />
        <Input
          aria-label={`${at}授课人`}
          placeholder="授课人"
          maxLength={60}
          value={session.teacher ?? ''}
          onChange={(event) => onChange({ teacher: event.target.value || undefined })}
        />
        <Input
          aria-label={`${at}地点`}
          placeholder="地点"
          maxLength={100}
          value={session.place ?? ''}
          onChange={(event) => onChange({ place: event.target.value || undefined })}
        />
        {onDrop && (
          <Button aria-label={`去掉${at}`} onClick={onDrop}>
            去掉
          </Button>
        )}
      </div>
      {faults.length > 0 && <p className="training-fault">{faults.join('')}</p>}
    </>
  )
}
