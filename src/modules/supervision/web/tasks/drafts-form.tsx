import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { useFields } from '../../../../ui/use-fields.ts'
import { taskDraft, taskDrafts, type TaskDraft } from '../../tasks/task-draft.contract.ts'
import { type DraftRow, emptyDraft, TaskDrafts } from './task-drafts.tsx'

const schema = z.strictObject({ title: taskDraft.shape.title, tasks: taskDrafts })

export interface DraftsFormProps {
  /** Unique on the page; also the key of what is kept on the device. */
  readonly name: string
  readonly title?: string
  readonly first?: Partial<DraftRow>
  readonly under?: string | undefined
  readonly latest?: string | undefined
  readonly submitLabel: string
  readonly send: (body: { title?: string; tasks: TaskDraft[] }) => Promise<unknown>
  readonly onDone: () => void
  readonly more?: ReactNode
  readonly noTitle?: boolean
}

/** Breaks something down into several tasks at once. */
export function DraftsForm(props: DraftsFormProps) {
  const { today } = useSession()
  const [first] = useState(() => emptyDraft(props.first))
  const form = useFields({
    name: 'task-drafts',
    schema,
    initial: { ...(props.title && { title: props.title.slice(0, 200) }), tasks: [first] as never },
    draftKey: `task-drafts:${props.name}`,
  })
  const rows = (form.values['tasks'] ?? [first]) as DraftRow[]
  return (
    <FieldForm
      form={form}
      submitLabel={props.submitLabel}
      more={props.more}
      onSubmit={async ({ title, tasks }) => {
        await props.send({ ...(title && { title }), tasks })
        props.onDone()
      }}
    >
      {!props.noTitle && <FormField name="title" help="不改就用要点原文。" />}
      <TaskDrafts
        name={`draft-${props.name}`}
        rows={rows}
        errors={form.errors}
        today={today}
        under={props.under}
        latest={props.latest}
        onChange={(tasks) => form.change({ tasks })}
      />
    </FieldForm>
  )
}
