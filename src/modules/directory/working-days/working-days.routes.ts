import { type Route, route } from '../../../kernel/http/route.ts'
import { setWorkingDaysAction } from './working-days.actions.ts'
import { setWorkingDays, showWorkingDays } from './working-days.contract.ts'
import './working-days.policy.ts'
import { workingDaysOf } from './working-days.queries.ts'

export const workingDaysRoutes: readonly Route[] = [
  route(showWorkingDays, {
    permission: 'directory.working_days.read',
    handle: ({ query, read }) => read((db) => workingDaysOf(db, query.year)),
  }),
  route(setWorkingDays, {
    permission: 'directory.working_days.set',
    handle: ({ params, body, perform }) => perform(setWorkingDaysAction, { ...body, year: params.year }),
  }),
]
