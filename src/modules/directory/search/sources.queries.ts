import { sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'

const encoded = encodeURIComponent

declareSearch({
  kind: 'organization',
  noun: '组织',
  permission: 'directory.organization.view',
  version: 1,
  link: (id) => `/organizations/${encoded(id)}`,
  source: sql`select o.no, o.id, array[o.no] as organization_nos, n.name as title, n.pinyin as words, o.established_on as happened_on
    from directory.organizations o join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)`,
})

// A name is found, and how it is spelt; nothing that is personal is in the index.
declareSearch({
  kind: 'person',
  noun: '人员',
  permission: 'directory.person.look_up',
  version: 1,
  link: (id) => `/persons/${encoded(id)}`,
  source: sql`select p.no, p.id, array[p.home_no] as organization_nos, p.name as title, concat_ws(' ', p.pinyin, p.initials) as words,
    coalesce(p.joined_on, date '2000-01-01') as happened_on from directory.persons p`,
})
