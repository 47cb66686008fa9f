import { useQuery } from '@tanstack/react-query'
import { call } from '../../../../kernel/http/call.ts'
import { showJob } from '../../../../kernel/jobs/jobs.contract.ts'

const over = (state: string | undefined) => state === 'done' || state === 'failed'

/** How a job stands, asked again each second until it is over. */
export function useJob(id: string | null | undefined) {
  return useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => call(showJob, { params: { id: id ?? '' } }, { signal }),
    enabled: Boolean(id),
    refetchInterval: (query) => (over(query.state.data?.state) ? false : 1000),
  })
}
