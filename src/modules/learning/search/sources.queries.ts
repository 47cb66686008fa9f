import { sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'

declareSearch({
  kind: 'training_class',
  noun: '培训班',
  permission: 'learning.class.read',
  version: 1,
  link: (id) => `/training-classes/${id}`,
  source: sql`select c.no, c.id, array[c.organization_no]::bigint[] as organization_nos, c.title,
      concat_ws(' ', (select string_agg(concat_ws(' ', s.title, s.teacher, s.place), ' ' order by s.position)
        from learning.class_sessions s where s.class_no = c.no)) as words, c.ends_on as happened_on
    from learning.classes c where c.state <> 'withdrawn'`,
})
declareSearch({
  kind: 'reading_list',
  noun: '荐书',
  permission: 'learning.reading.read',
  version: 1,
  link: (id) => `/reading-lists/${id}`,
  source: sql`select l.no, l.id, '{}'::bigint[] as organization_nos, l.title,
      concat_ws(' ', l.note, (select string_agg(concat_ws(' ', b.title, b.author, b.remark), ' ' order by b.position)
        from learning.reading_books b where b.list_no = l.no)) as words, l.issued_on as happened_on
    from learning.reading_lists l where l.state = 'recommended'`,
})
declareSearch({
  kind: 'study_plan',
  noun: '学习计划',
  permission: 'learning.study.read',
  version: 1,
  link: (id) => `/study-plans/${id}`,
  source: sql`select p.no, p.id, '{}'::bigint[] as organization_nos, p.title,
      concat_ws(' ', p.note, (select string_agg(concat_ws(' ', u.title, u.material), ' ' order by u.position)
        from learning.study_units u where u.plan_no = p.no and not u.removed)) as words, p.recorded_on as happened_on
    from learning.study_plans p where p.state <> 'withdrawn'`,
})
// A draft is the author's alone, but for the author it can be found; whoever may not see an article does not find it.
declareSearch({
  kind: 'article',
  noun: '调研文章',
  permission: 'learning.article.read',
  version: 1,
  link: (id) => `/articles/${id}`,
  source: sql`select a.no, a.id, '{}'::bigint[] as organization_nos, a.title,
      concat_ws(' ', a.author_name, (select string_agg(p ->> 'place', ' ') from jsonb_array_elements(a.places) p)) as words,
      coalesce(a.first_submitted_on, a.created_on) as happened_on
    from learning.articles a where a.state <> 'withdrawn'`,
})
