import { sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'
import './entries.policy.ts'
import { entryKinds } from './kinds.contract.ts'

/** Every text of the content, whatever fields the kind has. */
const words = sql`concat_ws(' ', e.place, (select string_agg(v #>> '{}', ' ')
  from jsonb_path_query(e.content, 'strict $.**') v where jsonb_typeof(v) = 'string'))`

// Of a confined kind nothing is found by words: who talked with whom is looked up in its own list.
for (const { code, noun, collection, permission, confined } of entryKinds) {
  if (confined) continue
  declareSearch({
    kind: code.replaceAll('-', '_'),
    noun,
    permission: `${permission}.read`,
    source: sql`select e.no, e.id, array(select o.organization_no from orglife.entry_organizations o where o.entry_no = e.no) as organization_nos,
      e.title, ${words} as words, e.held_on as happened_on from orglife.entries e where e.kind = ${sql.lit(code)} and e.state = 'recorded'`,
    version: 1,
    link: (id) => `/${collection}/${id}`,
  })
}
