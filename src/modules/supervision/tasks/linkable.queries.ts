import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { LinkKind } from './tasks.contract.ts'

const missing = (field: string, message: string) => new Problem('supervision.record_not_found', { errors: [{ field, message }] })

async function titleIn(read: Read, kind: Exclude<LinkKind, 'paper'>, id: string): Promise<string | undefined> {
  if (kind === 'meeting') {
    const found = reading<'orglife'>(read).selectFrom('orglife.meetings').select('title').where('state', '=', 'recorded')
    return (await found.where('id', '=', id).executeTakeFirst())?.title
  }
  if (kind === 'work_record') {
    const found = reading<'orglife'>(read).selectFrom('orglife.work_records').select('title').where('state', '=', 'recorded')
    return (await found.where('id', '=', id).executeTakeFirst())?.title
  }
  return (await reading<'kernel'>(read).selectFrom('kernel.files').select('name').where('id', '=', id).executeTakeFirst())?.name
}

/** What a link is called: the record's title, or the words that describe a paper. Throws `supervision.record_not_found`. */
export async function recordTitle(
  read: Read,
  link: { kind: LinkKind; reference: string | undefined; said: string | undefined },
): Promise<string> {
  if (link.kind === 'paper') {
    if (link.said === undefined) throw missing('said', '请写明是什么材料、在哪里可以查到。')
    return link.said
  }
  if (link.reference === undefined) throw missing('reference', '请选择要关联的记录。')
  const title = await titleIn(read, link.kind, link.reference)
  if (title === undefined) throw missing('reference', '没有找到这条记录，或不在您的范围内。')
  return title
}

/** True when every organization is the given one or stands under it by today's tree. */
export async function belowOrSame(read: Read, nos: readonly number[], topNo: number): Promise<boolean> {
  const { rows } = await sql<{ no: number }>`select distinct a.organization_no as no from directory.organization_ancestry a
    where a.ancestor_no = ${topNo} and upper_inf(a.valid) and a.organization_no = any (${`{${nos.join(',')}}`}::bigint[])`.execute(
    reading<'directory'>(read),
  )
  return rows.length === new Set(nos).size
}
