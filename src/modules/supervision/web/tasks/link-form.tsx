import { Button } from 'antd'
import { useRef } from 'react'
import { FormField } from '../../../../ui/field-form.tsx'
import { FieldForm } from '../../../../ui/field-form.tsx'
import { useCall, useSubmit } from '../../../../ui/use-call.ts'
import { useFields } from '../../../../ui/use-fields.ts'
import { useUpload } from '../../../../ui/use-upload.ts'
import { listMeetings } from '../../../orglife/meetings/meetings.contract.ts'
import { listWorkRecords } from '../../../orglife/work-records/work-records.contract.ts'
import { linkKinds, linkRecord, type TaskPage } from '../../tasks/tasks.contract.ts'

const options = Object.entries(linkKinds).map(([value, label]) => ({ value, label }))

/** Links what shows how far the task has come: a record that stands already, a file, or words on where a paper can be seen. */
export function LinkForm({ found, onDone }: { found: TaskPage; onDone: () => void }) {
  const act = useSubmit(linkRecord)
  const form = useFields({
    name: 'task-link',
    schema: linkRecord.body,
    initial: { kind: 'work_record' },
    draftKey: `task-link:${found.id}`,
  })
  const kind = form.values['kind'] as keyof typeof linkKinds
  const records = useRecords(kind, found.organization.id)
  return (
    <FieldForm
      form={form}
      submitLabel="关联"
      onSubmit={async (body) => {
        await act.send({ params: { id: found.id }, body })
        onDone()
      }}
    >
      <FormField name="kind" control="radio" options={options} />
      {kind === 'file' && (
        <FormField
          name="reference"
          title="文件"
          render={() => <OneFile organization={found.organization.id} onChange={(id) => form.change({ reference: id })} />}
        />
      )}
      {(kind === 'meeting' || kind === 'work_record') && (
        <FormField
          name="reference"
          title={linkKinds[kind]}
          control="select"
          options={records}
          help={
            records.length === 0
              ? '本组织还没有这类记录。先去记一条，再回来关联；不用另写一遍。'
              : '从本组织记过的里面选，不用另写一遍。'
          }
        />
      )}
      {kind === 'paper' && <FormField name="said" control="area" />}
    </FieldForm>
  )
}

function useRecords(kind: string, under: string): { value: string; label: string }[] {
  const asked = { query: { under, state: 'recorded' as const, limit: 100 } }
  const meetings = useCall(listMeetings, kind === 'meeting' ? asked : null)
  const works = useCall(listWorkRecords, kind === 'work_record' ? asked : null)
  const items = (kind === 'meeting' ? meetings.data?.items : works.data?.items) ?? []
  return items.map((item) => ({ value: item.id, label: `${item.heldOn} ${item.title}` }))
}

function OneFile(props: { organization: string; onChange: (id: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const { sending, failure, send } = useUpload({ purpose: 'task', organization: props.organization })
  const add = async (files: readonly File[]) => {
    const [added] = await send(files.slice(0, 1))
    if (added) props.onChange(added.id)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          void add(chosen)
        }}
      />
      <Button loading={sending !== null} onClick={() => input.current?.click()}>
        选文件
      </Button>
      {failure && <p role="alert">{failure}</p>}
    </>
  )
}
