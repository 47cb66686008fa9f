import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { before, cursorAt, reaching, recordSteps, type Shown, underId, within } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import type { LocalRuleLine, LocalRulePage } from './local-rules.contract.ts'
import {
  type LocalRuleKind,
  localRuleKinds,
  localRuleLife,
  type LocalRuleState,
  localRuleStates,
  localRuleVerbs,
  type OriginKind,
} from './local-rules.lifecycle.ts'
import { originTitle } from './rule-origins.queries.ts'

interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** What the register can be narrowed by; without a state it holds what is in force. */
export interface LocalRulesAsked {
  readonly under?: string | undefined
  readonly state?: LocalRuleState | undefined
  readonly kind?: LocalRuleKind | undefined
  readonly due?: 'soon' | 'over' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Days before its day on which a review is spoken of. */
export const reviewNotice = 30
const yes = sql<boolean>`true`
const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Rules `l` whose review is due soon or has been missed. */
export const reviewAwaited = (today: CivilDate) =>
  sql<boolean>`(l.state = 'in_force' and l.review_on <= ${addDays(today, reviewNotice)}::date)`

function dueBy(due: 'soon' | 'over' | undefined, today: CivilDate) {
  if (due === undefined) return yes
  return due === 'over' ? sql<boolean>`l.review_on < ${today}::date` : reviewAwaited(today)
}

/** Rules `l` of the organizations that the reader's roles reach, and of those above them: these hold for the reader too. */
function readable(actor: Actor) {
  const tops = organizationsFor(actor, 'supervision.local_rule.read')
  return sql<boolean>`(${within(actor, 'supervision.local_rule.read', 'l.organization_no')} or exists (
    select 1 from directory.organization_ancestry u where u.ancestor_no = l.organization_no
      and u.organization_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(u.valid)))`
}

const matching = (
  asked: Omit<LocalRulesAsked, 'after' | 'limit'>,
  { actor, today }: Asking,
) => sql<boolean>`${readable(actor)} and ${underId(asked.under, 'l.organization_no')}
    and l.state = ${asked.state ?? 'in_force'} and ${asked.kind ? sql<boolean>`l.kind = ${asked.kind}` : yes}
    and ${dueBy(asked.due, today)}
    and ${asked.text ? sql<boolean>`(l.title like ${contains(asked.text)} or l.number like ${contains(asked.text)})` : yes}`

interface RuleRow extends Omit<LocalRuleLine, 'organization'> {
  readonly no: number
  readonly organizationId: string
  readonly organizationName: string
}

const columns = (today: CivilDate) => sql`l.no, l.id, l.title, l.number, l.kind, l.state, l.in_force_from as "inForceFrom",
  l.review_on as "reviewOn", l.state = 'in_force' and l.review_on < ${today}::date as "reviewDue", o.id as "organizationId", o.name as "organizationName"`
const tables = sql`supervision.local_rules l join directory.organizations_now o on o.no = l.organization_no`

const lineOf = (row: RuleRow): LocalRuleLine => ({
  id: row.id,
  title: row.title,
  number: row.number,
  kind: row.kind,
  state: row.state,
  organization: { id: row.organizationId, name: row.organizationName },
  inForceFrom: row.inForceFrom,
  reviewOn: row.reviewOn,
  reviewDue: row.reviewDue,
})

/** One page of the register, the newest first; the first page says how many there are. */
export async function localRulesAsked(read: Read, asked: LocalRulesAsked, asking: Asking) {
  const db = reading<'supervision' | 'directory'>(read)
  const match = matching(asked, asking)
  const { rows } =
    await sql<RuleRow>`select ${columns(asking.today)} from ${tables} where ${match} and ${before(asked.after, 'l.no')}
    order by l.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const next = rows.length > asked.limit && last ? cursorAt(last.no) : null
  if (asked.after !== undefined) return { items: page.map(lineOf), next }
  const counted = await sql<{
    total: number
  }>`select count(*)::int as total from supervision.local_rules l where ${match}`.execute(db)
  return { items: page.map(lineOf), next, total: counted.rows[0]?.total ?? 0 }
}

const dayShown = (day: unknown) => inChinese(String(day))
const shown: Shown = {
  kind: { label: '类别', text: (kind) => localRuleKinds[kind as LocalRuleKind] ?? '' },
  title: { label: '名称' },
  number: { label: '文号' },
  inForceFrom: { label: '施行日期', text: dayShown },
  reviewOn: { label: '下次复核', text: dayShown },
}

interface PageRow extends RuleRow {
  readonly organizationNo: number
  readonly revision: number
  readonly gist: string | null
  readonly repealedOn: CivilDate | null
  readonly originKind: OriginKind | null
  readonly originId: string | null
  readonly fileId: string | null
  readonly fileName: string | null
}

async function reviewsOf(read: Read, ruleNo: number): Promise<LocalRulePage['reviews']> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.local_rule_reviews')
    .select(['due_on as dueOn', 'done_on as doneOn', 'outcome'])
    .where('rule_no', '=', ruleNo)
    .orderBy('no')
    .execute()
  return rows.map((row) => ({ ...row, outcome: row.outcome as LocalRulePage['reviews'][number]['outcome'] }))
}

/** The page of one rule: where it came from, and each review. */
export async function localRuleAsked(read: Read, id: string, { actor, today }: Asking): Promise<LocalRulePage> {
  const { rows } = await sql<PageRow>`select ${columns(today)}, l.organization_no as "organizationNo", l.revision, l.gist,
      l.repealed_on as "repealedOn", l.origin_kind as "originKind", l.origin_id as "originId", f.id as "fileId", f.name as "fileName"
    from ${tables} left join kernel.files f on f.id = l.file_id
    where l.id = ${id} and ${readable(actor)}`.execute(reading<'supervision' | 'directory' | 'kernel'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.local_rule_not_found')
  const reaches = await reaching(read, actor, row.organizationNo)
  const { originKind, originId, fileId, fileName } = row
  const origin = originKind !== null && originId !== null ? { kind: originKind, id: originId } : null
  return {
    ...lineOf(row),
    revision: row.revision,
    gist: row.gist,
    repealedOn: row.repealedOn,
    origin: origin && { ...origin, title: await originTitle(read, origin) },
    file: fileId !== null && fileName !== null ? { id: fileId, name: fileName } : null,
    reviews: await reviewsOf(read, row.no),
    steps: await recordSteps(read, { kind: 'local_rule', no: row.no }, { verbs: { ...localRuleVerbs, enter: '登记' }, shown }),
    abilities: possible(localRuleLife, row.state).filter((verb) => reaches(`supervision.local_rule.${verb}`)),
    notices: row.reviewDue ? [`复核日期${inChinese(row.reviewOn)}已过，请复核、修订或废止。`] : [],
  }
}

const sheetColumns = [
  { title: '制度', width: 48 },
  { title: '文号', width: 20 },
  { title: '类别', width: 14 },
  { title: '状态', width: 10 },
  { title: '制定单位', width: 28 },
  { title: '施行日期', width: 12 },
  { title: '复核日期', width: 12 },
] as const

/** The asked rules as a sheet, up to 20,000 lines. */
export async function localRuleSheet(
  read: Read,
  asked: Omit<LocalRulesAsked, 'after' | 'limit'>,
  asking: Asking,
): Promise<OutSheet> {
  const lines: LocalRuleLine[] = []
  let after: string | undefined
  do {
    const page = await localRulesAsked(read, { ...asked, after, limit: 500 }, asking)
    lines.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && lines.length < 20_000)
  const rows = lines.map((line) => [
    line.title,
    line.number,
    localRuleKinds[line.kind],
    localRuleStates[line.state],
    line.organization.name,
    line.inForceFrom,
    line.reviewOn,
  ])
  return { name: '制度', columns: sheetColumns, rows }
}
