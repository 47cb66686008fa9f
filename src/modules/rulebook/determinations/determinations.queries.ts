import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { type CivilDate } from '../../../kernel/time/civil-date.ts'
import { recordsRelation } from '../engine/engine.measures.ts'
import { dutiesOf, spanOf } from '../obligations/obligations.queries.ts'
import { standingAbove, subjectOf } from '../obligations/subjects.queries.ts'
import type { DeterminationLine, DeterminationPage, listDeterminations, listMatters } from './determinations.contract.ts'
import { type DeterminationAction, determinationLifecycle } from './determinations.lifecycle.ts'
import { findDetermination, type Seen, type StoredDetermination } from './determinations.store.ts'

const db = (read: Read) => reading<'rulebook' | 'directory' | 'kernel'>(read)
const judgedByHand = z.object({ code: z.string() })

/** What is judged of an organization in a period, where the requirement binds it and is judged by hand. */
export async function matterOf(
  work: Work,
  asked: { requirement: string; organizationId: string; period: string },
): Promise<{ matter: string; title: string; organizationNo: number }> {
  const subject = await subjectOf(work.tx, asked.organizationId)
  const duties = await dutiesOf(work.tx, { subject, asOf: work.today, ...spanOf(asked.period) })
  const duty = duties.find((each) => each.requirement === asked.requirement && each.period === asked.period)
  if (!duty || duty.status === 'exempt') throw new Problem('rulebook.not_due_of_subject')
  const params = judgedByHand.safeParse(duty.measure.params)
  if (duty.measure.name !== 'rulebook.determinations' || !params.success) throw new Problem('rulebook.not_determined_by_hand')
  return { matter: params.data.code, title: duty.title, organizationNo: subject.no }
}

/** Requirements in force that are judged by hand, with the kinds of organization that they bind. */
export async function mattersNow(read: Read, today: CivilDate): Promise<z.output<(typeof listMatters)['reply']>> {
  const rows = await sql<z.output<(typeof listMatters)['reply']>['items'][number]>`select r.code, r.title, r.formula, r.cadence,
      array(select jsonb_array_elements_text(coalesce(r.subject -> 'kinds', '[]'))) as kinds
    from rulebook.requirements r where r.enabled and r.measure = 'rulebook.determinations' and r.valid @> ${today}::date order by r.code`.execute(
    db(read),
  )
  return { items: rows.rows, next: null }
}

/** Refuses what was seen outside the period or rests on what is not there. */
export async function checkSeen(read: Read, seen: Seen, within: { period: string; today: CivilDate }): Promise<void> {
  if (seen.seenOn > within.today || seen.seenOn < spanOf(within.period).from) {
    throw new Problem('rulebook.seen_outside', {
      errors: [{ field: 'seenOn', message: '日期不能早于这一期，也不能晚于今天。' }],
    })
  }
  for (const [index, id] of seen.fileIds.entries()) {
    const file = await db(read).selectFrom('kernel.files').select('no').where('id', '=', id).executeTakeFirst()
    if (!file)
      throw new Problem('rulebook.evidence_not_found', {
        errors: [{ field: `fileIds.${index}`, message: '这件材料没有上传成功。' }],
      })
  }
  for (const [index, record] of seen.records.entries()) {
    const { rows } =
      await sql`select 1 from (${recordsRelation()}) k where k.kind = ${record.kind} and k.id = ${record.id}`.execute(db(read))
    if (rows.length === 0)
      throw new Problem('rulebook.evidence_not_found', {
        errors: [{ field: `records.${index}.id`, message: '没有找到这条记录。' }],
      })
  }
}

const lineSql = sql`f.id, jsonb_build_object('code', f.requirement_code, 'title', coalesce((select r.title from rulebook.requirements r
    where r.code = f.requirement_code order by r.version desc limit 1), f.requirement_code)) as requirement,
  jsonb_build_object('id', o.id, 'name', n.name) as organization, p.name as period, f.met, f.state, f.manner, f.seen_on as "seenOn",
  f.stated_on as "statedOn", coalesce(directory.account_name(f.stated_by), '系统') as by, f.object_until as "objectUntil"`
