import type { z } from 'zod'
import { FieldForm, FormField } from '../../../ui/field-form.tsx'
import { Panel } from '../../../ui/page.tsx'
import { actsFor, useSession } from '../../../ui/session.tsx'
import type { Fields } from '../../../ui/use-fields.ts'
import { type Row, type RowColumn, RowsEditor } from './rows-editor.tsx'
import './training.css'

export const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** For which organizations one may enter something, and the one offered first. */
export function useOrganizations(asked?: string) {
  const session = useSession()
  const first = actsFor(session)
  const all = new Map([...(first ? [first] : []), ...session.organizations].map(({ id, name }) => [id, name]))
  return { first: asked ?? first?.id, options: [...all].map(([value, label]) => ({ value, label })) }
}

interface Props<Schema extends z.ZodObject> {
  readonly form: Fields<Schema>
  /** Plain fields above the rows, by key; choices by key where they are not told by the schema. */
  readonly fields: readonly string[]
  readonly options?: Readonly<Record<string, readonly { value: string; label: string }[]>>
  readonly areas?: readonly string[]
  readonly rows: {
    readonly name: string
    readonly noun: string
    readonly columns: readonly RowColumn[]
    readonly begin?: (last: Row | undefined) => Row
  }
  /** Below the rows. */
  readonly last?: readonly string[]
  readonly submitLabel: string
  readonly onSubmit: (values: z.output<Schema>) => Promise<unknown>
}

/** A form of some fields and one list of rows that are alike. */
export function WholeForm<Schema extends z.ZodObject>(props: Props<Schema>) {
  const form = props.form as unknown as Fields
  const { rows } = props
  const field = (name: string) => (
    <FormField
      key={name}
      name={name}
      {...(props.options?.[name] && { options: props.options[name], control: 'select' as const })}
      {...(props.areas?.includes(name) && { control: 'area' as const })}
    />
  )
  return (
    <Panel>
      <FieldForm form={props.form} submitLabel={props.submitLabel} onSubmit={props.onSubmit}>
        {props.fields.map(field)}
        <FormField
          name={rows.name}
          render={() => (
            <RowsEditor
              noun={rows.noun}
              name={rows.name}
              columns={rows.columns}
              rows={(form.values[rows.name] ?? []) as readonly Row[]}
              onChange={(value) => form.set(rows.name, value)}
              errors={form.errors}
              {...(rows.begin && { begin: rows.begin })}
            />
          )}
        />
        {(props.last ?? []).map(field)}
      </FieldForm>
    </Panel>
  )
}
