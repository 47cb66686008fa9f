import { type Route, route } from '../../../kernel/http/route.ts'
import '../entries/entries.policy.ts'
import { showDualLifeProposal } from './dual-life.contract.ts'
import { dualLifeProposalOf } from './dual-life.queries.ts'

export const dualLifeRoutes: readonly Route[] = [
  route(showDualLifeProposal, {
    permission: 'orglife.dual_life_report.record',
    handle: ({ query, read, actor, platform }) => {
      const { organization, heldOn: to = platform.clock.today(), span = 'half' } = query
      return read((db) => dualLifeProposalOf(db, actor, { organization, to, span }))
    },
  }),
]
