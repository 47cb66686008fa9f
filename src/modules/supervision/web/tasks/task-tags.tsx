import { StatusTag, type Tone } from '../../../../ui/status-tag.tsx'
import { type TaskState, taskStates } from '../../tasks/tasks.lifecycle.ts'

const tones: Readonly<Record<TaskState, Tone>> = {
  assigned: 'late',
  extension_asked: 'pending',
  waiting: 'pending',
  reported: 'pending',
  closed: 'done',
  cancelled: 'none',
}

/** Where a task stands, and whether it is overdue. */
export function TaskTags({ of }: { of: { readonly state: TaskState; readonly overdueDays: number } }) {
  return (
    <>
      <StatusTag tone={tones[of.state]}>{taskStates[of.state]}</StatusTag>
      {of.overdueDays > 0 && (
        <>
          {' '}
          <StatusTag tone="short">超期 {of.overdueDays} 天</StatusTag>
        </>
      )}
    </>
  )
}
