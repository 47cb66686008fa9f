import { sql } from 'kysely'
import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { namePinyin } from './name-order.rules.ts'
import './persons.contract.ts'
import type { PersonCategory } from './persons.contract.ts'

/** Fields that lie encrypted, by the name that contracts use. */
export const sealedColumns = {
  idNumber: 'id_number_cipher',
  phone: 'phone_cipher',
  landline: 'landline_cipher',
  address: 'address_cipher',
} as const
export type SealedField = keyof typeof sealedColumns

/** Where the cipher of a field lies: it opens only in that column of that person. */
export const placeOf = (field: SealedField, personId: string) => ({
  column: `directory.persons.${sealedColumns[field]}`,
  row: personId,
})

/** The keyed index by which an ID number is found. */
export const idNumberIndex = (crypto: CryptoProvider, idNumber: string) =>
  crypto.blindIndex(idNumber, 'directory.persons.id_number')

/** Encrypts a field of a person; null stays null. */
export function sealField(
  crypto: CryptoProvider,
  field: SealedField,
  of: { personId: string; value: string | null | undefined },
): string | null {
  return of.value ? crypto.seal(of.value, placeOf(field, of.personId)) : null
}

/** Columns of a person's file as they are written. */
export interface PersonColumns {
  name: string
  pinyin: string
  initials: string
  sex: 'male' | 'female' | null
  birth_on: CivilDate | null
  ethnicity: string | null
  education: string | null
  category: PersonCategory
  job: string | null
  joined_on: CivilDate | null
  full_since: CivilDate | null
  exempt_from_duties: boolean
  id_number_cipher: string | null
  id_number_index: string | null
  phone_cipher: string | null
}

/** Name with the spellings by which it is found. */
export function nameColumns(name: string): Pick<PersonColumns, 'name' | 'pinyin' | 'initials'> {
  const { full, initials } = namePinyin(name)
  return { name, pinyin: full, initials }
}

export interface PersonState {
  readonly no: number
  readonly id: string
  readonly homeNo: number
  readonly category: PersonCategory
  readonly revision: number
  readonly exempt: boolean
  readonly sex: 'male' | 'female' | null
  readonly birthOn: CivilDate | null
}

/** A person on the roster, in the reader's scope; throws `directory.person_not_found`. */
export async function personState(read: Read, id: string): Promise<PersonState> {
  const { rows } =
    await sql<PersonState>`select no, id, home_no as "homeNo", category, revision, exempt_from_duties as exempt, sex,
    birth_on as "birthOn" from directory.persons where id = ${id} and left_on is null`.execute(reading<'directory'>(read))
  if (!rows[0]) throw new Problem('directory.person_not_found')
  return rows[0]
}

/** Refuses a number that anybody has already, without telling who or where. */
export async function requireFreeNumber(tx: Tx, index: string, exceptNo: number | null): Promise<void> {
  const taken = await asEngine(tx, async () => {
    const { rows } = await sql`select 1 from directory.persons where id_number_index = ${index}
      and no is distinct from ${exceptNo}::bigint limit 1`.execute(reading<'directory'>(tx))
    return rows.length > 0
  })
  if (taken) throw takenProblem()
}

export const takenProblem = (cause?: unknown) =>
  new Problem('directory.id_number_taken', {
    errors: [{ field: 'idNumber', message: '这个号码已在册。' }],
    ...(cause !== undefined && { cause }),
  })

/** Two who enter the same number at the same moment: the second one is told the same as anybody else. */
async function guardingNumber<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'persons_one_id_number') throw takenProblem(error)
    throw error
  }
}

export interface Recording {
  readonly recordedBy: number
  readonly recordedAt: Date
  readonly reason: string | null
}

/** Writes a new file and its first revision; answers the inner number. */
export async function insertPerson(
  tx: Tx,
  made: { id: string; homeNo: number; columns: PersonColumns },
  recording: Recording,
): Promise<number> {
  const row = await guardingNumber(() =>
    writing<'directory'>(tx)
      .insertInto('directory.persons')
      .values({ id: made.id, home_no: made.homeNo, ...made.columns })
      .returning('no')
      .executeTakeFirstOrThrow(),
  )
  await recordRevision(tx, row.no, recording)
  return row.no
}

/** Changes a file that still is at the revision given, and keeps the new state as the next one; throws `kernel.changed_meanwhile`. */
export async function changePerson(
  tx: Tx,
  changed: { no: number; revision: number; columns: Partial<PersonColumns> },
  recording: Recording,
): Promise<number> {
  const row = await guardingNumber(() =>
    writing<'directory'>(tx)
      .updateTable('directory.persons')
      .set({ ...changed.columns, revision: changed.revision + 1 })
      .where('no', '=', changed.no)
      .where('revision', '=', changed.revision)
      .returning('revision')
      .executeTakeFirst(),
  )
  if (!row) throw new Problem('kernel.changed_meanwhile')
  await recordRevision(tx, changed.no, recording)
  return row.revision
}

async function recordRevision(tx: Tx, no: number, recording: Recording): Promise<void> {
  await sql`insert into directory.person_revisions (person_no, revision, body, recorded_at, recorded_by, reason)
    select p.no, p.revision, to_jsonb(p) - 'no' - 'revision', ${recording.recordedAt}, ${recording.recordedBy}, ${recording.reason}
    from directory.persons p where p.no = ${no}`.execute(writing<'directory'>(tx))
}
