import { awayIn, codeOf, dayIn, namesIn, type SheetColumn, type SheetRow } from '../../orglife/index.ts'
import type { Category } from '../categories/categories.contract.ts'
import { targetGroups } from '../classes/classes.contract.ts'
import type { OldClass } from './old-classes.contract.ts'

/** Columns of the sheet: one row a session, rows of the same class name are one class. */
export const classColumns: readonly SheetColumn[] = [
  { title: '班次名称', needed: true, width: 28, example: '支部书记培训班' },
  { title: '培训对象', needed: true, example: '支部书记' },
  { title: '课程', needed: true, width: 28, example: '学习党章' },
  { title: '日期', needed: true, example: '2025-03-12' },
  { title: '学时', needed: true, example: '4' },
  { title: '类别', needed: true, example: '政治理论' },
  { title: '授课人', example: '' },
  { title: '地点', example: '一号教室' },
  { title: '参训人员', needed: true, width: 40, example: '甲一、乙二' },
  { title: '缺课', width: 24, example: '乙二（出差）' },
  { title: '不到七成的理由', width: 24, example: '' },
]

/** Somebody whom a sheet names; behind the name may stand the organization, where two have the same. */
export interface SheetPerson {
  readonly row: SheetRow
  readonly name: string
  readonly organization: string | null
}

/** A class as its rows say it, people by their names. */
export interface SheetClass {
  readonly rows: readonly SheetRow[]
  readonly title: string
  readonly targetGroup: OldClass['targetGroup'] | undefined
  readonly sessions: OldClass['sessions']
  readonly exceptionReason: string | undefined
  readonly people: readonly SheetPerson[]
  readonly absent: readonly { row: SheetRow; name: string; session: number; reason: string }[]
}

function sessionIn(row: SheetRow, categories: readonly Category[]): OldClass['sessions'][number] | null {
  const [heldOn, hours] = [dayIn(row, '日期'), row.number('学时')]
  const category = categories.find(({ title }) => title === row.text('类别'))
  if (!category) row.fault('类别', `类别写：${categories.map(({ title }) => title).join('、')}。`)
  if (row.text('课程') === '') row.fault('课程', '请写课程名称。')
  if (hours === undefined && row.text('学时') === '') row.fault('学时', '请写学时，如 4 或 1.5。')
  if (!heldOn || hours === undefined || !category) return null
  return {
    title: row.text('课程'),
    heldOn,
    hours,
    category: category.code,
    ...(row.text('授课人') && { teacher: row.text('授课人') }),
    ...(row.text('地点') && { place: row.text('地点') }),
  }
}

function classIn(rows: readonly SheetRow[], categories: readonly Category[]): SheetClass {
  const said = rows.map((row) => row.text('培训对象')).find(Boolean) ?? ''
  const targetGroup = codeOf(targetGroups, said)
  if (!targetGroup) rows[0]?.fault('培训对象', `培训对象写：${Object.values(targetGroups).join('、')}。`)
  return {
    rows,
    title: rows[0]?.text('班次名称') ?? '',
    targetGroup,
    sessions: rows.flatMap((row) => sessionIn(row, categories) ?? []),
    exceptionReason: rows.map((row) => row.text('不到七成的理由')).find(Boolean),
    people: rows.flatMap((row) => namesIn(row.text('参训人员')).map(({ name, behind }) => ({ row, name, organization: behind }))),
    absent: rows.flatMap((row, at) => awayIn(row.text('缺课')).map((away) => ({ row, session: at + 1, ...away }))),
  }
}

/** The classes of a sheet, each from the rows that bear its name. */
export function classesIn(rows: readonly SheetRow[], categories: readonly Category[]): SheetClass[] {
  const classes = new Map<string, SheetRow[]>()
  for (const row of rows) {
    const title = row.text('班次名称')
    if (title === '') row.fault('班次名称', '请写班次名称，同一个班的各课写同一个名称。')
    else classes.set(title, [...(classes.get(title) ?? []), row])
  }
  return [...classes.values()].map((own) => classIn(own, categories))
}
