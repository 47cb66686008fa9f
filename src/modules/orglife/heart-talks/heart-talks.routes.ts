import { type Route, route } from '../../../kernel/http/route.ts'
import '../entries/entries.policy.ts'
import { showHeartTalkCoverage } from './heart-talks.contract.ts'
import { heartTalkCoverageOf } from './heart-talks.queries.ts'

export const heartTalksRoutes: readonly Route[] = [
  route(showHeartTalkCoverage, {
    permission: 'orglife.heart_talk.record',
    handle: ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const year = query.year ?? Number(today.slice(0, 4))
      return read((db) => heartTalkCoverageOf(db, actor, { organization: query.organization, year, today }))
    },
  }),
]
