import { Readable } from 'node:stream'
import { perform } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { guardSubject } from '../obligations/subject-guard.queries.ts'
import { personSubject, subjectOf } from '../obligations/subjects.queries.ts'
import { asksWithin } from './asking.rules.ts'
import { dropSubscription, feed, makeSubscription, showCalendar, showOwnCalendar, showSubscription } from './calendar.contract.ts'
import './calendar.policy.ts'
import { calendarOf, ownCalendar, spanAsked } from './calendar.queries.ts'
import { feedBehind } from './feed.queries.ts'
import { dropSubscriptionAction, makeSubscriptionAction } from './subscription.actions.ts'
import { hashOf, newToken, subscribedOn } from './subscription.store.ts'

/** A calendar program asks a few times a day; an office behind one address has many of them. */
const mayAsk = asksWithin(120)

export const calendarRoutes: readonly Route[] = [
  route(showCalendar, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, actor, platform }) =>
      read(async (db) => {
        const today = platform.clock.today()
        const span = spanAsked(query, today)
        const subject = await subjectOf(db, query.organization)
        await guardSubject(db, actor, subject)
        const { no, id, name, organizationKind } = subject
        if (organizationKind === undefined) throw new Problem('rulebook.subject_not_found')
        return { items: await calendarOf(db, { no, id, name, kind: organizationKind }, { ...span, asOf: today }), ...span }
      }),
  }),
  route(showOwnCalendar, {
    permission: 'rulebook.calendar.read_own',
    handle: ({ query, read, actor, platform }) =>
      read(async (db) => {
        const today = platform.clock.today()
        const span = spanAsked(query, today)
        const person = actor.personNo === null ? null : await personSubject(db, actor.personNo)
        return { items: person ? await ownCalendar(db, person, { ...span, asOf: today }) : [], ...span }
      }),
  }),
  route(showSubscription, {
    permission: 'rulebook.calendar.subscribe',
    handle: async ({ read, actor }) => ({ createdOn: await read((db) => subscribedOn(db, actor.accountNo)) }),
  }),
  route(makeSubscription, {
    permission: 'rulebook.calendar.subscribe',
    // The answer holds the secret, so it is not kept under the request's key: a repeated request makes a new address.
    handle: async ({ platform, actor, requestId }) => {
      const token = newToken()
      const input = { tokenHash: hashOf(token) }
      await perform(platform, makeSubscriptionAction, { actor, requestId, idempotencyKey: null, input })
      return { path: `/api/v1/calendar/${token}.ics` }
    },
  }),
  route(dropSubscription, {
    permission: 'rulebook.calendar.unsubscribe',
    handle: async (call) => {
      await call.perform(dropSubscriptionAction, call.body)
      return { createdOn: null }
    },
  }),
  downloadRoute(feed, {
    permission: 'public',
    handle: async ({ params, platform, address }) => {
      if (!mayAsk(address, platform.clock.now().getTime())) throw new Problem('kernel.too_many_requests', { retryAfter: 60 })
      const text = await feedBehind(platform, params.file)
      if (text === null) throw new Problem('rulebook.calendar_not_found')
      return { name: '应办日历.ics', mediaType: 'text/calendar; charset=utf-8', stream: Readable.from([text]) }
    },
  }),
]
