import { checkNeeded, dayIn, listed, namesIn, type SheetColumn, type SheetRow } from './sheet.rules.ts'

/** Columns of the sheet in their order. */
export const workColumns: readonly SheetColumn[] = [
  { title: '标签', needed: true, width: 22, example: '主动上门走访' },
  { title: '类别', example: '' },
  { title: '标题', width: 28, example: '走访两名老党员' },
  { title: '做了什么', needed: true, width: 48, example: '到两名老党员家里走访，帮着联系了社区医生。' },
  { title: '日期', needed: true, example: '2025-03-12' },
  { title: '开始日期', example: '' },
  { title: '学时', example: '' },
  { title: '数量', example: '' },
  { title: '参加人员', width: 28, example: '甲一、乙二' },
  { title: '地点', example: '城东社区' },
  { title: '结果', width: 28, example: '' },
]

/** A tag as far as a sheet names it. */
export interface NamedTag {
  readonly code: string
  readonly title: string
  readonly categories: readonly { readonly code: string; readonly title: string }[]
}

/** The whole roster of the day, in one word. */
export const everybody = '全体'

/** A work record as the sheet says it, people by their names. */
export interface SheetWork {
  readonly row: number
  readonly tags: { tag: string; category?: string }[]
  readonly title: string
  readonly content: string
  readonly heldOn: string
  readonly startedOn: string | undefined
  readonly hours: number | undefined
  readonly quantity: number | undefined
  readonly people: 'all' | readonly string[]
  readonly place: string | undefined
  readonly result: string | undefined
}

/** Titles of tags hold spaces and marks of their own; only the enumeration comma and the semicolon part them. */
const titlesIn = (text: string) =>
  text
    .split(/[、;;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

function tagsIn(row: SheetRow, defined: readonly NamedTag[]): NamedTag[] {
  const whole = defined.find(({ title }) => title.normalize('NFKC') === row.text('标签'))
  if (whole) return [whole]
  return titlesIn(row.text('标签')).flatMap((word) => {
    const tag = defined.find(({ title }) => title.normalize('NFKC') === word)
    if (!tag) row.fault('标签', `没有“${word}”这个标签，请从模板的下拉里选。`)
    return tag ? [tag] : []
  })
}

/** Each tag with its category, where the row names one that it has. */
function taggedIn(row: SheetRow, tags: readonly NamedTag[]): SheetWork['tags'] {
  const words = listed(row.text('类别'))
  const unknown = words.find((word) => !tags.some(({ categories }) => categories.some(({ title }) => title === word)))
  if (unknown) {
    const names = tags.flatMap(({ categories }) => categories.map(({ title }) => title))
    row.fault('类别', names.length > 0 ? `没有“${unknown}”这一类，可以写：${names.join('、')}。` : '这个标签不分类别，请留空。')
  }
  return tags.map(({ code, categories }) => {
    const category = categories.find(({ title }) => words.includes(title))
    return { tag: code, ...(category && { category: category.code }) }
  })
}

/** A row as a work record; null where something in it has to be mended first. */
export function workIn(row: SheetRow, defined: readonly NamedTag[]): SheetWork | null {
  const heldOn = dayIn(row, '日期')
  const tags = tagsIn(row, defined)
  checkNeeded(row, [
    ['标签', '请写标签，从模板的下拉里选。'],
    ['做了什么', '请写做了什么，一句话也可以。'],
  ])
  const [hours, quantity] = [row.number('学时'), row.number('数量')]
  const startedOn = row.text('开始日期') === '' ? undefined : dayIn(row, '开始日期')
  if (!heldOn) return null
  const people = row.text('参加人员')
  return {
    row: row.row,
    tags: taggedIn(row, tags),
    title: row.text('标题') || (tags[0]?.title ?? ''),
    content: row.text('做了什么'),
    heldOn,
    startedOn,
    hours,
    quantity,
    people: people === everybody ? 'all' : namesIn(people).map(({ name }) => name),
    place: row.text('地点') || undefined,
    result: row.text('结果') || undefined,
  }
}
