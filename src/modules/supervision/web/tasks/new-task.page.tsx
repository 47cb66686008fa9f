import { useNavigate } from '@tanstack/react-router'
import { FieldForm, FormField } from '../../../../ui/field-form.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { giveTask } from '../../tasks/tasks.contract.ts'
import { type DraftRow, emptyDraft, TaskDrafts } from './task-drafts.tsx'

/** A task that comes of no decision and no plan; the same to several organizations at once. */
export function NewTaskPage() {
  const { today } = useSession()
  const navigate = useNavigate()
  const giving = useSubmit(giveTask)
  const form = useFields({
    name: 'task-new',
    schema: giveTask.body,
    initial: { tasks: [emptyDraft()] as never },
    draftKey: 'task:new',
  })
  const rows = (form.values['tasks'] ?? []) as DraftRow[]
  return (
    <Page title="直接交办" crumbs={[{ label: '任务', to: '/tasks' }]} narrow>
      <Panel>
        <FieldForm
          form={form}
          submitLabel="交办"
          onSubmit={async (body) => {
            await giving.send({ body })
            void navigate({ href: '/tasks?sort=-givenOn', replace: true })
          }}
        >
          <FormField name="title" help="一句话写明要办什么事。" />
          <TaskDrafts name="new" rows={rows} errors={form.errors} today={today} onChange={(tasks) => form.change({ tasks })} />
        </FieldForm>
      </Panel>
    </Page>
  )
}
