import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { holdsOver } from '../request-reports/request-scope.queries.ts'
import type { CheckedQuestion, CheckLine, CheckPage } from './political-checks.contract.ts'
import { type CheckAction, checkLifecycle, type CheckState } from './political-checks.lifecycle.ts'
import './political-checks.policy.ts'
import { findCheck, questionsOf, type StoredCheck } from './political-checks.store.ts'

const db = (read: Read) => reading<'orglife' | 'directory'>(read)
const columns = sql`c.id, json_build_object('id', o.id, 'name', o.name) as organization, json_build_object('id', b.id, 'name', b.name) as by,
  c.period_from as "from", c.period_to as "to", c.state, c.started_on as "startedOn", c.concluded_on as "concludedOn", c.answered_on as "answeredOn"`
const from = sql`from orglife.political_checks c join directory.organizations_now o on o.no = c.organization_no
  join directory.organizations_now b on b.no = c.by_no`
const readable = (actor: Actor) => holdsOver(actor, 'orglife.political_check.read', sql`c.organization_no`)

export interface ChecksAsked {
  readonly under?: string | undefined
  readonly state?: CheckState | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Checks that the reader may see, the latest first. */
export async function checksAsked(
  read: Read,
  asked: ChecksAsked,
  actor: Actor,
): Promise<{ items: CheckLine[]; next: string | null; total?: number }> {
  const start = offsetOf(asked.after)
  const under = asked.under
    ? sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = c.organization_no and upper_inf(a.valid) and u.id = ${asked.under})`
    : sql`true`
  const { rows } = await sql<CheckLine & { total: number }>`select ${columns}, count(*) over ()::int as total ${from}
    where ${readable(actor)} and ${under} and ${asked.state ? sql`c.state = ${asked.state}` : sql`true`}
    order by c.started_on desc, c.no desc limit ${asked.limit} offset ${start}`.execute(db(read))
  return offsetPage(rows, start)
}

/** Words that are still being written are the checkers' alone. */
const unwritten = (question: CheckedQuestion): CheckedQuestion => ({ ...question, verdict: null, finding: null })

/** What the reader may do now; whoever checks does not answer. */
async function abilitiesOf(read: Read, check: StoredCheck, actor: Actor): Promise<CheckAction[]> {
  const may = (verb: CheckAction, organizations: number[]) =>
    allowsAll(read, actor, { permission: `orglife.political_check.${verb}`, organizations })
  const abilities: CheckAction[] = []
  for (const verb of Object.keys(checkLifecycle[check.state]) as CheckAction[]) {
    const able =
      verb === 'answer'
        ? (await may(verb, [check.organizationNo])) && !(await may(verb, [check.byNo]))
        : await may(verb, [check.organizationNo, check.byNo])
    if (able) abilities.push(verb)
  }
  return abilities
}

type Row = Omit<CheckPage, 'questions' | 'steps' | 'abilities'>

/** One check with its checklist, what was found, said and answered. */
export async function checkPageOf(read: Read, id: string, actor: Actor): Promise<CheckPage> {
  const check = await findCheck(read, id)
  const { rows } = await sql<Row>`select ${columns}, c.revision, c.filled_on as "filledOn", c.conclusion, c.answer,
      c.withdraw_reason as "withdrawReason" ${from} where c.id = ${id} and ${readable(actor)}`.execute(db(read))
  const [row] = rows
  if (!check || !row) throw new Problem('orglife.political_check_not_found')
  const steps = await sql<{
    said: string
    by: string | null
    at: Date
  }>`select s.said, directory.account_name(s.acted_by) as by, s.acted_at as at
    from orglife.political_check_steps s where s.check_no = ${check.no} order by s.revision`.execute(db(read))
  const abilities = await abilitiesOf(read, check, actor)
  const questions = await questionsOf(read, check.no)
  const checks = await allowsAll(read, actor, {
    permission: 'orglife.political_check.find',
    organizations: [check.organizationNo, check.byNo],
  })
  return {
    ...row,
    questions: check.concludedOn !== null || checks ? questions : questions.map(unwritten),
    steps: steps.rows.map(({ said, by, at }) => ({ said, by: by ?? '系统', at: instantOf(at) })),
    abilities,
  }
}

const kind = 'orglife.political_checks'

/** What was fed back and waits for a word of those who were checked. */
declareWorkItems({
  kind,
  list: async (read, actor) => {
    const answer = 'orglife.political_check.answer'
    const { rows } = await sql<{
      id: string
      by: string
      total: number
    }>`select c.id, b.name as by, count(*) over ()::int as total ${from}
      where c.state = 'concluded' and ${holdsOver(actor, answer, sql`c.organization_no`)} and not ${holdsOver(actor, answer, sql`c.by_no`)}
      order by c.concluded_on, c.no limit 1`.execute(db(read))
    return rows.map(({ id, by, total }) => ({
      id: kind,
      kind,
      title: total === 1 ? `${by}的专项考察已经反馈` : `${total} 次专项考察已经反馈`,
      detail: '请看结论，写一段回复',
      due: null,
      tone: 'soon' as const,
      count: total,
      link: total === 1 ? `/political-checks/${id}` : '/political-checks?state=concluded',
    }))
  },
})
