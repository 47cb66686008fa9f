import { type Route, route } from '../../../kernel/http/route.ts'
import { declareNotDoneAction, exemptAction } from './obligations.actions.ts'
import { declareNotDone, exempt, listObligations } from './obligations.contract.ts'
import './obligations.policy.ts'
import { dutiesOf, matches, obligationsAsked, spanOf } from './obligations.queries.ts'
import { subjectOf } from './subjects.queries.ts'
import { guardSubject } from './subject-guard.queries.ts'

export const obligationsRoutes: readonly Route[] = [
  route(listObligations, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform, actor }) =>
      read(async (db) => {
        if (query.subject === undefined) return obligationsAsked(db, query)
        const subject = await subjectOf(db, query.subject)
        await guardSubject(db, actor, subject)
        const today = platform.clock.today()
        const { from, to } = query.period === undefined ? { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` } : spanOf(query.period)
        const duties = await dutiesOf(db, { subject, asOf: today, from, to })
        const inside = query.period === undefined ? duties : duties.filter((duty) => within(duty.period, from, to))
        return { items: inside.filter((duty) => matches(duty, query)), next: null }
      }),
  }),
  route(declareNotDone, { permission: 'rulebook.obligation.declare_not_done', handle: ({ body, perform }) => perform(declareNotDoneAction, body) }),
  route(exempt, { permission: 'rulebook.exemption.grant', handle: ({ body, perform }) => perform(exemptAction, body) }),
]

/** Longer periods than the asked one are not listed with it. */
function within(name: string, from: string, to: string): boolean {
  const own = spanOf(name)
  return own.from >= from && own.to <= to
}
