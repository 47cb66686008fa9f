import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { period as parse } from '../../../kernel/time/period.ts'
import { recordsRelation } from '../engine/engine.measures.ts'
import { clausesByCode, sourceInWords } from '../requirements/requirements.queries.ts'
import { statusName } from '../obligations/obligations.queries.ts'
import type { Trace, trace, traceRecords } from './indicators.contract.ts'
import { addCounts, ratioOf } from './indicators.rules.ts'
import { countsOf, placeAsked, type RequirementHead, requirementHeads } from './indicators.queries.ts'
import { above } from './not-due.queries.ts'
import { type Sum, sumsOf } from './sums.queries.ts'

type Asked = z.output<(typeof trace)['query']>
type RecordsAsked = z.output<(typeof traceRecords)['query']>
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

interface Frame {
  readonly asked: Asked
  readonly placeNo: number
  readonly requirementNos: readonly number[]
}

/** The obligations or evidence (alias `x`) that a figure sums. */
function inFigure({ asked, placeNo, requirementNos }: Frame): RawBuilder<unknown> {
  const { starts, ends } = parse(asked.period)
  return sql`join rulebook.periods p on p.no = x.period_no and p.starts >= ${starts}::date and p.ends <= ${ends}::date
    join rulebook.requirements r on r.no = x.requirement_no
    ${above(asked.tree, { organization: sql`x.organization_no`, ends: sql`p.ends` })} and a.ancestor_no = ${placeNo}
    join directory.organizations w on w.no = x.organization_no
    join directory.organization_names n on n.organization_no = w.no and upper_inf(n.valid)
    where x.year = ${sql.lit(Number(asked.period.slice(0, 4)))} and x.requirement_no = any (${`{${requirementNos.join(',')}}`}::int[])`
}

/** Evidence (alias `e`) of the obligation `x`. The year stands there by itself, so that the planner leaves out the other years. */
const sameDuty = ({
  asked,
}: Frame) => sql`e.year = ${sql.lit(Number(asked.period.slice(0, 4)))} and e.organization_no = x.organization_no
  and e.period_no = x.period_no and e.requirement_no = x.requirement_no and e.subject_kind = x.subject_kind and e.subject_no = x.subject_no`

interface OpenRow extends Omit<Trace['open'][number], 'status' | 'why'> {
  readonly status: number
  readonly numerator: number
  readonly denominator: number
  readonly reasons: string[]
  readonly declared: string | null
  /** What was asked or granted for it, in words. */
  readonly relieved: string[]
  readonly recorded: string | null
  readonly happened: string | null
}

const dayOf = (day: CivilDate | null) => (day === null ? '' : inChinese(day))

/** Why it is open; with what was put off and what was waited for. */
function whyOpen(row: OpenRow): string {
  return [whyShort(row), ...row.relieved.map((each) => `${each}。`)].join('')
}

function whyShort(row: OpenRow): string {
  if (row.status === 4) return `${inChinese(row.due)}到期，没有任何记录。`
  if (row.status === 2) return `${dayOf(row.happened)}召开，${dayOf(row.recorded)}才记录，按迟办计。`
  if (row.reasons.length > 0) return `${row.reasons.join('；')}。`
  if (row.declared !== null) return `如实填报未开展：${row.declared}`
  return `应办 ${row.denominator}，计入 ${row.numerator}。`
}

/** The reliefs of the obligation `x` of requirement `r`, in words. */
const reliefWords = sql`select case g.kind
      when 'extension' then case g.state when 'granted' then '经同意延期到' else '申请延期到' end || g.until::text || case g.state when 'asked' then '，还没有决定' when 'refused' then '，未获同意' else '' end
      else '等上级' || (g.ended_on - g.stopped_from)::text || '天没有计入' end
    from rulebook.reliefs g where g.requirement_code = r.code and g.organization_no = x.organization_no and g.subject_kind = x.subject_kind
      and g.subject_no = x.subject_no and g.period_no = x.period_no
      and (g.kind = 'extension' and g.state in ('asked', 'granted', 'refused') or g.kind = 'clock_stop' and g.state = 'ended') order by g.no limit 3`

