import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { allowsAll, type Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { StoredInspection } from './inspections.store.ts'

type Db = 'supervision' | 'directory'

/**
 * The organization from which the actor sends a visit: the highest one above the visited at which they may plan, so that nobody between
 * learns of an unannounced one. Throws `supervision.visits_from_above` where there is none.
 */
export async function sentFrom(work: Work, organizationNo: number, field: string): Promise<number> {
  const tops = organizationsFor(work.actor, 'supervision.inspection.plan')
  const { rows } = await sql<{ no: number }>`select a.ancestor_no as no from directory.organization_ancestry a
    where a.organization_no = ${organizationNo} and a.depth > 0 and upper_inf(a.valid) and a.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[])
    order by a.depth desc limit 1`.execute(reading<Db>(work.tx))
  const own = await sql<{ own: boolean }>`select supervision.is_of(${organizationNo}) as own`.execute(reading<Db>(work.tx))
  if (!rows[0] || own.rows[0]?.own)
    throw new Problem('supervision.visits_from_above', {
      errors: [{ field, message: '请选下级组织；自己所在的组织由上级检查。' }],
    })
  return rows[0].no
}

/** Inner numbers of the inspectors; whoever belongs to a visited organization, or stands under it, does not inspect it. */
export async function inspectorsOf(work: Work, ids: readonly string[], organizationNos: readonly number[]): Promise<number[]> {
  const rows = await asEngine(work.tx, async () => {
    const found = await sql<{ id: string; no: number; own: boolean }>`select p.id, p.no, exists (
        select 1 from directory.organization_ancestry a where a.ancestor_no = any (${`{${organizationNos.join(',')}}`}::bigint[]) and upper_inf(a.valid)
          and a.organization_no in (select p.home_no
            union all select m.organization_no from directory.memberships m where m.person_no = p.no and upper_inf(m.valid)
            union all select t.organization_no from directory.posts t where t.person_no = p.no and upper_inf(t.valid))) as own
      from directory.persons p where p.id = any (${[...ids]}::text[]) and p.left_on is null`.execute(reading<Db>(work.tx))
    return found.rows
  })
  return [...new Set(ids)].map((id, index) => {
    const person = rows.find((row) => row.id === id)
    const field = `inspectorIds.${index}`
    if (!person) throw new Problem('supervision.inspector_not_found', { errors: [{ field, message: '请另选一名检查人。' }] })
    if (person.own)
      throw new Problem('supervision.inspector_of_visited', { errors: [{ field, message: '他是被检查组织的人，请另选。' }] })
    return person.no
  })
}

export async function isInspector(read: Read, actor: Actor, inspectionNo: number): Promise<boolean> {
  if (actor.personNo === null) return false
  const { rows } =
    await sql`select 1 from supervision.inspection_inspectors where inspection_no = ${inspectionNo} and person_no = ${actor.personNo}`.execute(
      reading<Db>(read),
    )
  return rows.length > 0
}

/** What somebody is to an inspection. */
export interface Part {
  readonly inspects: boolean
  readonly sends: boolean
  /** Answers for the visited organization. */
  readonly visited: boolean
}

export async function partIn(read: Read, actor: Actor, stored: StoredInspection): Promise<Part> {
  const may = (permission: string, no: number) => allowsAll(read, actor, { permission, organizations: [no] })
  return {
    inspects: await isInspector(read, actor, stored.no),
    sends: await may('supervision.inspection.plan', stored.ledByNo),
    visited: stored.known && (await may('supervision.inspection.remark', stored.organizationNo)),
  }
}
