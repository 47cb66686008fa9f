import { sql } from 'kysely'
import { z } from 'zod'
import { permissions } from '../access/permissions.ts'
import { action } from '../actions/action.ts'
import { reading, type Read, writing } from '../database/handles.ts'
import '../errors/kernel.problems.ts'
import { Problem } from '../errors/problem.ts'
import { newId } from '../identity/ids.ts'

permissions({
  'kernel.file.upload': { title: '上传文件', everybody: 'in_business' },
  'kernel.file.download': { title: '下载文件', everybody: 'in_business' },
})

const longestName = 200

/** A name as people gave it: shown and offered for saving, never a path. */
export function plainName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const shown = last.replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim()
  return shown.slice(-longestName) || '未命名'
}

/** Notes a stored content as a file of an organization, or of the uploader alone. */
export const uploadFileAction = action({
  name: 'kernel.file.upload',
  input: z.object({
    sha256: z.string(),
    bytes: z.number(),
    mediaType: z.string(),
    name: z.string(),
    purpose: z.string(),
    organization: z.string().optional(),
  }),
  touches: async ({ tx }, { organization }) => (organization === undefined ? [] : [await writableOrganization(tx, organization)]),
  run: async ({ tx, actor, now }, input) => {
    const id = newId('fil')
    const organizationNo = input.organization === undefined ? null : await writableOrganization(tx, input.organization)
    await writing<'kernel'>(tx)
      .insertInto('kernel.files')
      .values({
        id,
        sha256: input.sha256,
        bytes: input.bytes,
        media_type: input.mediaType,
        name: input.name,
        organization_no: organizationNo,
        uploaded_by: actor.accountNo,
        uploaded_at: now,
        purpose: input.purpose,
      })
      .execute()
    return {
      reply: { id, name: input.name, bytes: input.bytes },
      objects: [{ kind: 'file', id }],
      fields: { name: input.name, sha256: input.sha256, purpose: input.purpose },
    }
  },
})

/** “Not there” and “not yours” answer alike. */
async function writableOrganization(read: Read, id: string): Promise<number> {
  const found = await sql<{
    no: number
  }>`select no from directory.organizations where id = ${id} and directory.writes(no)`.execute(reading<'directory'>(read))
  const [row] = found.rows
  if (!row) throw new Problem('kernel.not_found')
  return row.no
}

/** A file that the reader's scopes let through; throws a Problem otherwise. */
export async function fileById(read: Read, id: string): Promise<{ sha256: string; name: string; media_type: string }> {
  const file = await reading<'kernel'>(read)
    .selectFrom('kernel.files')
    .select(['sha256', 'name', 'media_type'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!file) throw new Problem('kernel.not_found')
  return file
}
