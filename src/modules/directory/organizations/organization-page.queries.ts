import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { committeeInOffice } from '../committees/committees.store.ts'
import { sizeHints } from '../committees/size.rules.ts'
import { committeeOn, staffOn } from '../persons/members.queries.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import { abilitiesOver } from './abilities.queries.ts'
import type { Organization, OrganizationKind, OrganizationPage } from './organizations.contract.ts'
import { pathOf } from './organizations.queries.ts'
import { isUnitsOwn } from './placement.rules.ts'

type Row = Organization & { readonly no: number; readonly successorName: string | null; readonly inScope: boolean }

/** The whole page of an organization on a day; outside the reader's scope it is not there. */
export async function organizationPageOn(
  read: Read,
  actor: Actor,
  asked: { id: string; asOf: CivilDate; today: CivilDate },
): Promise<OrganizationPage> {
  const { no, successorName, inScope, ...plain } = await rowOn(read, asked)
  if (!inScope) throw new Problem('directory.organization_not_found')
  const on = lastDay(plain, asked.asOf)
  const [path, history] = [await pathOf(read, no, on), await historyOf(read, no, successorName)]
  const { counts, kindsBelow } = await countsOn(read, no, on)
  const row = await committeeInOffice(read, no, on)
  const members = row ? await committeeOn(read, no, on) : []
  const hints = sizeHints({
    kind: plain.kind,
    fullMembers: counts.fullMembers,
    members: counts.fullMembers + counts.probationaryMembers,
    kindsBelow,
    committee: row && { ...row, size: members.length },
    today: on,
  })
  return {
    ...plain,
    path: path.map(({ id, name }) => ({ id, name })),
    history,
    counts,
    committee: row && {
      id: row.id,
      electedOn: row.electedOn,
      termYears: row.termYears,
      dueOn: row.dueOn,
      extendedTo: row.extendedTo,
      members: members.map(({ personId, name, duty }) => ({ personId, name, duty })),
    },
    posts: await postsOn(read, no, on),
    responsibilities: await responsibilitiesOn(read, no, on),
    hints: plain.dissolvedOn ? [] : hints,
    abilities: plain.dissolvedOn
      ? []
      : await abilitiesOf(read, actor, { no, kind: plain.kind, isTop: plain.parentId === null, today: asked.today }),
  }
}

const lastDay = (plain: Organization, asOf: CivilDate) =>
  plain.dissolvedOn !== null && plain.dissolvedOn <= asOf ? addDays(plain.dissolvedOn, -1) : asOf

