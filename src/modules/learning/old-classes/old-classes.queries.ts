import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { refusedIn, type SheetRecords } from '../../orglife/index.ts'
import { categoriesDefined } from '../categories/categories.store.ts'
import { classBodyOf } from '../classes/class-body.queries.ts'
import { classesIn, type SheetClass, type SheetPerson } from './old-classes-sheet.queries.ts'
import { type OldClass, oldClass } from './old-classes.contract.ts'

interface Known {
  readonly personId: string
  readonly name: string
  readonly organization: string
}

/** People of these names at or below the organization, then or now. */
async function peopleNamed(read: Read, organizationNo: number, names: readonly string[]): Promise<Known[]> {
  const { rows } =
    await sql<Known>`select p.id as "personId", p.name, coalesce(n.name, '') as organization from directory.persons p
    left join directory.organization_names n on n.organization_no = p.home_no and upper_inf(n.valid)
    where p.name = any (${[...new Set(names)]}::text[]) and exists (select 1 from directory.organization_ancestry a
      where a.ancestor_no = ${organizationNo} and (a.organization_no = p.home_no
        or exists (select 1 from directory.memberships m where m.person_no = p.no and m.organization_no = a.organization_no)))`.execute(
      reading<'directory'>(read),
    )
  return rows
}

function personOf({ name, organization, row }: SheetPerson, known: readonly Known[]): string | undefined {
  const found = known.filter((one) => one.name === name && (organization === null || one.organization.includes(organization)))
  if (found.length === 1) return found[0]?.personId
  row.fault(
    '参训人员',
    found.length === 0
      ? `名册里没有“${name}”${organization ? `（${organization}）` : ''}，请核对姓名。`
      : `有 ${found.length} 位“${name}”，请在姓名后写支部，如：${name}（${found[0]?.organization ?? ''}）。`,
  )
  return undefined
}

function withPeople(said: SheetClass, known: readonly Known[]): unknown {
  const ids = new Map<string, string>()
  for (const person of said.people) {
    const id = personOf(person, known)
    if (id) ids.set(person.name, id)
  }
  const absent = said.absent.flatMap(({ row, name, session, reason }) => {
    const personId = ids.get(name)
    if (!personId) row.fault('缺课', `“${name}”不在这个班的参训人员里，请先写进参训人员。`)
    return personId ? [{ personId, session, reason }] : []
  })
  return {
    title: said.title,
    targetGroup: said.targetGroup,
    sessions: said.sessions,
    ...(said.exceptionReason && { exceptionReason: said.exceptionReason }),
    personIds: [...new Set(ids.values())],
    absent,
  }
}

const fields: Readonly<Record<string, string>> = {
  title: '班次名称',
  targetGroup: '培训对象',
  sessions: '学时',
  exceptionReason: '不到七成的理由',
  personIds: '参训人员',
  absent: '缺课',
}
/** `sessions.2.hours` is 学时 of the third row; what is of no session stands in the first. */
function placeOf(field: string, rows: SheetClass['rows']): { column: string; at: SheetClass['rows'][number] | undefined } {
  const [first = '', index, part] = field.split('.')
  const at = rows[first === 'sessions' ? Number(index ?? 0) : 0] ?? rows[0]
  const own = { title: '课程', heldOn: '日期', category: '类别', teacher: '授课人', place: '地点' }[part ?? '']
  return { column: (first === 'sessions' && own) || (fields[first] ?? '班次名称'), at }
}

const lastDay = ({ sessions }: Pick<OldClass, 'sessions'>) =>
  sessions
    .map(({ heldOn }) => heldOn)
    .sort()
    .at(-1) ?? ''
export const keyOf = (one: Pick<OldClass, 'title' | 'sessions'>): string => `${lastDay(one)} ${one.title}`

/** Classes of the organization that are there already, by last day and title. */
export async function standing(read: Read, organizationNo: number, classes: readonly Pick<OldClass, 'sessions'>[]) {
  const { rows } = await sql<{ key: string }>`select c.ends_on::text || ' ' || c.title as key from learning.classes c
    where c.organization_no = ${organizationNo} and c.state <> 'withdrawn'
      and c.ends_on = any (${classes.map(lastDay).filter(Boolean)}::date[])`.execute(reading<'learning'>(read))
  return new Set(rows.map(({ key }) => key))
}

/** What the sheet alone says against a class. */
function plainFaults(one: SheetClass, known: { seen: ReadonlySet<string>; today: string }): void {
  const [first] = one.rows
  if (known.seen.has(keyOf(one))) first?.fault('班次名称', '这个班已经记过，最后一课的日期和名称都一样。')
  if (lastDay(one) > known.today) first?.fault('日期', '这个班还没有办完，办完以后再记。')
  if (one.people.length === 0) first?.fault('参训人员', '请写参训人员，写在第一课那一行即可。')
}

function labelOf({ title, sessions }: SheetClass, record: OldClass): string {
  const hours = sessions.reduce((sum, session) => sum + session.hours, 0)
  return `${inChinese(lastDay(record))} ${title}（${sessions.length} 课 ${hours} 学时，${record.personIds.length} 人）`
}

/** What the rules of classes say against one, in the cells of its rows. */
async function ruled(
  read: Read,
  one: SheetClass,
  judged: { parsed: ReturnType<typeof oldClass.safeParse>; organizationId: string; today: string },
): Promise<void> {
  const { parsed, organizationId, today } = judged
  const said = parsed.success
    ? await refusedIn(
        () => classBodyOf({ tx: read, today }, { ...parsed.data, organizationId }),
        (field) => field,
      )
    : parsed.error.issues.map(({ path, message }) => ({ column: path.join('.'), message }))
  for (const { column: field, message } of said) {
    const { column, at } = placeOf(field, one.rows)
    at?.fault(column, message)
  }
}

/** Classes of a sheet ready to be entered; what is wrong with the others is said in their cells. */
export const checkedClasses: SheetRecords<OldClass>['checked'] = async (read, { organization, today, rows, faults }) => {
  const said = classesIn(rows, await categoriesDefined(read))
  const names = said.flatMap(({ people }) => people.map(({ name }) => name))
  const known = await peopleNamed(read, organization.no, names)
  const seen = await standing(read, organization.no, said)
  const found: { row: number; label: string; record: OldClass }[] = []
  for (const one of said) {
    plainFaults(one, { seen, today })
    const parsed = oldClass.safeParse(withPeople(one, known))
    if (!isFaulty(one, faults)) await ruled(read, one, { parsed, organizationId: organization.id, today })
    if (isFaulty(one, faults) || !parsed.success) continue
    found.push({ row: one.rows[0]?.row ?? 0, label: labelOf(one, parsed.data), record: parsed.data })
  }
  return found
}

/** Whether something in the rows of a class has to be mended first. */
const isFaulty = ({ rows }: SheetClass, faults: readonly { row: number }[]): boolean =>
  faults.some((fault) => rows.some(({ row }) => row === fault.row))
