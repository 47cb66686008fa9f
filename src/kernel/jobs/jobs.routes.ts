import '../errors/kernel.problems.ts'
import { Problem } from '../errors/problem.ts'
import { type Route, route } from '../http/route.ts'
import { showJob } from './jobs.contract.ts'
import { jobById } from './progress.store.ts'

/** Progress of long jobs, each for the account that asked for it. */
export const jobsRoutes: Route[] = [
  route(showJob, {
    permission: 'signed_in',
    handle: async ({ params, read }) => {
      const job = await read((source) => jobById(source, params.id))
      if (!job) throw new Problem('kernel.not_found')
      return job
    },
  }),
]
