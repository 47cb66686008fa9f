import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { PaperFigure } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { caseAsked } from '../cases/case-page.queries.ts'
import { followerNo } from '../cases/case-owner.queries.ts'
import type { CasePage } from '../cases/cases.contract.ts'
import { findCase } from '../cases/cases.store.ts'
import type { Matter, Talk } from './paper-inputs.rules.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { declarePaperSource, type PaperSource } from './paper-sources.queries.ts'

interface Counted {
  readonly records: number
  readonly formula: string
  readonly document: string
}

/** Records that were counted for the obligation behind a case; null when there is none behind it. */
async function countedFor(read: Read, caseNo: number): Promise<Counted | null> {
  const { rows } = await sql<Counted>`select r.formula, d.title as document, (select count(*)::int from rulebook.evidence e
      join rulebook.periods q on q.no = c.period_no
      where e.year = q.year and e.organization_no = c.organization_no and e.period_no = c.period_no and e.requirement_no = c.requirement_no
        and e.subject_kind = c.subject_kind and e.subject_no = c.subject_no and e.reason is null) as records
    from supervision.cases c join rulebook.requirements r on r.no = c.requirement_no join rulebook.documents d on d.no = r.document_no
    where c.no = ${caseNo} and c.source = 'obligation'`.execute(reading<'supervision' | 'rulebook'>(read))
  return rows[0] ?? null
}

const clauseWords = (page: CasePage) => page.clauses.map((clause) => clause.code).join('、')

function overdueFigure(page: CasePage): PaperFigure | null {
  if (page.overdueDays === 0 || page.dueOn === null) return null
  const waited = page.waitedDays > 0 ? `，等上级的${page.waitedDays}天不计` : ''
  return {
    figure: String(page.overdueDays),
    note: `自完成时限${inChinese(page.dueOn)}的次日起算${waited}。出处：/cases/${page.id}`,
  }
}

function recordsFigure(page: CasePage, counted: Counted | null): PaperFigure | null {
  if (counted === null) return null
  const clauses = clauseWords(page)
  const basis = clauses ? `依据《${counted.document}》${clauses}。` : ''
  const note = `计算办法：${counted.formula.slice(0, 400)}${basis}计入${counted.records}条记录。出处：/cases/${page.id}`
  return { figure: String(counted.records), note }
}

const matterOf = (page: CasePage, counted: Counted | null): Matter => ({
  organization: page.organization.name,
  title: page.title,
  number: page.number,
  why: page.why || page.title,
  clauses: page.clauses,
  owner: page.owner?.name ?? null,
  dueOn: page.dueOn,
  remedies: page.remedies,
  overdue: overdueFigure(page),
  records: recordsFigure(page, counted),
  report: page.report,
  verification: page.verification,
})

/** The last talk that the other side has confirmed; null where there is none. */
async function talkOf(read: Read, caseNo: number): Promise<Omit<Talk, 'organization' | 'matter'> | null> {
  const { rows } = await sql<
    Omit<Talk, 'organization' | 'matter'>
  >`select t.held_on as "heldOn", coalesce(directory.account_name(t.talked_by), '－') as "talkedBy",
      p.name as "talkedTo", t.said, t.demands, t.remark
    from supervision.talks t join directory.persons p on p.no = t.talked_to_no
    where t.case_no = ${caseNo} and t.withdrawn_at is null and t.confirmed_at is not null order by t.no desc limit 1`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows[0] ?? null
}

function offersOf(page: CasePage, matter: Matter): PaperSource['offers'] {
  const { reminder, notice, rectification_list: list, closing } = paperKinds
  if (page.state === 'reminded') return { reminder: () => reminder.compose(matter) }
  if (page.state === 'closed') return { closing: () => closing.compose(matter) }
  if (page.state !== 'supervised') return {}
  return { notice: () => notice.compose(matter), ...(page.remedies && { rectification_list: () => list.compose(matter) }) }
}

declarePaperSource('case', async (read, id, asking) => {
  const stored = await findCase(read, id)
  if (!stored) throw new Problem('supervision.case_not_found')
  const page = await caseAsked(read, id, asking)
  const matter = matterOf(page, await countedFor(read, stored.no))
  const talk = await talkOf(read, stored.no)
  const { organization, title } = matter
  return {
    revision: stored.revision,
    issuerNo: await followerNo(read, stored.organizationNo),
    addresseeNos: [stored.organizationNo],
    offers: {
      ...offersOf(page, matter),
      ...(talk && { talk: () => paperKinds.talk.compose({ ...talk, organization, matter: title }) }),
    },
  }
})
