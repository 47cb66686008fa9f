import type { Pool } from 'pg'

/** Raw rows as they lie in the tables, dates as text; nothing of the engine is used to read them. */
export interface Facts {
  readonly rules: readonly Rule[]
  readonly organizations: readonly Organization[]
  readonly edges: readonly Edge[]
  readonly memberships: readonly Membership[]
  readonly committees: readonly { org: number; elected: string; ended: string | null }[]
  readonly posts: readonly Post[]
  readonly meetings: readonly Meeting[]
  readonly works: readonly WorkRecord[]
  readonly entries: readonly Entry[]
  readonly since: string
}

export interface Rule {
  readonly no: number
  readonly code: string
  readonly strength: string
  readonly subject: {
    readonly kinds?: readonly string[]
    readonly post?: { readonly code: string; readonly at: readonly string[] }
    readonly where?: Readonly<Record<string, boolean | number>>
    readonly exempt?: readonly string[]
  }
  readonly cadence: string
  readonly offset: number
  readonly grace: number
  readonly measure: string
  readonly params: Readonly<Record<string, unknown>>
  readonly target: { readonly at_least?: number; readonly ratio_at_least?: number }
  readonly late: string
  readonly from: string
  readonly to: string | null
}

export interface Organization {
  readonly no: number
  readonly id: string
  readonly kind: string
  readonly established: string
  readonly ended: string | null
}
interface Span {
  readonly from: string | null
  readonly to: string | null
}
export interface Edge extends Span {
  readonly org: number
  readonly parent: number
}
export interface Membership extends Span {
  readonly org: number
  readonly standing: string
}
export interface Post extends Span {
  readonly org: number
  readonly person: number
  readonly code: string
}
export interface Meeting {
  readonly kinds: readonly string[]
  readonly held: string
  readonly recorded: string
  readonly first: string | null
  readonly speaker: number | null
  readonly at: readonly {
    readonly org: number
    readonly eligible: number
    readonly present: number
    readonly committee: number
    readonly committeePresent: number
    readonly expected: number
    readonly came: number
  }[]
}
export interface WorkRecord {
  readonly held: string
  readonly recorded: string
  readonly tags: readonly { readonly tag: string; readonly category: string | null }[]
  readonly at: readonly number[]
  readonly persons: readonly number[]
}

export interface Entry {
  readonly kind: string
  readonly labels: readonly string[]
  readonly held: string
  readonly recorded: string
  readonly at: readonly number[]
  readonly persons: readonly number[]
}

const statements = {
  rules: `select no, code, strength, subject, cadence, due_offset_days as "offset", grace_days as grace, measure, params, target, late_counts as late,
    lower(valid)::text as "from", upper(valid)::text as "to" from rulebook.requirements where enabled and awaits is null order by no`,
  organizations:
    'select no::int, id, kind, established_on::text as established, dissolved_on::text as ended from directory.organizations',
  edges:
    'select organization_no::int as org, parent_no::int as parent, lower(valid)::text as "from", upper(valid)::text as "to" from directory.organization_edges',
  memberships:
    'select organization_no::int as org, standing, lower(valid)::text as "from", upper(valid)::text as "to" from directory.memberships',
  committees: `select organization_no::int as org, elected_on::text as elected, ended_on::text as ended from directory.committees where kind = 'committee'`,
  posts:
    'select organization_no::int as org, person_no::int as person, post as code, lower(valid)::text as "from", upper(valid)::text as "to" from directory.posts',
  meetings: `select m.kinds, m.held_on::text as held, m.recorded_on::text as recorded, m.first_category as first, m.speaker_no::int as speaker,
    (select jsonb_agg(jsonb_build_object('org', o.organization_no, 'eligible', o.eligible, 'present', o.eligible_present,
      'committee', o.committee_expected, 'committeePresent', o.committee_present,
      'expected', o.expected, 'came', o.present)) from orglife.meeting_organizations o where o.meeting_no = m.no) as at
    from orglife.meetings m where m.state = 'recorded'`,
  works: `select w.held_on::text as held, w.recorded_on::text as recorded,
    (select jsonb_agg(jsonb_build_object('tag', t.tag, 'category', t.category)) from orglife.work_record_tags t where t.record_no = w.no) as tags,
    (select jsonb_agg(o.organization_no) from orglife.work_record_organizations o where o.record_no = w.no) as at,
    coalesce((select jsonb_agg(p.person_no) from orglife.work_record_persons p where p.record_no = w.no), '[]') as persons
    from orglife.work_records w where w.state = 'recorded'`,
  entries: `select e.kind, e.labels, e.held_on::text as held, e.recorded_on::text as recorded,
    (select jsonb_agg(o.organization_no) from orglife.entry_organizations o where o.entry_no = e.no) as at,
    coalesce((select jsonb_agg(p.person_no) from orglife.entry_persons p where p.entry_no = e.no), '[]') as persons
    from orglife.entries e where e.state = 'recorded'`,
} as const

export async function readFacts(pool: Pool): Promise<Facts> {
  const read = async (statement: string) => (await pool.query(statement)).rows
  const since = await read(`select value from kernel.settings where name = 'rulebook.figures_from'`)
  const relieved = await read(
    'select 1 from rulebook.exemptions union all select 1 from rulebook.reliefs union all select 1 from rulebook.declarations',
  )
  if (relieved.length > 0) throw new Error('decided reliefs and declarations are not recomputed here: use a city without them')
  const found = await Promise.all(
    Object.entries(statements).map(async ([name, statement]) => [name, await read(statement)] as const),
  )
  return { ...(Object.fromEntries(found) as unknown as Omit<Facts, 'since'>), since: String(since[0]?.value) }
}