const fromSql = sql`from rulebook.determinations f join rulebook.periods p on p.no = f.period_no join directory.organizations o on o.no = f.organization_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)`

type Asked = z.output<(typeof listDeterminations)['query']>

function filters(asked: Asked): RawBuilder<unknown> {
  const parts = [
    asked.under &&
      sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = f.organization_no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> f.seen_on))`,
    asked.requirement && sql`f.requirement_code = ${asked.requirement}`,
    asked.period && sql`p.name = ${asked.period}`,
    asked.state && sql`f.state = ${asked.state}`,
  ].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Determinations that the reader may see, the latest first; the cursor is the last one's id. */
export async function determinationsAsked(
  read: Read,
  asked: Asked,
): Promise<{ items: DeterminationLine[]; next: string | null; total: number }> {
  const beyond = asked.after ? sql`f.no < (select f.no from rulebook.determinations f where f.id = ${asked.after})` : sql`true`
  const rows = await sql<DeterminationLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by f.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.rows.slice(0, asked.limit)
  return { items, next: rows.rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

/** Who may not, whatever the role: another's determination is not corrected, one's own objection not decided. */
function barred(verb: DeterminationAction, actor: Actor, stored: StoredDetermination): boolean {
  const own = stored.statedBy === actor.accountNo
  if (verb === 'correct' || verb === 'withdraw') return !own
  return own || (verb === 'decide' && stored.objectedBy === actor.accountNo)
}

async function abilitiesAt(
  read: Read,
  actor: Actor,
  asked: { stored: StoredDetermination; today: CivilDate },
): Promise<string[]> {
  const { stored, today } = asked
  const above = await standingAbove(read, [stored.organizationNo])
  const may: string[] = []
  for (const verb of Object.keys(determinationLifecycle[stored.state]) as DeterminationAction[]) {
    if (barred(verb, actor, stored) || (verb === 'object' && today > stored.objectUntil)) continue
    const organizations = verb === 'object' ? [stored.organizationNo] : above
    if (await allowsAll(read, actor, { permission: `rulebook.determination.${verb}`, organizations })) may.push(verb)
  }
  return may
}

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(t)) from (${query}) t), '[]')`

/** Everything about one determination that the reader may see. */
export async function determinationPageOf(
  read: Read,
  actor: Actor,
  asked: { id: string; today: CivilDate },
): Promise<DeterminationPage> {
  const stored = await findDetermination(read, asked.id)
  if (!stored) throw new Problem('rulebook.determination_not_found')
  const page = await sql<DeterminationPage>`select ${lineSql}, f.revision, f.seen, f.objection, f.decision,
      directory.account_name(f.decided_by) as "decidedBy", f.state_reason as "stateReason",
      ${listed(sql`select k.id, k.name, k.bytes from rulebook.determination_evidence e join kernel.files k on k.id = e.reference
        where e.determination_no = f.no and e.kind = 'file' order by k.no`)} as files,
      ${listed(sql`select split_part(e.reference, ':', 1) as kind, split_part(e.reference, ':', 2) as id,
        (select k.title from (${recordsRelation()}) k where k.kind = split_part(e.reference, ':', 1) and k.id = split_part(e.reference, ':', 2)) as title
        from rulebook.determination_evidence e where e.determination_no = f.no and e.kind = 'record' order by 1, 2`)} as records
    ${fromSql} where f.no = ${stored.no}`.execute(db(read))
  const revisions = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from rulebook.determination_revisions r where r.determination_no = ${stored.no} order by r.revision`.execute(db(read))
  const [row] = page.rows
  if (!row) throw new Problem('rulebook.determination_not_found')
  return {
    ...row,
    revisions: revisions.rows.map(({ at, by, ...each }) => ({ ...each, recordedAt: instantOf(at), by: by ?? '系统' })),
    abilities: await abilitiesAt(read, actor, { stored, today: asked.today }),
  }
}
