import { Progress } from '../../../../ui/progress.tsx'
import { useJob } from './job.client.ts'

/** How far a recomputation is; says when it is through, and when it is not. */
export function JobProgress(props: { job: string | null; label: string; done: string }) {
  const read = useJob(props.job)
  if (props.job === null || read.data?.state === 'done') return <p role="status">{props.done}</p>
  if (read.data?.state === 'failed') return <p role="alert">重算没有完成，系统会再试。若一直没有完成，请告诉系统管理员。</p>
  return (
    <Progress
      label={props.label}
      done={read.data?.done ?? 0}
      total={read.data?.total ?? null}
      note="可以离开本页，也可以照常记录，算完后数自己会变。"
    />
  )
}
