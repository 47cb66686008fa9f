import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { holds, organizationsFor, permissionRule } from '../access/permissions.ts'
import { type Read, reading } from '../database/handles.ts'
import { type SearchSource, searchSources } from './registry.ts'

export interface Place {
  readonly day: string
  readonly no: string
  readonly kind: string
}

export interface Found {
  readonly kind: string
  readonly noun: string
  readonly id: string
  readonly title: string
  readonly organization: string | null
  readonly happenedOn: string
  /** The first word found outside the title, with what stands around it. */
  readonly around: string | null
  readonly link: string
}

interface Candidate {
  readonly kind: string
  readonly no: string
  readonly day: string
}

/** Kinds that the reader may search. */
export function searchedBy(actor: Actor): SearchSource[] {
  return searchSources().filter(({ permission }) => holds(actor, permission))
}

/** Words of a query: lower case, each of two characters or more. */
export function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => [...word].length >= 2),
    ),
  ].slice(0, 8)
}

async function candidates(
  read: Read,
  asked: { words: string[]; kinds: string[]; after: Place | null; most: number },
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`select kind, record_no::text as no, happened_on::text as day
    from kernel.found(${asked.words}::text[], ${asked.kinds}::text[], ${asked.after?.day ?? null}::date, ${asked.after?.no ?? null}::bigint,
      ${asked.after?.kind ?? null}, ${asked.most})`.execute(reading<'kernel'>(read))
  return rows
}

/** True of what lies where the reader holds the kind's permission; where everybody does, row-level security alone decides. */
function permitted(actor: Actor, permission: string): RawBuilder<unknown> {
  if (permissionRule(permission).everybody) return sql`true`
  const tops = `{${organizationsFor(actor, permission).join(',')}}`
  return sql`(s.organization_nos = '{}' or exists (select 1 from directory.organization_ancestry a
    where a.organization_no = any (s.organization_nos) and a.ancestor_no = any (${tops}::bigint[])))`
}

/** Of some candidates of a kind those that the reader sees, as row-level security shows them. */
async function shown(
  read: Read,
  source: SearchSource,
  asked: { actor: Actor; nos: string[]; words: string[] },
): Promise<Map<string, Found>> {
  const { rows } = await sql<Omit<Found, 'noun' | 'link' | 'kind'> & { no: string }>`
    select s.no::text as no, s.id, s.title, n.name as organization, s.happened_on::text as "happenedOn",
      case when a.at > 0 then substr(t.words, greatest(1, a.at - 18), 60) end as around
    from (${source.source}) s
    cross join lateral (select regexp_replace(coalesce(s.words, ''), '\\s+', ' ', 'g') as words) t
    cross join lateral (select coalesce(min(nullif(position(w in lower(t.words)), 0)), 0) as at from unnest(${asked.words}::text[]) w
      where position(w in lower(s.title)) = 0) a
    left join directory.organization_names n on n.organization_no = s.organization_nos[1] and upper_inf(n.valid)
    where s.no = any (${`{${asked.nos.join(',')}}`}::bigint[]) and ${permitted(asked.actor, source.permission)}`.execute(
    reading<'kernel' | 'directory'>(read),
  )
  return new Map(rows.map(({ no, ...row }) => [no, { ...row, kind: source.kind, noun: source.noun, link: source.link(row.id) }]))
}

async function seen(read: Read, sources: readonly SearchSource[], asked: { actor: Actor; found: Candidate[]; words: string[] }) {
  const byKind = Map.groupBy(asked.found, ({ kind }) => kind)
  const answer = new Map<string, Found>()
  for (const [kind, of] of byKind) {
    const source = sources.find((one) => one.kind === kind)
    if (!source) continue
    for (const [no, found] of await shown(read, source, { ...asked, nos: of.map(({ no: one }) => one) }))
      answer.set(`${kind}:${no}`, found)
  }
  return answer
}

const portion = 60
const mostPortions = 8

/** What the reader may see of what was asked, newest first, and where to go on. */
export async function find(
  read: Read,
  actor: Actor,
  asked: { words: string[]; kind: string | undefined; after: Place | null; limit: number },
): Promise<{ items: Found[]; next: Place | null }> {
  const sources = searchedBy(actor).filter(({ kind }) => asked.kind === undefined || kind === asked.kind)
  const kinds = sources.map(({ kind }) => kind)
  const items: Found[] = []
  let after = asked.after
  for (let portions = 0; portions < mostPortions && kinds.length > 0; portions++) {
    const found = await candidates(read, { words: asked.words, kinds, after, most: portion })
    const visible = await seen(read, sources, { actor, found, words: asked.words })
    for (const { kind, no, day } of found) {
      const item = visible.get(`${kind}:${no}`)
      if (item) items.push(item)
      after = { kind, no, day }
      if (items.length === asked.limit) return { items, next: after }
    }
    if (found.length < portion) return { items, next: null }
  }
  return { items, next: after }
}
