import { Button } from 'antd'
import { type ReactNode, Suspense, useState } from 'react'
import type { z } from 'zod'
import type { AnyEndpoint, CallInput } from '../../../../kernel/http/call.ts'
import type { ControlKind, ControlProps } from '../../../../ui/field-control.tsx'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { Loading } from '../../../../ui/states.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import styles from '../cases.module.css'

/** One field of a step's form; title and sort come from the contract unless told. */
export interface ActField {
  readonly name: string
  readonly control?: ControlKind
  readonly title?: string
  readonly help?: string
  readonly earliest?: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly render?: (control: ControlProps) => ReactNode
}

/** A step that may be offered: its operation, its fields, and what is said above and after it. */
export interface RecordAct {
  readonly verb: string
  readonly label: string
  readonly endpoint: AnyEndpoint
  readonly fields: readonly ActField[]
  readonly initial?: Readonly<Record<string, unknown>>
  readonly sentence?: string
  readonly done: string
  /** What is typed here may not stay on the device. */
  readonly confidential?: boolean
}

export interface RecordActsProps {
  readonly id: string
  readonly name: string
  readonly acts: readonly RecordAct[]
  readonly abilities: readonly string[]
  readonly notices?: readonly string[]
  readonly title?: string
  /** What is typed here may not stay on the device. */
  readonly confidential?: boolean
}

/** What the account may do with a record now, each step as a form in place; and why something is not theirs. */
export function RecordActs(props: RecordActsProps) {
  const [open, setOpen] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const offered = props.acts.filter((act) => props.abilities.includes(act.verb))
  const notices = props.notices ?? []
  const act = offered.find((one) => one.verb === open)
  if (offered.length === 0 && notices.length === 0 && said === null) return null
  return (
    <div className={styles.noprint}>
      <Panel title={props.title ?? '办理'}>
        <div className={styles.stack}>
          <p className={styles.said} role="status" hidden={!said}>
            {said}
          </p>
          {notices.map((notice) => (
            <p key={notice} className={styles.notice}>
              {notice}
            </p>
          ))}
          {offered.length > 0 && (
            <div className={styles.acts} role="group" aria-label="现在可以办的">
              {offered.map((one) => (
                <Button
                  key={one.verb}
                  aria-expanded={open === one.verb}
                  onClick={() => setOpen(open === one.verb ? null : one.verb)}
                >
                  {one.label}
                </Button>
              ))}
            </div>
          )}
          {act && (
            <Suspense fallback={<Loading />}>
              <ActForm
                key={act.verb}
                act={act}
                name={`${props.name}-${act.verb}`}
                id={props.id}
                confidential={(props.confidential ?? false) || (act.confidential ?? false)}
                onDone={() => {
                  setOpen(null)
                  setSaid(act.done)
                }}
              />
            </Suspense>
          )}
        </div>
      </Panel>
    </div>
  )
}

interface ActFormProps {
  readonly act: RecordAct
  readonly name: string
  readonly id: string
  readonly confidential: boolean
  readonly onDone: () => void
}

function ActForm({ act, name, id, confidential, onDone }: ActFormProps) {
  const sending = useSubmit(act.endpoint)
  const schema = act.endpoint.body as z.ZodObject
  const draft = confidential ? {} : { draftKey: `${name}:${id}` }
  const form = useFields({ name, schema, initial: (act.initial ?? {}) as never, ...draft })
  const send = async (body: unknown) => {
    await sending.send({ params: { id }, body } as CallInput<AnyEndpoint>)
    onDone()
  }
  return (
    <div className={styles.form}>
      {act.sentence && <p className={styles.soft}>{act.sentence}</p>}
      <FieldForm form={form} onSubmit={send} submitLabel={act.label}>
        {act.fields.map((field) => (
          <FormField key={field.name} {...field} />
        ))}
      </FieldForm>
    </div>
  )
}