async function openOf(read: Read, frame: Frame): Promise<{ rows: Trace['open']; total: number }> {
  const result = await sql<
    OpenRow & { total: number }
  >`select r.code as requirement, r.title, r.strength, x.status, p.name as period,
      case x.subject_kind when 'p' then coalesce((select jsonb_build_object('id', s.id, 'name', s.name, 'kind', 'person') from directory.persons s where s.no = x.subject_no),
          jsonb_build_object('id', w.id, 'name', n.name, 'kind', 'organization'))
        else jsonb_build_object('id', w.id, 'name', n.name, 'kind', 'organization') end as subject,
      jsonb_build_object('id', w.id, 'name', n.name) as organization, x.due_on as due, x.numerator, x.denominator,
      array(select distinct e.reason from rulebook.evidence e where ${sameDuty(frame)} and e.reason is not null limit 3) as reasons,
      (select c.reason from rulebook.declarations c where c.requirement_code = r.code and c.organization_no = x.organization_no and c.subject_no = x.subject_no
        and c.period_no = x.period_no and c.withdrawn_at is null) as declared,
      array(${reliefWords}) as relieved,
      (select max(e.recorded_on)::text from rulebook.evidence e where ${sameDuty(frame)}) as recorded,
      (select max(k.happened_on)::text from rulebook.evidence e join (${recordsRelation()}) k on k.kind = e.record_kind and k.no = e.record_no where ${sameDuty(frame)}) as happened,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind)) from rulebook.evidence e
        join (${recordsRelation()}) k on k.kind = e.record_kind and k.no = e.record_no where ${sameDuty(frame)}), '[]') as records,
      count(*) over ()::int as total
    from rulebook.obligations x ${inFigure(frame)} and x.status in (2, 3, 4)
    order by r.strength, x.status = 2, p.starts desc, w.position, r.code limit ${frame.asked.limit}`.execute(db(read))
  const rows = result.rows.map((row) => ({
    requirement: row.requirement,
    title: row.title,
    strength: row.strength,
    status: statusName(row.status),
    period: row.period,
    subject: row.subject,
    organization: row.organization,
    due: row.due,
    why: whyOpen(row),
    records: row.records,
  }))
  return { rows, total: result.rows[0]?.total ?? 0 }
}

type EvidenceRow = Trace['notCounted'][number] & { total: number }

/** Records are shown a screen at a time and seldom beyond the first, so the cursor is a plain number of rows. */
const offsetOf = (after: string | undefined) => (after && /^\d{1,7}$/.test(after) ? Number(after) : 0)

async function evidenceOf(read: Read, frame: Frame, counted: boolean): Promise<{ rows: EvidenceRow[]; total: number }> {
  const result =
    await sql<EvidenceRow>`select k.id, k.kind, k.title, k.happened_on::text as "heldOn", x.recorded_on::text as "recordedOn",
      jsonb_build_object('id', w.id, 'name', n.name) as organization, r.code as requirement, p.name as period, coalesce(x.reason, '') as reason,
      count(*) over ()::int as total
    from rulebook.evidence x join (${recordsRelation()}) k on k.kind = x.record_kind and k.no = x.record_no ${inFigure(frame)}
      and ${counted ? sql`x.reason is null` : sql`x.reason is not null`}
    order by k.happened_on desc, w.position, k.no, r.code, p.no limit ${frame.asked.limit} offset ${offsetOf(frame.asked.after)}`.execute(
      db(read),
    )
  return { rows: result.rows, total: result.rows[0]?.total ?? 0 }
}

