import type { ReactNode } from 'react'
import type { z } from 'zod'
import { FieldForm } from '../../../../ui/field-form.tsx'
import { useFields } from '../../../../ui/use-fields.ts'

export interface ActFormProps<Schema extends z.ZodObject> {
  readonly name: string
  /** What the act is done to; what is typed is kept on the device for it. */
  readonly of: string
  readonly schema: Schema
  readonly initial?: Partial<z.input<Schema>>
  readonly submitLabel: string
  readonly send: (values: z.output<Schema>) => Promise<unknown>
  readonly onDone: () => void
  readonly children?: ReactNode
}

/** The form of one act: draft on the device, errors at the field, then done. */
export function ActForm<Schema extends z.ZodObject>(props: ActFormProps<Schema>) {
  const form = useFields({
    name: props.name,
    schema: props.schema,
    initial: props.initial ?? {},
    draftKey: `${props.name}:${props.of}`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel={props.submitLabel}
      onSubmit={async (values) => {
        await props.send(values)
        props.onDone()
      }}
    >
      {props.children}
    </FieldForm>
  )
}
