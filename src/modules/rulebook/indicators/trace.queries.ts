import type { z } from 'zod'
import { recordsShown } from '../engine/records-shown.queries.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { clausesByCode, sourceInWords } from '../requirements/requirements.queries.ts'
import { statusName } from '../obligations/obligations.queries.ts'
import { type Frame, frameOf } from './figure-frame.queries.ts'
import type { Trace, trace, traceRecords } from './indicators.contract.ts'
import { addCounts, ratioOf } from './indicators.rules.ts'
import { countsOf, placeAsked, type RequirementHead, requirementHeads } from './indicators.queries.ts'
import { firstOpen, type OpenRow } from './open-rows.queries.ts'
import { type RecordRow, recordRows } from './record-rows.queries.ts'
import { type Behind, evidenceBehind, organizationsShown, personsShown, type Words, wordsOf } from './shown-rows.queries.ts'
import { type Sum, sumsOf } from './sums.queries.ts'

type Asked = z.output<(typeof trace)['query']>
type RecordsAsked = z.output<(typeof traceRecords)['query']>
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

type Records = Awaited<ReturnType<typeof recordsShown>>
type Organizations = Awaited<ReturnType<typeof organizationsShown>>

const dayOf = (day: CivilDate | null) => (day === null ? '' : inChinese(day))

interface Open {
  readonly row: OpenRow
  readonly behind: readonly Behind[]
  readonly words: Words | undefined
}

/** Why it is open; with what was put off and what was waited for. */
function whyOpen(open: Open, records: Records): string {
  return [whyShort(open, records), ...(open.words?.relieved ?? []).map((each) => `${each}。`)].join('')
}

function whyShort({ row, behind, words }: Open, records: Records): string {
  if (row.status === 4) return `${inChinese(row.due)}到期，没有任何记录。`
  const last = (days: readonly CivilDate[]) => [...days].sort().at(-1) ?? null
  if (row.status === 2) {
    const happened = last(behind.flatMap((each) => records.get(`${each.record_kind} ${each.record_no}`)?.happened_on ?? []))
    return `${dayOf(happened)}召开，${dayOf(last(behind.map((each) => each.recorded_on)))}才记录，按迟办计。`
  }
  const reasons = [...new Set(behind.flatMap(({ reason }) => reason ?? []))].sort().slice(0, 3)
  if (reasons.length > 0) return `${reasons.join('；')}。`
  if (words && words.declared !== null) return `如实填报未开展：${words.declared}`
  return `应办 ${row.denominator}，计入 ${row.numerator}。`
}

interface Shown {
  readonly frame: Frame
  readonly records: Records
  readonly organizations: Organizations
}

const organizationOf = ({ organizations }: Shown, no: number) => {
  const found = organizations.get(no)
  return { id: found?.id ?? '', name: found?.name ?? '' }
}

/** The open rows as they are read: hard first, what was only late last, the latest period first, then by the order of the organizations. */
async function openShown(read: Read, shown: Shown, open: readonly Open[]): Promise<Trace['open']> {
  const { frame, records, organizations } = shown
  const persons = await personsShown(
    read,
    open.map(({ row }) => row),
  )
  const lines = open.flatMap((each) => {
    const { row } = each
    const [head, inner] = [frame.heads.get(row.requirement_no), frame.inner.get(row.period_no)]
    if (!head || !inner) return []
    const organization = organizationOf(shown, row.organization_no)
    const person = row.subject_kind === 'p' ? persons.get(row.subject_no) : undefined
    const line: Trace['open'][number] = {
      requirement: head.code,
      title: head.title,
      strength: head.strength,
      status: statusName(row.status),
      period: inner.name,
      subject: person ? { id: person.id, name: person.name, kind: 'person' } : { ...organization, kind: 'organization' },
      organization,
      due: row.due,
      why: whyOpen(each, records),
      records: each.behind.flatMap((one) => {
        const record = records.get(`${one.record_kind} ${one.record_no}`)
        return record ? [{ id: record.id, kind: record.kind }] : []
      }),
    }
    return [
      { line, starts: inner.starts, late: row.status === 2, position: organizations.get(row.organization_no)?.position ?? 0 },
    ]
  })
  lines.sort(
    (a, b) =>
      a.line.strength.localeCompare(b.line.strength) ||
      Number(a.late) - Number(b.late) ||
      b.starts.localeCompare(a.starts) ||
      a.position - b.position ||
      a.line.requirement.localeCompare(b.line.requirement),
  )
  return lines.map(({ line }) => line)
}

