import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CollectionAsked, declareSection } from '../../../kernel/papers/collections.ts'
import { said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { PaperRun } from '../../../kernel/papers/paper.contract.ts'
import { addMonths } from '../../../kernel/time/civil-date.ts'
import { calendarOf } from '../calendar/calendar.queries.ts'
import { addCounts, dueOf, ratioOf } from '../indicators/indicators.rules.ts'
import { countsOf } from '../indicators/indicators.queries.ts'
import { putOffSince } from '../indicators/not-due.queries.ts'
import { sumsOf } from '../indicators/sums.queries.ts'

interface Head {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly formula: string
  readonly document: string
  readonly clauses: string[]
}

async function heads(read: Read): Promise<Map<number, Head>> {
  const { rows } = await sql<Head>`select r.no, r.code, r.title, r.formula, r.clauses, d.title as document
    from rulebook.requirements r join rulebook.documents d on d.no = r.document_no where r.strength = 'hard'`.execute(
    reading<'rulebook'>(read),
  )
  return new Map(rows.map((row) => [row.no, row]))
}

async function figures(read: Read, { organization, year, today }: CollectionAsked) {
  const known = { kinds: [organization], tree: 'as_was', asOf: today, putOff: await putOffSince(read, today) } as const
  const sums = await sumsOf(read, { ...known, organizations: [organization.no], period: String(year) as `${number}` })
  const all = await heads(read)
  const counted = sums.flatMap((sum) => {
    const head = all.get(sum.requirementNo)
    return head ? [{ head, counts: countsOf(sum) }] : []
  })
  return [...Map.groupBy(counted, ({ head }) => head.code).values()].map((of) => ({
    head: of[0]?.head as Head,
    counts: addCounts(of.map(({ counts }) => counts)),
  }))
}

declareSection({
  in: ['summary'],
  order: 10,
  title: '各项要求办得怎样',
  blocks: async (read, asked) => {
    const found = (await figures(read, asked)).filter(({ counts }) => dueOf(counts) > 0)
    const total = addCounts(found.map(({ counts }) => counts))
    const rows = found.map(({ head, counts }): PaperRun[] => {
      const ratio = ratioOf(counts)
      const note = `${head.formula.slice(0, 400)}依据《${head.document}》${head.clauses.map((code) => code.split(':').at(-1)).join('、')}。出处：/why?requirement=${head.code}&organization=${asked.organization.id}&period=${asked.year}`
      return [
        head.title,
        String(dueOf(counts)),
        String(counts.met),
        String(counts.met_late),
        String(counts.unmet),
        String(counts.not_reported),
        ratio === null ? '—' : { figure: `${Math.round(ratio * 100)}%`, note: note.slice(0, 800) },
      ]
    })
    if (rows.length === 0) return []
    return [
      said(
        `全年应办 ${dueOf(total)} 项，按时 ${total.met} 项，迟办 ${total.met_late} 项，未办到 ${total.unmet} 项，未报 ${total.not_reported} 项；豁免 ${total.exempt} 项不计在内。只计必办的要求，提示性的不计。`,
      ),
      ...tabled(
        [
          ['要求', 34],
          ['应办', 11],
          ['按时', 11],
          ['迟办', 11],
          ['未办到', 11],
          ['未报', 11],
          ['办到率', 11],
        ],
        rows,
      ),
    ]
  },
})

declareSection({
  in: ['handover'],
  order: 40,
  title: '欠着的和今后三个月要办的',
  blocks: async (read, { organization, today }) => {
    const duties = await calendarOf(read, organization, { from: addMonths(today, -2), to: addMonths(today, 3), asOf: today })
    const open = duties.filter(({ status }) => status !== 'met' && status !== 'met_late' && status !== 'exempt')
    return tabled(
      [
        ['要办的', 46],
        ['期间', 18],
        ['期限', 18],
        ['现在', 18],
      ],
      open.map((duty) => [duty.title, duty.period, duty.due, duty.due < today ? '已过期限' : '还没到期']),
    )
  },
})
