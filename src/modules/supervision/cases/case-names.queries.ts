import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'

/** Owners of cases by inner number. An owner may stand outside the reader's scope; whoever sees the case sees who answers for it. */
export async function ownerNames(read: Read, nos: readonly number[]): Promise<Map<number, { id: string; name: string }>> {
  if (nos.length === 0) return new Map()
  const rows = await asEngine(read, () =>
    reading<'directory'>(read)
      .selectFrom('directory.persons')
      .select(['no', 'id', 'name'])
      .where('no', 'in', [...new Set(nos)])
      .execute(),
  )
  return new Map(rows.map(({ no, id, name }) => [no, { id, name }]))
}