/** Records as they are read; one that the reader may not open is left out. */
function recordsRead(shown: Shown, rows: readonly RecordRow[]): Trace['notCounted'] {
  return rows.flatMap((row) => {
    const record = shown.records.get(`${row.record_kind} ${row.record_no}`)
    if (!record) return []
    return [
      {
        id: record.id,
        kind: record.kind,
        title: record.title,
        heldOn: record.happened_on,
        recordedOn: row.recorded_on,
        organization: organizationOf(shown, row.organization_no),
        requirement: shown.frame.heads.get(row.requirement_no)?.code ?? '',
        period: shown.frame.inner.get(row.period_no)?.name ?? '',
        reason: row.reason ?? '',
      },
    ]
  })
}

/** Records are shown a screen at a time and seldom beyond the first, so the cursor is a plain number of rows. */
const offsetOf = (after: string | undefined) => (after && /^\d{1,7}$/.test(after) ? Number(after) : 0)

/** What a figure rests on: the first screen of what is short, and of the records counted and not counted. */
async function behindFigure(read: Read, frame: Frame, asked: Asked) {
  const { rows, total } = await firstOpen(read, frame, asked.limit)
  const page = { limit: asked.limit, offset: offsetOf(asked.after) }
  const counted = await recordRows(read, frame, { ...page, counted: true })
  const notCounted = await recordRows(read, frame, { ...page, counted: false })
  const [evidence, words] = [await evidenceBehind(read, frame, rows), await wordsOf(read, frame, rows)]
  const open = rows.map((row, index): Open => ({ row, behind: evidence.get(index + 1) ?? [], words: words.get(index + 1) }))
  const all = [...counted.rows, ...notCounted.rows]
  const shown: Shown = {
    frame,
    records: await recordsShown(read, [...all, ...open.flatMap(({ behind }) => behind)]),
    organizations: await organizationsShown(
      read,
      [...all, ...rows].map(({ organization_no }) => organization_no),
    ),
  }
  return {
    open: await openShown(read, shown, open),
    openTotal: total,
    counted: recordsRead(shown, counted.rows),
    countedTotal: counted.total,
    countedMore: counted.more,
    notCounted: recordsRead(shown, notCounted.rows),
    notCountedTotal: notCounted.total,
    notCountedMore: notCounted.more,
  }
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
  const all = await sumsOf(read, { organizations: [place.no], kinds: [place], period: asked.period, tree: asked.tree, asOf })
  const sums = all.filter((sum) => chosen.some((head) => head.no === sum.requirementNo))
  const of = (strength: 'hard' | 'soft') => sums.filter((sum) => heads.get(sum.requirementNo)?.strength === strength)
  const [hard, soft] = [addCounts(of('hard').map(countsOf)), addCounts(of('soft').map(countsOf))]
  const frame = await frameOf(read, { ...asked, place, heads: chosen })
  const requirements = await requirementsOf(read, sums, heads)
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
    ...(await behindFigure(read, frame, asked)),
  }
}

/** One page of the records that a figure counts, or of those that it does not count with the reasons. */
export async function recordsBehind(read: Read, asked: RecordsAsked): Promise<z.output<(typeof traceRecords)['reply']>> {
  const place = await placeAsked(read, asked.organization, [])
  const heads = await requirementHeads(read)
  const frame = await frameOf(read, { ...asked, place, heads: chosenOf(heads, asked) })
  const page = { counted: asked.counted === 'yes', limit: asked.limit, offset: offsetOf(asked.after) }
  const { rows, total, next } = await recordRows(read, frame, page)
  const shown: Shown = {
    frame,
    records: await recordsShown(read, rows),
    organizations: await organizationsShown(
      read,
      rows.map(({ organization_no }) => organization_no),
    ),
  }
  return { items: recordsRead(shown, rows), next, ...(rows.length > 0 && { total }) }
}