async function rowOn(read: Read, asked: { id: string; asOf: CivilDate }): Promise<Row> {
  const { rows } =
    await sql<Row>`select o.no, o.id, n.name, n.short_name as "shortName", o.kind, parent.id as "parentId", o.position,
      o.established_on as "establishedOn", o.dissolved_on as "dissolvedOn", o.ends_on as "endsOn", s.name as "successorName",
      directory.reads_on(o.no, coalesce(o.dissolved_on - 1, ${asked.asOf}::date)) as "inScope"
    from directory.organizations o
    cross join lateral (select least(${asked.asOf}::date, o.dissolved_on - 1) as at) d
    join directory.organization_names n on n.organization_no = o.no and n.valid @> d.at
    left join directory.organization_edges e on e.organization_no = o.no and e.valid @> d.at
    left join directory.organizations parent on parent.no = e.parent_no
    left join directory.organizations_now s on s.no = o.successor_no
    where o.id = ${asked.id}`.execute(reading<'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('directory.organization_not_found')
  return row
}

async function historyOf(read: Read, no: number, successorName: string | null): Promise<{ on: CivilDate; what: string }[]> {
  const { rows } = await sql<{ on: CivilDate; kind: 'named' | 'placed' | 'ended'; text: string | null; first: boolean }>`
    select lower(n.valid) as "on", 'named' as kind, n.name as text, lower(n.valid) = o.established_on as first
      from directory.organization_names n join directory.organizations o on o.no = n.organization_no where o.no = ${no}
    union all
    select lower(e.valid), 'placed', coalesce(pn.name, p.name), lower(e.valid) = o.established_on
      from directory.organization_edges e join directory.organizations o on o.no = e.organization_no
      join directory.organizations_now p on p.no = e.parent_no
      left join directory.organization_names pn on pn.organization_no = p.no and pn.valid @> lower(e.valid) where o.no = ${no}
    union all select dissolved_on, 'ended', null, false from directory.organizations where no = ${no} and dissolved_on is not null
    order by 1, 2`.execute(reading<'directory'>(read))
  const ended = successorName ? `撤销，由“${successorName}”承接` : '撤销'
  return rows.map(({ on, kind, text, first }) => {
    if (kind === 'named') return { on, what: first ? `设立，名称为“${text}”` : `更名为“${text}”` }
    if (kind === 'placed') return { on, what: first ? `隶属“${text}”` : `改隶“${text}”` }
    return { on, what: ended }
  })
}

interface Counts {
  readonly counts: OrganizationPage['counts']
  readonly kindsBelow: OrganizationKind[]
}

async function countsOn(read: Read, no: number, on: CivilDate): Promise<Counts> {
  const people = await staffOn(read, no, on)
  const { rows } = await sql<{
    kind: OrganizationKind
    depth: number
  }>`select o.kind, a.depth from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no
    where a.ancestor_no = ${no} and a.depth > 0 and a.valid @> ${on}::date
      and o.established_on <= ${on}::date and (o.dissolved_on is null or o.dissolved_on > ${on}::date)`.execute(
    reading<'directory'>(read),
  )
  const branches = ['branch', 'joint_branch', 'temporary_branch']
  const count = (standing: string) => people.filter((one) => one.standing === standing).length
  const [fullMembers, probationaryMembers] = [count('full'), count('probationary')]
  return {
    counts: {
      fullMembers,
      probationaryMembers,
      others: people.length - fullMembers - probationaryMembers,
      branches: rows.filter((row) => branches.includes(row.kind)).length,
      below: rows.length,
    },
    kindsBelow: rows.filter((row) => row.depth === 1).map((row) => row.kind),
  }
}

async function postsOn(read: Read, no: number, on: CivilDate): Promise<OrganizationPage['posts']> {
  const { rows } = await sql<{ id: string; personId: string; name: string; post: PostCode; since: CivilDate; fullTime: boolean }>`
    select q.id, p.id as "personId", p.name, q.post, lower(q.valid) as since, q.full_time as "fullTime"
    from directory.posts q join directory.persons p on p.no = q.person_no
    where q.organization_no = ${no} and q.valid @> ${on}::date order by q.no`.execute(reading<'directory'>(read))
  const order = Object.keys(posts)
  return rows
    .toSorted((a, b) => order.indexOf(a.post) - order.indexOf(b.post))
    .map((row) => ({ ...row, postName: posts[row.post]?.name ?? row.post }))
}

async function responsibilitiesOn(read: Read, no: number, on: CivilDate): Promise<OrganizationPage['responsibilities']> {
  const { rows } = await sql<
    OrganizationPage['responsibilities'][number]
  >`select p.id as "personId", p.name, r.duty, lower(r.valid) as since
    from directory.responsibilities r join directory.persons p on p.no = r.person_no
    where r.organization_no = ${no} and r.valid @> ${on}::date
    order by array_position(array['first', 'direct', 'deputy', 'member'], r.duty), r.no`.execute(reading<'directory'>(read))
  return rows
}

/** What the reader may do here. Setting up below is offered where it is held; kinds are judged when it is done. */
async function abilitiesOf(
  read: Read,
  actor: Actor,
  over: { no: number; kind: OrganizationKind; isTop: boolean; today: CivilDate },
): Promise<string[]> {
  const all = await abilitiesOver(read, actor, { organizationNo: over.no, prefix: 'directory.', on: over.today })
  // The top of the tree has nowhere to go and nobody to succeed it.
  const ofPlace = ['move', 'merge', 'split', 'dissolve'].map((verb) => `directory.organization.${verb}`)
  const held = over.isTop ? all.filter((name) => !ofPlace.includes(name)) : all
  if (isUnitsOwn(over.kind) || held.includes('directory.organization.arrange')) return held
  const changes = ['rename', 'move', 'merge', 'split', 'dissolve'].map((verb) => `directory.organization.${verb}`)
  return held.filter((name) => !changes.includes(name))
}
