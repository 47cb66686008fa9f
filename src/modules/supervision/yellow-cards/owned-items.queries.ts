import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { notOfKind } from '../records/bulk-given.rules.ts'
import { within } from '../records/records.queries.ts'
import { urgeCardAction } from './card-urge.actions.ts'
import { cardStates } from './cards.lifecycle.ts'

const items = (state: string) =>
  sql<boolean>`exists (select 1 from supervision.yellow_card_items i where i.card_no = y.no and i.state = ${state})`

declareOwnedItems({
  kind: 'yellow_card',
  line: '黄牌',
  states: cardStates,
  link: (id) => `/yellow-cards/${id}`,
  rows: ({ actor }) => {
    const kept = sql<boolean>`y.organization_no = any (${`{${organizationsFor(actor, 'supervision.yellow_card.state').join(',')}}`}::bigint[])`
    return sql`select 'yellow_card', y.no, y.id, y.id, left(y.grounds, 100), y.organization_no, null::bigint, y.state,
      case y.state when 'proposed' then 'opened' when 'heard' then 'reported' when 'in_force' then 'working' else 'closed' end, y.proposed_on,
      case y.state when 'proposed' then y.hear_by when 'in_force' then (select min(i.due_on) from supervision.yellow_card_items i
        where i.card_no = y.no and i.state = 'open') end,
      case when y.state = 'lifted' then y.lifted_on when y.state in ('declined', 'revoked') then coalesce(y.decided_on, y.proposed_on) end, false,
      (y.state = 'proposed' and ${kept} or y.state = 'heard' and ${within(actor, 'supervision.yellow_card.decide', 'y.organization_no')}
        or y.state = 'in_force' and (${kept} and ${items('open')}
          or ${within(actor, 'supervision.yellow_card.pass_item', 'y.organization_no')} and ${items('done')}))
    from supervision.yellow_cards y where ${within(actor, 'supervision.yellow_card.read', 'y.organization_no')}`
  },
  acts: { remind: ['in_force'] },
  act: (verb, { id, reason }, run) =>
    verb === 'remind' ? run(urgeCardAction, { id, reason }) : notOfKind('黄牌的时限和责任人在整改清单里，请打开黄牌逐条办理。'),
})
