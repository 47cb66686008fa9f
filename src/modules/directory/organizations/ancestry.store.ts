import { sql } from 'kysely'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'

/**
 * Derives the ancestry of an organization and of all under it from the edges again. Every organization is its own ancestor at
 * depth 0 for as long as it existed at all; the validity of a line is the intersection of the edges along the way.
 */
export async function deriveAncestry(tx: Tx, organizationNo: number): Promise<void> {
  await asEngine(tx, async () => {
    await sql`with recursive below as (
        select ${organizationNo}::bigint as no
        union select e.organization_no from directory.organization_edges e join below b on e.parent_no = b.no),
      gone as (delete from directory.organization_ancestry where organization_no in (select no from below)),
      line as (
        select b.no as organization_no, b.no as ancestor_no, 0 as depth, daterange(null, null) as valid from below b
        union all
        select l.organization_no, e.parent_no, l.depth + 1, l.valid * e.valid
        from line l join directory.organization_edges e on e.organization_no = l.ancestor_no and e.valid && l.valid
        where l.depth < 40)
      insert into directory.organization_ancestry (organization_no, ancestor_no, depth, valid)
      select organization_no, ancestor_no, depth, valid from line where not isempty(valid)`.execute(reading<'directory'>(tx))
  })
}

/** Derives the whole ancestry again; after a bulk load. */
export async function deriveWholeAncestry(tx: Tx): Promise<void> {
  await asEngine(tx, async () => {
    const db = reading<'directory'>(tx)
    await sql`delete from directory.organization_ancestry`.execute(db)
    await sql`with recursive line as (
        select no as organization_no, no as ancestor_no, 0 as depth, daterange(null, null) as valid from directory.organizations
        union all
        select l.organization_no, e.parent_no, l.depth + 1, l.valid * e.valid
        from line l join directory.organization_edges e on e.organization_no = l.ancestor_no and e.valid && l.valid
        where l.depth < 40)
      insert into directory.organization_ancestry (organization_no, ancestor_no, depth, valid)
      select organization_no, ancestor_no, depth, valid from line where not isempty(valid)`.execute(db)
  })
}
