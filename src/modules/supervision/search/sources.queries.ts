import { type RawBuilder, sql } from 'kysely'
import { declareSearch } from '../../../kernel/search/registry.ts'

// Clues and letters are nobody's to find.
const kinds: readonly { kind: string; noun: string; path: string; permission?: string; source: RawBuilder<unknown> }[] = [
  {
    kind: 'case',
    noun: '督办事项',
    path: 'cases',
    source: sql`select c.no, c.id, array[c.organization_no] as organization_nos, c.title, concat_ws(' ', c.number, c.remedies, c.report) as words,
      c.proposed_at::date as happened_on from supervision.cases c`,
  },
  {
    kind: 'task',
    noun: '任务',
    path: 'tasks',
    source: sql`select t.no, t.id, array[t.organization_no] as organization_nos, t.title, concat_ws(' ', t.criterion, t.report) as words,
      t.given_on as happened_on from supervision.tasks t`,
  },
  {
    kind: 'decision',
    noun: '上级部署',
    path: 'decisions',
    permission: 'supervision.decision.record',
    source: sql`select d.no, d.id, array[d.organization_no] as organization_nos, d.title, concat_ws(' ', d.document_number, d.issuer) as words,
      d.issued_on as happened_on from supervision.decisions d`,
  },
  {
    kind: 'problem',
    noun: '问题',
    path: 'problems',
    source: sql`select p.no, p.id, array[p.organization_no] as organization_nos, p.title,
      concat_ws(' ', p.description, p.remedies, p.rectification) as words, p.raised_on as happened_on from supervision.problems p`,
  },
  {
    kind: 'unit_plan',
    noun: '实施方案',
    path: 'unit-plans?open=',
    source: sql`select p.no, p.id, array[p.organization_no] as organization_nos, p.title, p.year::text as words,
      coalesce(p.submitted_on, make_date(p.year, 1, 1)) as happened_on from supervision.unit_plans p where p.state <> 'drafted'`,
  },
  {
    kind: 'paper',
    noun: '公文',
    path: 'papers',
    source: sql`select p.no, p.id, array[p.organization_no] as organization_nos, p.title, p.number as words,
      coalesce(p.issued_on, p.drafted_at::date) as happened_on from supervision.papers p`,
  },
]

for (const { path, permission, ...one } of kinds) {
  declareSearch({
    ...one,
    permission: permission ?? `supervision.${one.kind}.read`,
    version: 1,
    link: (id) => `/${path}${path.endsWith('=') ? '' : '/'}${encodeURIComponent(id)}`,
  })
}
