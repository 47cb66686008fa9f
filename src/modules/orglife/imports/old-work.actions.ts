import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { tagsDefined } from '../../rulebook/index.ts'
import type { Expected } from '../meetings/expected.queries.ts'
import { workRecordBodyOf } from '../work-records/work-record-body.queries.ts'
import { touchedBy } from '../work-records/work-records.actions.ts'
import { workRecordBody } from '../work-records/work-records.contract.ts'
import { findWorkRecord, insertWorkRecord, tagsOf, withdrawStored } from '../work-records/work-records.store.ts'
import type { SheetRecords } from './imports.actions.ts'
import './imports.policy.ts'
import { type OldWork, oldWork, oldWorkSheet } from './old-work.contract.ts'
import { type SheetWork, workColumns, workIn } from './old-work.rules.ts'
import { rosterOf } from './roster.queries.ts'
import { peopleCalled, refusedIn } from './row-faults.rules.ts'

/** What a field of the record is called in the sheet. */
const columns: Readonly<Record<string, string>> = {
  title: '标题',
  content: '做了什么',
  startedOn: '开始日期',
  heldOn: '日期',
  hours: '学时',
  quantity: '数量',
  place: '地点',
  result: '结果',
  personIds: '参加人员',
}
function columnOf(field: string): string {
  if (field.endsWith('.category')) return '类别'
  return columns[field.split('.')[0] ?? ''] ?? '标签'
}

const recordOf = (work: OldWork, organizationId: string) => workRecordBody.parse({ ...work, organizationIds: [organizationId] })

function withPeople(
  { row: _, people, ...rest }: SheetWork,
  roster: readonly Expected[],
  fault: (column: string, message: string) => void,
): unknown {
  const personIds =
    people === 'all'
      ? roster.filter(({ exempt }) => !exempt).map(({ personId }) => personId)
      : peopleCalled(people, roster, (message) => fault('参加人员', message))
  return { ...rest, personIds }
}

const keyOf = ({ title, heldOn, content }: { title: string; heldOn: string; content: string }) =>
  `${heldOn} ${title}：${content.slice(0, 40)}`

async function standing(read: Read, organizationNo: number, records: readonly { heldOn: string }[]): Promise<Set<string>> {
  const { rows } = await sql<{
    title: string
    heldOn: string
    content: string
  }>`select w.title, w.held_on::text as "heldOn", w.content from orglife.work_records w
    join orglife.work_record_organizations o on o.record_no = w.no where o.organization_no = ${organizationNo} and w.state = 'recorded'
      and w.held_on = any (${records.map(({ heldOn }) => heldOn)}::date[])`.execute(reading<'orglife'>(read))
  return new Set(rows.map(keyOf))
}

const checked: SheetRecords<OldWork>['checked'] = async (read, { organization, today, rows, faults }) => {
  const roster = rosterOf(read, organization.no)
  const defined = await tagsDefined(read)
  const said = rows.flatMap((row) => {
    const before = faults.length
    const work = workIn(row, defined)
    return work && faults.length === before ? [work] : []
  })
  const seen = await standing(read, organization.no, said)
  const records: { row: number; label: string; record: OldWork }[] = []
  for (const work of said) {
    const { row, heldOn } = work
    const before = faults.length
    const fault = (column: string, message: string) => void faults.push({ row, column, message })
    if (seen.has(keyOf(work))) fault('标题', '这天同样的一条已经记过，或在表里写了两次。')
    seen.add(keyOf(work))
    const parsed = oldWork.safeParse(withPeople(work, await roster(heldOn), fault))
    if (!parsed.success) for (const { path, message } of parsed.error.issues) fault(columnOf(path.join('.')), message)
    else if (faults.length === before) {
      const body = recordOf(parsed.data, organization.id)
      const said = await refusedIn(() => workRecordBodyOf({ tx: read, today }, body), columnOf)
      for (const { column, message } of said) fault(column, message)
    }
    if (faults.length > before || !parsed.success) continue
    const people = parsed.data.personIds.length > 0 ? `（${parsed.data.personIds.length} 人）` : ''
    records.push({ row, label: `${inChinese(heldOn)} ${work.title}${people}`, record: parsed.data })
  }
  return records
}

/** Old work records from a sheet, one a row. */
export const oldWorkRecords: SheetRecords<OldWork> = {
  sheet: oldWorkSheet,
  permission: 'orglife.work_record',
  object: 'work_record',
  served: 'work-record',
  columns: workColumns,
  choices: async (read) => ({ 标签: (await tagsDefined(read)).map(({ title }) => title) }),
  record: oldWork,
  checked,
  standing,
  keyOf,
  enter: async (work, { organization, record, lateReason }) => {
    const body = await workRecordBodyOf(work, recordOf(record, organization.id))
    const entered = await insertWorkRecord(work, body, lateReason)
    return { ...entered, heldOn: body.heldOn, revision: 1, touched: touchedBy(body) }
  },
  takeBack: async (work, { no, revision, reason }) => {
    const row = await reading<'orglife'>(work.tx)
      .selectFrom('orglife.work_records')
      .select(['id', 'revision', 'state'])
      .where('no', '=', no)
      .executeTakeFirst()
    if (!row || row.revision !== revision || row.state !== 'recorded') return null
    const record = await findWorkRecord(work.tx, row.id)
    if (!record) throw new Problem('kernel.changed_meanwhile')
    const touched = touchedBy({ ...record, tags: await tagsOf(work.tx, no) })
    if (!(await withdrawStored(work, record, reason))) throw new Problem('kernel.changed_meanwhile')
    return { id: row.id, touched }
  },
}
