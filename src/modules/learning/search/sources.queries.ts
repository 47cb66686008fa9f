import { sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'

declareSearch({
  kind: 'training_class',
  noun: '培训班',
  permission: 'learning.class.read',
  version: 1,
  link: (id) => `/training-classes/${encodeURIComponent(id)}`,
  source: sql`select c.no, c.id, array[c.organization_no] as organization_nos, c.title,
    (select string_agg(s.title, ' ' order by s.position) from learning.class_sessions s where s.class_no = c.no) as words, c.ends_on as happened_on
    from learning.classes c where c.state <> 'withdrawn'`,
})
