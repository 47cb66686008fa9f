import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { statuses, type Status } from '../../rulebook/obligations/obligations.contract.ts'
import { ownerNames } from './case-names.queries.ts'
import { caseReader } from './case-reader.queries.ts'
import { type Asking, readable } from './case-scope.queries.ts'
import type { CasePage } from './cases.contract.ts'
import { type CaseAction, caseActions } from './cases.lifecycle.ts'
import { type CaseRow, lineColumns, lineTables, linesOf } from './cases.queries.ts'
import { ladderVerbs } from './ladder.lifecycle.ts'
import { ladderOffered } from './ladder-page.queries.ts'
import { daysWaited, offered } from './cases.rules.ts'

interface PageRow extends CaseRow {
  readonly organizationNo: number
  readonly revision: number
  readonly source: string
  readonly remedies: string | null
  readonly report: string | null
  readonly reportedBy: number | null
  readonly verification: string | null
  readonly problemId: string | null
  readonly waitingFor: string | null
  readonly waitingSince: string | null
  readonly waitedDays: number
  readonly requirementNo: number | null
  readonly formula: string | null
  readonly requirementTitle: string | null
  readonly clauseCodes: string[] | null
}

/** The page of one case: where it comes from, what was done, who may do what now. */
export async function caseAsked(read: Read, id: string, asking: Asking): Promise<CasePage> {
  const { rows } =
    await sql<PageRow>`select ${lineColumns(asking.today)}, '' as key, c.organization_no as "organizationNo", c.revision, c.source,
      c.remedies, c.report, c.reported_by as "reportedBy", c.verification, c.waiting_for as "waitingFor", c.waiting_since as "waitingSince",
      c.waited_days as "waitedDays", c.requirement_no as "requirementNo", r.formula, r.title as "requirementTitle", r.clauses as "clauseCodes",
      (select p.id from supervision.problems p where p.no = c.problem_no) as "problemId"
    from ${lineTables} left join rulebook.requirements r on r.no = c.requirement_no
    where c.id = ${id} and ${readable(asking.actor)}`.execute(reading<'supervision' | 'directory' | 'rulebook'>(read))
  const row = rows[0]
  const [line] = await linesOf(read, row ? [row] : [])
  if (!row || !line) throw new Problem('supervision.case_not_found')
  const reader = await caseReader(read, asking.actor, row.organizationNo)
  const steps = await stepsOf(read, row.no)
  const own = offered({ state: row.state, waiting: row.waiting }, row, reader)
  const ladder = await ladderOffered(read, asking.actor, row)
  return {
    ...line,
    revision: row.revision,
    source: row.source,
    problemId: row.problemId,
    remedies: row.remedies,
    report: row.report,
    verification: row.verification,
    waitingFor: row.waitingFor,
    waitingSince: row.waitingSince,
    waitedDays: daysWaited(row, asking.today),
    why: whyOf(row, line.obligationStatus, steps[0]?.reason ?? null),
    clauses: await clausesOf(read, row.clauseCodes),
    steps,
    abilities: [...own.abilities, ...ladder.abilities],
    notices: [...own.notices, ...ladder.notices],
  }
}

function whyOf(row: PageRow, status: string | null, reason: string | null): string {
  if (row.source !== 'obligation') return reason ?? ''
  const stands = status === null ? '' : `现在这一项是“${statuses[status as Status]}”。`
  return `${row.requirementTitle ?? row.requirement ?? ''}：${row.formula ?? ''}${stands}`
}

/** A requirement names its clauses `document:code`, because it may rest on several documents. */
async function clausesOf(read: Read, codes: readonly string[] | null): Promise<CasePage['clauses']> {
  if (codes === null || codes.length === 0) return []
  const { rows } = await sql<CasePage['clauses'][number]>`select c.code, c.title, c.gist
    from rulebook.clauses c join rulebook.documents d on d.no = c.document_no
    where d.code || ':' || c.code = any (${[...codes]}::text[]) order by d.no, c.position`.execute(reading<'rulebook'>(read))
  return rows
}

const stepNames: Readonly<Record<string, string>> = {
  ...caseActions,
  ...ladderVerbs,
  revoke: '申诉成立，撤销一步',
  propose: '系统建议立项',
  open: '直接立项',
  hand_over: '移交承接组织',
  escalate: '逐级提醒',
}

interface StepRow {
  readonly revision: number
  readonly action: CaseAction | 'propose' | 'open'
  readonly by: string | null
  readonly at: Date
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

async function stepsOf(read: Read, caseNo: number): Promise<CasePage['steps']> {
  const { rows } =
    await sql<StepRow>`select s.revision, s.action, directory.account_name(s.acted_by) as by, s.acted_at as at, s.reason, s.body
    from supervision.case_steps s where s.case_no = ${caseNo} order by s.revision`.execute(reading<'supervision'>(read))
  const owners = await ownerNames(
    read,
    rows.flatMap(({ body }) => [body['ownerNo'], body['talkedToNo']].filter((no) => typeof no === 'number')),
  )
  return rows.map((row) => ({
    revision: row.revision,
    action: row.action,
    actionName: stepNames[row.action] ?? row.action,
    by: row.by ?? '系统',
    at: instantOf(row.at),
    reason: row.reason,
    details: detailsOf(row.body, owners),
  }))
}

/** How each value of a step is shown; what is not named here is not shown. */
const shown: Readonly<Record<string, { label: string; text?: (value: unknown, owners: Owners) => string }>> = {
  number: { label: '编号' },
  ownerNo: { label: '责任人', text: (no, owners) => owners.get(Number(no))?.name ?? '' },
  dueOn: { label: '完成时限', text: (day) => inChinese(String(day)) },
  remedies: { label: '整改措施' },
  report: { label: '办理结果' },
  verification: { label: '核验情况' },
  onSite: { label: '核验方式', text: (onSite) => (onSite === true ? '到现场核验' : '看材料核验') },
  waitingFor: { label: '在等什么' },
  waitedDays: { label: '累计等待天数' },
  escalatedTo: { label: '提醒到' },
  talkedToNo: { label: '约谈了谁', text: (no, owners) => owners.get(Number(no))?.name ?? '' },
  heldOn: { label: '约谈日期', text: (day) => inChinese(String(day)) },
  said: { label: '约谈内容' },
  demands: { label: '提出的要求' },
  remark: { label: '对方的说明' },
  to: { label: '交给' },
  revoked: { label: '撤销的是' },
  signedAs: { label: '签字身份' },
}

type Owners = ReadonlyMap<number, { name: string }>

function detailsOf(body: StepRow['body'], owners: Owners): { label: string; text: string }[] {
  return Object.entries(shown).flatMap(([key, { label, text }]) => {
    const value = body[key]
    if (!['string', 'number', 'boolean'].includes(typeof value)) return []
    return [{ label, text: text ? text(value, owners) : `${value as string | number | boolean}` }]
  })
}
