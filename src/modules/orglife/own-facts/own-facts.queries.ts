import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { entryKinds } from '../entries/kinds.contract.ts'
import type { FactCorrection, listFactCorrections, listOwnFacts, OwnFact } from './own-facts.contract.ts'
import './own-facts.policy.ts'
import { factsOf } from './own-facts.store.ts'

type Listed<Item> = Promise<{ items: Item[]; next: string | null; total: number }>
const db = (read: Read) => reading<'orglife' | 'directory'>(read)

const nouns: Readonly<Record<string, { noun: string; collection: string }>> = {
  meeting: { noun: '会议', collection: 'meetings' },
  'work-record': { noun: '工作纪实', collection: 'work-records' },
  ...Object.fromEntries(entryKinds.map(({ code, noun, collection }) => [code, { noun, collection }])),
}
const shownOf = (kind: string, id: string) => {
  const { noun, collection } = nouns[kind] ?? { noun: kind, collection: `${kind}s` }
  return { noun, link: `/${collection}/${id}` }
}

/** What records say of the reader, the last first; her own alone. */
export async function ownFactsOf(read: Read, actor: Actor, asked: z.output<(typeof listOwnFacts)['query']>): Listed<OwnFact> {
  if (actor.personNo === null) return { items: [], next: null, total: 0 }
  const year = asked.year === undefined ? sql`true` : sql`extract(year from f.held_on) = ${asked.year}`
  const offset = Number(asked.after ?? 0) || 0
  const { rows } = await sql<
    Omit<OwnFact, 'noun' | 'link'> & { total: number }
  >`select f.kind, f.id, f.title, f.held_on as "heldOn", f.says,
      jsonb_build_object('id', h.id, 'name', n.name) as organization, (count(*) over ())::int as total,
      (select jsonb_build_object('id', c.id, 'state', c.state, 'text', c.text, 'outcome', c.outcome, 'answer', c.answer)
        from orglife.fact_corrections c where c.person_no = ${actor.personNo} and c.record_id = f.id order by c.no desc limit 1) as question
    from (${factsOf(actor.personNo)}) f join directory.organizations h on h.no = f.organization_no
    join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)
    where ${year} order by f.held_on desc, f.id limit ${asked.limit + 1} offset ${offset}`.execute(db(read))
  const items = rows.slice(0, asked.limit).map(({ total: _total, ...row }) => ({ ...row, ...shownOf(row.kind, row.id) }))
  return { items, next: rows.length > asked.limit ? String(offset + asked.limit) : null, total: rows[0]?.total ?? 0 }
}

/** Requests that the reader made or has to answer. */
export async function factCorrectionsAsked(
  read: Read,
  actor: Actor,
  asked: z.output<(typeof listFactCorrections)['query']>,
): Listed<FactCorrection> {
  const keeps = sql`${`{${organizationsFor(actor, 'orglife.fact.answer').join(',')}}`}::bigint[]`
  const where = sql`(${asked.state ?? null}::text is null or c.state = ${asked.state ?? null})`
  const beyond = asked.after ? sql`c.no < (select a.no from orglife.fact_corrections a where a.id = ${asked.after})` : sql`true`
  const { rows } = await sql<
    Omit<FactCorrection, 'noun' | 'link' | 'title'> & { kind: string; record: string }
  >`select c.id, c.state, c.text,
      c.outcome, c.answer, c.asked_on as "askedOn", c.record_kind as kind, c.record_id as record,
      jsonb_build_object('id', p.id, 'name', p.name) as person, jsonb_build_object('id', h.id, 'name', n.name) as organization,
      (c.state = 'asked' and c.person_no is distinct from ${actor.personNo}::bigint and exists (select 1 from directory.organization_ancestry a
        where a.organization_no = c.organization_no and upper_inf(a.valid) and a.ancestor_no = any (${keeps}))) as "mayAnswer"
    from orglife.fact_corrections c join directory.persons p on p.no = c.person_no join directory.organizations h on h.no = c.organization_no
    join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)
    where ${where} and ${beyond} order by c.no desc limit ${asked.limit + 1}`.execute(db(read))
  const count = await sql<{
    total: number
  }>`select count(*)::int as total from orglife.fact_corrections c where ${where}`.execute(db(read))
  const items = rows.slice(0, asked.limit).map(({ kind, record, ...row }) => {
    const shown = shownOf(kind, record)
    return { ...row, ...shown, title: `${shown.noun}记录` }
  })
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: count.rows[0]?.total ?? 0 }
}

const kind = 'orglife.fact_corrections'

declareWorkItems({
  kind,
  list: async (read, actor) => {
    const own = organizationsFor(actor, 'orglife.fact.answer')
    if (own.length === 0) return []
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count from orglife.fact_corrections c where c.state = 'asked'
      and c.organization_no = any (${`{${own.join(',')}}`}::bigint[]) and c.person_no is distinct from ${actor.personNo}::bigint`.execute(
      db(read),
    )
    const count = rows[0]?.count ?? 0
    if (count === 0) return []
    const link = '/my-facts?tab=corrections'
    return [
      { id: kind, kind, title: `有 ${count} 份记录更正申请请答复`, detail: '', due: null, tone: 'info' as const, link, count },
    ]
  },
})
