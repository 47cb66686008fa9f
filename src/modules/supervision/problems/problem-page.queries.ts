import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { reaching, recordSteps, type Shown } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import { workingDayAfter } from '../../directory/index.ts'
import { likest } from './likeness.rules.ts'
import type { ProblemPage } from './problems.contract.ts'
import { problemLife, problemVerbs, type ProblemVerb } from './problems.lifecycle.ts'
import { type Asking, problemColumns, problemLines, problemTables, readableProblem } from './problems.queries.ts'
import { daysForRaiser, isHand } from './problems.rules.ts'

type Earlier = NonNullable<ProblemPage['earlier']>
type Line = Parameters<typeof problemLines>[1][number]

interface PageRow extends Line {
  readonly organizationNo: number
  readonly revision: number
  readonly description: string
  readonly raisedBy: number | null
  readonly rectifiedBy: number | null
  readonly remedies: string | null
  readonly rectification: string | null
  readonly verification: string | null
  readonly verifiedOn: string | null
  readonly recursOf: number | null
  readonly finding: ProblemPage['finding']
}

const shown: Shown = {
  remedies: { label: '整改措施' },
  number: { label: '督办编号' },
  escalatedTo: { label: '提醒到' },
  dueOn: { label: '完成时限', text: (day) => inChinese(String(day)) },
  rectification: { label: '整改结果' },
  verification: { label: '核验情况' },
  onSite: { label: '核验方式', text: (onSite) => (onSite === true ? '到现场核验' : '看材料核验') },
}

/** The page of one problem: what was found, what was done, what it resembles, who may do what now. */
export async function problemAsked(read: Read, id: string, asking: Asking): Promise<ProblemPage> {
  const { rows } =
    await sql<PageRow>`select ${problemColumns(asking.today)}, p.organization_no as "organizationNo", p.revision, p.description,
      p.raised_by as "raisedBy", p.rectified_by as "rectifiedBy", p.remedies, p.rectification, p.verification, p.verified_on as "verifiedOn",
      p.recurs_of as "recursOf", (select jsonb_build_object('id', f.id, 'inspectionId', i.id, 'inspection', i.title)
        from supervision.findings f join supervision.inspections i on i.no = f.inspection_no where f.no = p.finding_no) as finding
    from ${problemTables} where p.id = ${id} and ${readableProblem(asking.actor)}`.execute(
      reading<'supervision' | 'directory'>(read),
    )
  const row = rows[0]
  const [line] = await problemLines(read, row ? [row] : [])
  if (!row || !line) throw new Problem('supervision.problem_not_found')
  const offered = await offeredOf(read, row, asking)
  const { revision, description, remedies, rectification, verification } = row
  return {
    ...line,
    revision,
    description,
    anonymous: row.raisedBy === null,
    remedies,
    rectification,
    verification,
    ...(await relatives(read, row, { asking, links: offered.abilities.includes('link') })),
    finding: row.finding,
    caseId: await caseOfProblem(read, row.no),
    steps: await recordSteps(
      read,
      { kind: 'problem', no: row.no },
      { verbs: { ...problemVerbs, raise: '提出', escalate: '逐级提醒', hand_over: '移交承接组织' }, shown },
    ),
    ...offered,
  }
}

async function relatives(read: Read, row: PageRow, { asking, links }: { asking: Asking; links: boolean }) {
  const { rows } = await sql<
    Earlier & { no: number; description: string; recursOf: number | null }
  >`select p.no, p.id, p.title, p.state,
      p.raised_on as "raisedOn", p.description, p.recurs_of as "recursOf"
    from supervision.problems p where p.no <> ${row.no} and ${readableProblem(asking.actor)} and (p.no = ${row.recursOf}::bigint
      or p.recurs_of = ${row.no} or exists (select 1 from directory.organization_ancestry a
        join directory.organization_ancestry b on b.ancestor_no = a.ancestor_no and b.organization_no = p.organization_no and upper_inf(b.valid)
        join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'
        where a.organization_no = ${row.organizationNo} and upper_inf(a.valid)) or p.organization_no = ${row.organizationNo})
    order by p.no desc limit 300`.execute(reading<'supervision' | 'directory'>(read))
  const plain = ({ id, title, state, raisedOn }: Earlier): Earlier => ({ id, title, state, raisedOn })
  const earlier = rows.find((one) => one.no === row.recursOf)
  const before = rows.filter((one) => one.no < row.no)
  return {
    earlier: earlier ? plain(earlier) : null,
    later: rows.filter((one) => one.recursOf === row.no).map(plain),
    alike: links && !earlier ? likest(row, before).map(plain) : [],
  }
}

/** What the page offers the reader, and why something that the state allows is not theirs. */
async function offeredOf(read: Read, row: PageRow, { actor, today }: Asking) {
  const reaches = await reaching(read, actor, row.organizationNo)
  const raised = row.raisedBy !== null && row.raisedBy === actor.accountNo
  const until = row.verifiedOn === null ? null : await workingDayAfter(read, row.verifiedOn, daysForRaiser)
  const hand = isHand(row, actor)
  const verifies = reaches('supervision.problem.verify')
  const own: Partial<Record<ProblemVerb, boolean>> = {
    report: isOwner(row, actor) || reaches('supervision.problem.answer'),
    confirm: raised,
    dispute: raised,
    verify: verifies && !hand,
    close: reaches('supervision.problem.close') && until !== null && today > until,
    reinstate: false,
  }
  const now = possible(problemLife, row.state)
  const abilities = now.filter((verb) => own[verb] ?? reaches(`supervision.problem.${verb}`))
  const barred = now.includes('verify') && verifies && hand
  return { abilities, notices: noticesOf({ barred, until: row.state === 'verified' && !raised ? until : null }) }
}

const isOwner = (row: PageRow, { personNo }: Asking['actor']) => row.ownerNo !== null && row.ownerNo === personNo

function noticesOf({ barred, until }: { barred: boolean; until: string | null }): string[] {
  const notices = barred ? ['您是责任人或报告整改的人，核验须由其他人办理。'] : []
  if (until !== null) notices.push(`在等反映人确认；${inChinese(until)}之后没有回音，可以说明理由销号。`)
  return notices
}

async function caseOfProblem(read: Read, problemNo: number): Promise<string | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.cases')
    .select('id')
    .where('problem_no', '=', problemNo)
    .orderBy('no', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}
