import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { holds } from '../../../kernel/access/permissions.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { AnnouncedCheck } from './checks.contract.ts'

const most = 200

/** The latest checks announced to the reader's organizations, to those under them, and to those above them. */
export async function announcedChecks(read: Read, actor: Actor): Promise<AnnouncedCheck[]> {
  const { rows } = await sql<
    Omit<AnnouncedCheck, 'abilities'> & { writable: boolean }
  >`select c.id, c.title, c.announced_on as "announcedOn",
      c.visit_on as "visitOn", c.cancel_reason as "cancelReason", directory.writes(c.organization_no) as writable,
      jsonb_build_object('id', o.id, 'name', o.name) as organization
    from orglife.announced_checks c join directory.organizations_now o on o.no = c.organization_no
    order by c.visit_on desc, c.no desc limit ${most}`.execute(reading<'orglife' | 'directory'>(read))
  const may = holds(actor, 'orglife.check.cancel')
  return rows.map(({ writable, ...row }) => ({
    ...row,
    abilities: may && writable && row.cancelReason === null ? ['cancel'] : [],
  }))
}

/** One check as its act needs it. */
export async function findCheck(
  read: Read,
  id: string,
): Promise<{ no: number; organizationNo: number; cancelled: boolean } | undefined> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.announced_checks')
    .select(['no', 'organization_no', 'cancelled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { no: row.no, organizationNo: row.organization_no, cancelled: row.cancelled_at !== null }
}

export async function insertCheck(
  work: Work,
  check: { organizationNo: number; title: string; announcedOn: CivilDate; visitOn: CivilDate },
): Promise<string> {
  const id = newId('chk')
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.announced_checks')
    .values({
      id,
      organization_no: check.organizationNo,
      title: check.title,
      announced_on: check.announcedOn,
      visit_on: check.visitOn,
      noted_at: work.now,
      noted_by: work.actor.accountNo,
    })
    .execute()
  return id
}

/** False when it had been cancelled meanwhile. */
export async function markCancelled(work: Work, no: number, reason: string): Promise<boolean> {
  const changed = await writing<'orglife'>(work.tx)
    .updateTable('orglife.announced_checks')
    .set({ cancelled_at: work.now, cancel_reason: reason })
    .where('no', '=', no)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes an announcement back from another part of the product, which has asked its own policy; nothing happens to one cancelled already. */
export async function cancelAnnouncedCheck(work: Work, id: string, reason: string): Promise<void> {
  const check = await findCheck(work.tx, id)
  if (check && !check.cancelled) await markCancelled(work, check.no, reason)
}