async function requirementsOf(
  read: Read,
  sums: readonly Sum[],
  heads: ReadonlyMap<number, RequirementHead>,
): Promise<Trace['requirements']> {
  const nos = [...new Set(sums.map((sum) => sum.requirementNo))]
  if (nos.length === 0) return []
  const rows = await db(read)
    .selectFrom('rulebook.requirements')
    .select(['no', 'formula', 'clauses', 'source'])
    .where('no', 'in', nos)
    .orderBy('code')
    .orderBy('version')
    .execute()
  const clauses = await clausesByCode(
    read,
    rows.flatMap((row) => row.clauses),
  )
  return rows.flatMap((row) => {
    const head = heads.get(row.no)
    if (!head) return []
    const counts = addCounts(sums.filter((sum) => sum.requirementNo === row.no).map(countsOf))
    return [
      {
        code: head.code,
        title: head.title,
        formula: row.formula,
        strength: head.strength,
        counts,
        clauses: row.clauses.flatMap((code) => clauses.get(code) ?? []),
        source: sourceInWords(row.source),
      },
    ]
  })
}

function chosenOf(heads: ReadonlyMap<number, RequirementHead>, asked: Asked): RequirementHead[] {
  return [...heads.values()].filter(
    (head) => (!asked.requirement || head.code === asked.requirement) && (!asked.dimension || head.dimension === asked.dimension),
  )
}

const wholeFormula =
  '已办（含迟办）÷ 应办；应办 = 已办 + 迟办 + 未达标 + 未报，只计“应当”类要求。未到期、豁免和不适用不计入；“提示”类要求另列，不算欠办。'

/** Why a figure is what it is: formula, clauses, what is short and why, the records counted and those not counted. */
export async function traceOf(read: Read, asked: Asked, asOf: CivilDate): Promise<Trace> {
  const place = await placeAsked(read, asked.organization, [])
  const heads = await requirementHeads(read)
  const chosen = chosenOf(heads, asked)
  const all = await sumsOf(read, { organizations: [place.no], period: asked.period, tree: asked.tree, asOf })
  const sums = all.filter((sum) => chosen.some((head) => head.no === sum.requirementNo))
  const of = (strength: 'hard' | 'soft') => sums.filter((sum) => heads.get(sum.requirementNo)?.strength === strength)
  const [hard, soft] = [addCounts(of('hard').map(countsOf)), addCounts(of('soft').map(countsOf))]
  const frame: Frame = { asked, placeNo: place.no, requirementNos: chosen.map((head) => head.no) }
  const requirements = await requirementsOf(read, sums, heads)
  const [open, counted, notCounted] = [
    await openOf(read, frame),
    await evidenceOf(read, frame, true),
    await evidenceOf(read, frame, false),
  ]
  const single = asked.requirement !== undefined
  return {
    organization: { id: place.id, name: place.name, kind: place.kind },
    period: asked.period,
    counts: hard,
    soft,
    ratio: ratioOf(single && of('hard').length === 0 ? soft : hard),
    value: single
      ? { numerator: sums.reduce((n, sum) => n + sum.numerator, 0), denominator: sums.reduce((n, sum) => n + sum.denominator, 0) }
      : null,
    formula: single ? (requirements.at(-1)?.formula ?? wholeFormula) : wholeFormula,
    requirements,
    clauses: [
      ...new Map(
        requirements.flatMap((each) => each.clauses).map((clause) => [`${clause.document} ${clause.code}`, clause]),
      ).values(),
    ],
    open: open.rows,
    openTotal: open.total,
    counted: counted.rows,
    countedTotal: counted.total,
    notCounted: notCounted.rows,
    notCountedTotal: notCounted.total,
  }
}

/** One page of the records that a figure counts, or of those that it does not count with the reasons. */
export async function recordsBehind(read: Read, asked: RecordsAsked): Promise<z.output<(typeof traceRecords)['reply']>> {
  const place = await placeAsked(read, asked.organization, [])
  const heads = await requirementHeads(read)
  const frame: Frame = { asked, placeNo: place.no, requirementNos: chosenOf(heads, asked).map((head) => head.no) }
  const { rows, total } = await evidenceOf(read, frame, asked.counted === 'yes')
  const reached = offsetOf(asked.after) + rows.length
  return { items: rows, next: rows.length > 0 && reached < total ? String(reached) : null, ...(rows.length > 0 && { total }) }
}
