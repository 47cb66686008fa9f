import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { entryKinds } from '../entries/kinds.contract.ts'

/** What each part in an entry is called, as a relation (kind, role, title). */
const roles = sql`(values ${sql.join(
  entryKinds.flatMap(({ code, roles: parts }) => parts.map(({ role, title }) => sql`(${code}, ${role}, ${title})`)),
)}) as k (kind, role, title)`

/** Every record of organisation life that names a person and stands: kind, id, title, held_on, organization_no, says. */
export const factsOf = (personNo: number): RawBuilder<unknown> => sql`
  select 'meeting' as kind, m.id, m.title, m.held_on, m.organization_no,
    case a.presence when 'present' then '到会' when 'sitting_in' then '列席' else '缺席（' || coalesce(a.reason, '没有写原因') || '）' end
      || case when m.speaker_no = a.person_no then '，主讲' else '' end || case when m.chair_no = a.person_no then '，主持' else '' end as says
  from orglife.attendances a join orglife.meetings m on m.no = a.meeting_no and m.state = 'recorded' where a.person_no = ${personNo}
  union all
  select 'work-record', w.id, w.title, w.held_on, w.organization_no, '参加'
  from orglife.work_record_persons p join orglife.work_records w on w.no = p.record_no and w.state = 'recorded' where p.person_no = ${personNo}
  union all
  select e.kind, e.id, e.title, e.held_on, e.organization_no, string_agg(coalesce(k.title, x.role), '、')
  from orglife.entry_persons x join orglife.entries e on e.no = x.entry_no and e.state = 'recorded'
  left join ${roles} on k.kind = e.kind and k.role = x.role where x.person_no = ${personNo}
  group by e.kind, e.id, e.title, e.held_on, e.organization_no`

/** The organization that keeps a record which names the person; undefined when none does. */
export async function keeperOf(
  read: Read,
  personNo: number,
  record: { kind: string; id: string },
): Promise<{ readonly organizationNo: number; readonly title: string } | undefined> {
  const { rows } = await sql<{ organizationNo: number; title: string }>`select f.organization_no as "organizationNo", f.title
    from (${factsOf(personNo)}) f where f.kind = ${record.kind} and f.id = ${record.id}`.execute(reading<'orglife'>(read))
  return rows[0]
}

export interface StoredCorrection {
  readonly no: number
  readonly state: 'asked' | 'answered'
  readonly personNo: number
  readonly organizationNo: number
}

export async function findCorrection(read: Read, id: string): Promise<StoredCorrection | undefined> {
  const { rows } = await sql<StoredCorrection>`select no, state, person_no as "personNo", organization_no as "organizationNo"
    from orglife.fact_corrections where id = ${id}`.execute(reading<'orglife'>(read))
  return rows[0]
}

export async function isPending(read: Read, personNo: number, recordId: string): Promise<boolean> {
  const found = await reading<'orglife'>(read)
    .selectFrom('orglife.fact_corrections')
    .select('no')
    .where('person_no', '=', personNo)
    .where('record_id', '=', recordId)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  return found !== undefined
}

export async function insertCorrection(
  work: Work,
  asked: { personNo: number; organizationNo: number; kind: string; recordId: string; text: string },
): Promise<string> {
  const id = newId('fcr')
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.fact_corrections')
    .values({
      id,
      state: 'asked',
      person_no: asked.personNo,
      organization_no: asked.organizationNo,
      record_kind: asked.kind,
      record_id: asked.recordId,
      text: asked.text,
      asked_on: work.today,
      asked_at: work.now,
      asked_by: work.actor.accountNo,
    })
    .execute()
  return id
}

/** False when somebody else was faster. */
export async function answerStored(work: Work, no: number, given: { outcome: string; answer: string }): Promise<boolean> {
  const changed = await writing<'orglife'>(work.tx)
    .updateTable('orglife.fact_corrections')
    .set({ state: 'answered', ...given, answered_at: work.now, answered_by: work.actor.accountNo })
    .where('no', '=', no)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
