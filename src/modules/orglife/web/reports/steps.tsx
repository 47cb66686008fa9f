import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import type { Endpoint } from '../../../../kernel/http/endpoint.ts'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import styles from './steps.module.css'

type Shape = z.ZodObject<{ reason: z.ZodString }>
type OfOne = z.ZodObject<{ id: z.ZodString }>
export type StepEndpoint = Endpoint<OfOne, z.ZodObject, Shape>

/** One act that can be taken now: its word, its operation, and the fields of its form, where not all of the body are asked. */
export interface Step {
  readonly verb: string
  readonly label: string
  readonly endpoint: unknown
  readonly fields?: ReactNode
  readonly initial?: Readonly<Record<string, unknown>>
}

/** Titles for enumerations, as their schemas name them. */
function optionsOf(schema: z.ZodType): { value: string; label: string }[] | null {
  const titles = schema.meta()?.['titles'] as Readonly<Record<string, string>> | undefined
  return titles ? Object.entries(titles).map(([value, label]) => ({ value, label })) : null
}

const isLong = (schema: z.ZodType): boolean => {
  const inner = (schema as { def?: { innerType?: z.ZodType } }).def?.innerType
  if (inner) return isLong(inner)
  const most = (schema as { maxLength?: number | null }).maxLength
  return schema instanceof z.ZodString && typeof most === 'number' && most >= 200
}

/** A field for each part of a body: a large one for a long text, a choice where the schema names its values. */
export function FieldsOf({ body, except = [] }: { body: z.ZodObject; except?: readonly string[] }) {
  return Object.entries(body.shape as Record<string, z.ZodType>)
    .filter(([name]) => !except.includes(name))
    .map(([name, schema]) => {
      const options = optionsOf(schema)
      return (
        <FormField key={name} name={name} {...(options && { options })} {...(isLong(schema) && { control: 'area' as const })} />
      )
    })
}

/** Steps back are offered, never urged. */
const undoing: readonly string[] = ['withdraw', 'end', 'close', 'cancel']

/** What can be done now, each as a form in place; what has just been done is said. */
export function Steps({ id, steps }: { id: string; steps: readonly Step[] }) {
  const [picked, setPicked] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  if (steps.length === 0 && said === null) return null
  const step = steps.find(({ verb }) => verb === picked)
  return (
    <Panel title="办理">
      <div className={styles.stack}>
        <p className={styles.said} role="status" hidden={!said}>
          {said}
        </p>
        <div className={styles.acts} role="group" aria-label="现在可以办的">
          {steps.map(({ verb, label }, at) => (
            <Button
              key={verb}
              type={at === 0 && picked === null && !undoing.includes(verb) ? 'primary' : 'default'}
              aria-expanded={picked === verb}
              onClick={() => {
                setPicked(picked === verb ? null : verb)
                setSaid(null)
              }}
            >
              {label}
            </Button>
          ))}
        </div>
        {step && (
          <div className={styles.form} key={step.verb}>
            <StepForm
              id={id}
              step={step}
              onDone={() => {
                setPicked(null)
                setSaid(`已${step.label}。`)
              }}
            />
          </div>
        )}
      </div>
    </Panel>
  )
}

function StepForm({ id, step, onDone }: { id: string; step: Step; onDone: () => void }) {
  const endpoint = step.endpoint as StepEndpoint
  const act = useSubmit(endpoint)
  const form = useFields({
    name: step.verb,
    schema: endpoint.body,
    initial: step.initial ?? {},
    draftKey: `${endpoint.path}:${id}`,
  })
  return (
    <FieldForm
      form={form}
      submitLabel={`确定${step.label}`}
      onSubmit={async (body) => {
        await act.send({ params: { id }, body })
        onDone()
      }}
    >
      {step.fields ?? <FieldsOf body={endpoint.body} />}
    </FieldForm>
  )
}
