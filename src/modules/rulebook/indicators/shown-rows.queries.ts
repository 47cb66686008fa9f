import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate } from '../../../kernel/time/civil-date.ts'
import { type Frame, listed, yearOf } from './figure-frame.queries.ts'
import type { OpenRow } from './open-rows.queries.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

interface Named {
  readonly id: string
  readonly name: string
  readonly position: number
}

/** Organizations by their inner numbers. */
export async function organizationsShown(read: Read, nos: readonly number[]): Promise<ReadonlyMap<number, Named>> {
  const { rows } = await sql<
    Named & { no: number }
  >`${keptPlan}select o.no, o.id, n.name, o.position from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where o.no = any (${listed([...new Set(nos)], 'bigint')})`.execute(db(read))
  return new Map(rows.map((row) => [row.no, row]))
}

/** Persons among the subjects whom the reader may see. */
export async function personsShown(
  read: Read,
  rows: readonly OpenRow[],
): Promise<ReadonlyMap<number, { id: string; name: string }>> {
  const nos = rows.flatMap(({ subject_kind, subject_no }) => (subject_kind === 'p' ? [subject_no] : []))
  if (nos.length === 0) return new Map()
  const found = await db(read).selectFrom('directory.persons').select(['no', 'id', 'name']).where('no', 'in', nos).execute()
  return new Map(found.map((row) => [row.no, row]))
}

/** What stands behind one open obligation. */
export interface Behind {
  readonly at: number
  readonly record_kind: string
  readonly record_no: number
  readonly recorded_on: CivilDate
  readonly reason: string | null
}

/** Records listed for one obligation; beyond them, its own page shows all. */
const mostBehind = 30

const keys = (frame: Frame, rows: readonly OpenRow[]) => {
  const column = (of: (row: OpenRow) => number, type: 'int' | 'bigint') => listed(rows.map(of), type)
  const codes = rows.map(({ requirement_no }) => frame.heads.get(requirement_no)?.code ?? '')
  return sql`unnest(${column((row) => row.requirement_no, 'int')}, ${column((row) => row.period_no, 'int')}, ${`{${rows.map((row) => row.subject_kind).join(',')}}`}::"char"[],
    ${column((row) => row.subject_no, 'bigint')}, ${column((row) => row.organization_no, 'bigint')}, ${codes}::text[])
    with ordinality as x (requirement_no, period_no, subject_kind, subject_no, organization_no, code, at)`
}

/** Evidence of open obligations, told apart by their place in the list. */
export async function evidenceBehind(read: Read, frame: Frame, rows: readonly OpenRow[]): Promise<ReadonlyMap<number, Behind[]>> {
  if (rows.length === 0) return new Map()
  const found =
    await sql<Behind>`${keptPlan}select x.at::int, e.record_kind, e.record_no, e.recorded_on::text, e.reason from ${keys(frame, rows)}
    cross join lateral (select * from rulebook.evidence e where e.year = ${yearOf(frame)} and e.organization_no = x.organization_no and e.period_no = x.period_no
      and e.requirement_no = x.requirement_no and e.subject_kind = x.subject_kind and e.subject_no = x.subject_no
      order by e.recorded_on desc, e.record_no limit ${mostBehind}) e order by x.at, e.recorded_on desc, e.record_no`.execute(
      db(read),
    )
  return Map.groupBy(found.rows, ({ at }) => at)
}

/** What was said or decided of an open obligation, in words. */
export interface Words {
  readonly at: number
  readonly declared: string | null
  readonly relieved: string[]
}

/** Declarations of 未开展 and reliefs of open obligations. */
export async function wordsOf(read: Read, frame: Frame, rows: readonly OpenRow[]): Promise<ReadonlyMap<number, Words>> {
  if (rows.length === 0) return new Map()
  const found = await sql<Words>`${keptPlan}select x.at::int,
      (select c.reason from rulebook.declarations c where c.requirement_code = x.code and c.organization_no = x.organization_no and c.subject_no = x.subject_no
        and c.period_no = x.period_no and c.withdrawn_at is null limit 1) as declared,
      array(select case g.kind
          when 'extension' then case g.state when 'granted' then '经同意延期到' else '申请延期到' end || g.until::text || case g.state when 'asked' then '，还没有决定' when 'refused' then '，未获同意' else '' end
          else '等上级' || (g.ended_on - g.stopped_from)::text || '天没有计入' end
        from rulebook.reliefs g where g.requirement_code = x.code and g.organization_no = x.organization_no and g.subject_kind = x.subject_kind
          and g.subject_no = x.subject_no and g.period_no = x.period_no
          and (g.kind = 'extension' and g.state in ('asked', 'granted', 'refused') or g.kind = 'clock_stop' and g.state = 'ended') order by g.no limit 3) as relieved
    from ${keys(frame, rows)}`.execute(db(read))
  return new Map(found.rows.map((row) => [row.at, row]))
}
