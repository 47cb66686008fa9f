import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { caseStates } from '../cases/cases.lifecycle.ts'
import { problemStates } from '../problems/problems.lifecycle.ts'
import { taskStates } from '../tasks/tasks.lifecycle.ts'
import type { ExampleLink } from './examples.contract.ts'
import type { ExampleLinkKind } from './examples.lifecycle.ts'
import type { ExampleRecord, StoredLink } from './examples.store.ts'

interface Seen {
  readonly reference: string
  readonly title: string
  readonly figures: string
}

const wordOf = (column: string, words: Readonly<Record<string, string>>) =>
  sql`coalesce(${JSON.stringify(words)}::jsonb ->> ${sql.ref(column)}, ${sql.ref(column)})`

/** Title and figures of records by kind, as they stand now and as far as the reader's own access goes. */
const records: Readonly<Record<ExampleLinkKind, (ids: readonly string[]) => RawBuilder<Seen>>> = {
  meeting: (ids) => sql`select m.id as reference, m.title, m.held_on::text || ' 召开，到会 '
      || count(*) filter (where x.presence in ('present', 'sitting_in')) || ' / ' || count(x.person_no) || ' 人' as figures
    from orglife.meetings m left join orglife.attendances x on x.meeting_no = m.no
    where m.id = any (${[...ids]}::text[]) and m.state = 'recorded' group by m.no`,
  work_record: (ids) => sql`select w.id as reference, w.title, w.held_on::text || ' 开展，参加 '
      || (select count(*) from orglife.work_record_persons p where p.record_no = w.no) || ' 人'
      || coalesce('，' || trim_scale(w.hours) || ' 学时', '') as figures
    from orglife.work_records w where w.id = any (${[...ids]}::text[]) and w.state = 'recorded'`,
  case: (ids) => sql`select c.id as reference, c.title, coalesce(c.number || '，', '') || ${wordOf('c.state', caseStates)}
      || coalesce('，时限 ' || c.due_on::text, '') as figures
    from supervision.cases c where c.id = any (${[...ids]}::text[])`,
  task: (
    ids,
  ) => sql`select t.id as reference, t.title, ${wordOf('t.state', taskStates)} || '，时限 ' || t.due_on::text || '，关联记录 '
      || (select count(*) from supervision.task_evidence v where v.task_no = t.no and v.unlinked_at is null) || ' 条' as figures
    from supervision.tasks t where t.id = any (${[...ids]}::text[])`,
  problem: (
    ids,
  ) => sql`select p.id as reference, p.title, ${wordOf('p.state', problemStates)} || coalesce('，时限 ' || p.due_on::text, '') as figures
    from supervision.problems p where p.id = any (${[...ids]}::text[])`,
}

async function seen(read: Read, kind: ExampleLinkKind, ids: readonly string[]): Promise<readonly Seen[]> {
  if (ids.length === 0) return []
  const { rows } = await records[kind](ids).execute(reading<'supervision' | 'orglife'>(read))
  return rows
}

/** True where the reader sees such a record. */
export async function seesRecord(read: Read, { kind, reference }: ExampleRecord): Promise<boolean> {
  return (await seen(read, kind, [reference])).length > 0
}

/** Links as a page shows them: the figures come from the records, nothing is copied; what the reader may not see stays unnamed. */
export async function linksShown(read: Read, links: readonly StoredLink[]): Promise<ExampleLink[]> {
  const found = new Map<string, Seen>()
  for (const kind of new Set(links.map((link) => link.kind))) {
    const ids = links.filter((link) => link.kind === kind).map((link) => link.reference)
    for (const one of await seen(read, kind, ids)) found.set(`${kind} ${one.reference}`, one)
  }
  return links.map(({ id, kind, reference }) => {
    const one = found.get(`${kind} ${reference}`)
    return { id, kind, reference: one?.reference ?? null, title: one?.title ?? null, figures: one?.figures ?? null }
  })
}
